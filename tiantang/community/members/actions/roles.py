"""Roles: give one, take it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.common.errors import TiantangError
from tiantang.community.members.access import roles_in_gift_of
from tiantang.community.members.looks import looks_changed
from tiantang.community.members.models import Member, Role, RoleGrant
from tiantang.community.members.reserved import poses_as_team
from tiantang.community.members.signals import role_changed
from tiantang.events.envelope import NOBODY, Event
from tiantang.events.record import record


class RoleRefused(TiantangError):
    """A role that cannot be given or taken back; the text says why."""


class RoleNotAllowed(RoleRefused):
    """This person may not give or take back this role at all."""


@transaction.atomic
def grant_role(*, member: Member, role: str, granted_by: Member | None = None, reason: str = "") -> RoleGrant:
    """Give a member a role from now on and tell them; ``granted_by`` is empty on the command line.

    Raises RoleRefused, RoleNotAllowed.
    """
    if role not in Role.values:
        known = ", ".join(Role.values)
        raise RoleRefused(pgettext("role", "There is no role %(role)s; there are: %(known)s.")
                          % {"role": role, "known": known})  # fmt: skip
    _require_right(granted_by, role)
    if not member.is_active or member.is_bot:
        raise RoleRefused(pgettext("role", "%(member)s has no account any more.") % {"member": member.handle})
    if member.roles.current().filter(role=role).exists():
        raise RoleRefused(pgettext("role", "%(member)s holds this role already.") % {"member": member.handle})
    grant = RoleGrant.objects.create(
        member=member,
        role=role,
        granted_by=granted_by,
        granted_at=timezone.now(),
        grant_reason=reason.strip()[:200],
    )
    _record("members.role_granted", grant, granted_by)
    return grant


@transaction.atomic
def end_role(*, member: Member, role: str, ended_by: Member | None = None, reason: str = "") -> RoleGrant:
    """Take a role back and tell its holder. Somebody must remain who leads.

    Raises RoleRefused when the member does not hold it or nobody would lead, RoleNotAllowed.
    """
    _require_right(ended_by, role)
    grant = member.roles.current().filter(role=role).first()
    if grant is None:
        raise RoleRefused(pgettext("role", "%(member)s does not hold this role.") % {"member": member.handle})
    if role == Role.LEAD and is_last_lead(member):
        raise RoleRefused(
            pgettext("role", "%(member)s is the only lead. Make somebody else lead first.")
            % {"member": member.shown_name}
        )
    close_grant(grant, ended_by=ended_by, reason=reason)
    return grant


def close_grant(grant: RoleGrant, *, ended_by: Member | None = None, reason: str = "") -> None:
    """End a role whatever comes of it, with its event; inside the caller's transaction."""
    grant.ended_at, grant.ended_by, grant.end_reason = timezone.now(), ended_by, reason.strip()[:200]
    grant.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _record("members.role_ended", grant, ended_by)
    _drop_name_of_team(grant.member)


def is_last_lead(member: Member) -> bool:
    """Whether nobody would lead without this member; holds the rows, so that two cannot leave at once."""
    leads = RoleGrant.objects.current().of_people().filter(role=Role.LEAD).select_for_update(of=("self",))
    return {grant.member_id for grant in leads} == {member.pk}


def _require_right(user: Member | None, role: str) -> None:
    if user is not None and role not in roles_in_gift_of(user):
        raise RoleNotAllowed(pgettext("role", "Only the lead may decide about this role."))


def _drop_name_of_team(member: Member) -> None:
    """Who left the team no longer goes by “Moderator”: the handle shows then."""
    if not member.role_names and poses_as_team(member.name):
        member.name = ""
        member.save(update_fields=["name"])


def _record(name: str, grant: RoleGrant, by: Member | None) -> None:
    """The event, who wears what from now on, and the signal that tells the holder."""
    member = grant.member
    actor = by.as_actor() if by else NOBODY
    member.__dict__.pop("role_names", None)
    looks_changed()
    record(
        Event(
            name,
            at=grant.ended_at or grant.granted_at,
            actor=actor,
            target=member.subject or 0,
            payload={"role": grant.role},
        )
    )
    role_changed.send(sender=RoleGrant, grant=grant, ended=grant.ended_at is not None)
