"""Roles: give one, take it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.common.errors import TiantangError
from tiantang.community.members.looks import looks_changed
from tiantang.community.members.models import Member, Role, RoleGrant
from tiantang.community.members.reserved import poses_as_team
from tiantang.events.envelope import NOBODY, Event
from tiantang.events.record import record


class RoleRefused(TiantangError):
    """A role that cannot be given or taken back; the text says why."""


@transaction.atomic
def grant_role(*, member: Member, role: str, granted_by: Member | None = None) -> RoleGrant:
    """Give a member a role from now on; ``granted_by`` is empty on the command line. Raises RoleRefused."""
    if role not in Role.values:
        known = ", ".join(Role.values)
        raise RoleRefused(pgettext("role", "There is no role %(role)s; there are: %(known)s.")
                          % {"role": role, "known": known})  # fmt: skip
    if not member.is_active:
        raise RoleRefused(pgettext("role", "%(member)s has no account any more.") % {"member": member.handle})
    if member.roles.current().filter(role=role).exists():
        raise RoleRefused(pgettext("role", "%(member)s holds this role already.") % {"member": member.handle})
    grant = RoleGrant.objects.create(
        member=member, role=role, granted_by=granted_by, granted_at=timezone.now()
    )
    _record("members.role_granted", grant, granted_by)
    return grant


@transaction.atomic
def end_role(*, member: Member, role: str, ended_by: Member | None = None) -> RoleGrant:
    """Take a role back. Raises RoleRefused when the member does not hold it."""
    grant = member.roles.current().filter(role=role).first()
    if grant is None:
        raise RoleRefused(pgettext("role", "%(member)s does not hold this role.") % {"member": member.handle})
    grant.ended_at = timezone.now()
    grant.save(update_fields=["ended_at"])
    _record("members.role_ended", grant, ended_by)
    _drop_name_of_team(member)
    return grant


def _drop_name_of_team(member: Member) -> None:
    """Who left the team no longer goes by “Moderator”: the handle shows then."""
    if not member.role_names and poses_as_team(member.name):
        member.name = ""
        member.save(update_fields=["name"])


def _record(name: str, grant: RoleGrant, by: Member | None) -> None:
    member = grant.member
    member.__dict__.pop("role_names", None)
    looks_changed()
    record(
        Event(
            name,
            at=grant.ended_at or grant.granted_at,
            actor=by.as_actor() if by else NOBODY,
            target=member.subject or 0,
            payload={"role": grant.role},
        )
    )
