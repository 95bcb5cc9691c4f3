"""The team as its page shows it: duties and who holds them, and every change of a role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tiantang.community.members.models import Member, Role, RoleGrant

DOES: dict[str, str | Promise] = {
    Role.LEAD: pgettext_lazy("duty", "Sets the goals, holds every duty, decides who is in the team"),
    Role.CONTENT: pgettext_lazy("duty", "Plans, writes, schedules and promotes content"),
    Role.EVENTS: pgettext_lazy("duty", "Invents, announces, runs and evaluates activities"),
    Role.MEMBERS: pgettext_lazy("duty", "Looks after members: needs, feedback, rules; names moderators"),
    Role.TECHNOLOGY: pgettext_lazy("duty", "Installs, imports, upgrades, keeps the site up"),
    Role.DATA: pgettext_lazy("duty", "Metrics, evaluation, the work summary"),
    Role.MODERATOR: pgettext_lazy("duty", "Volunteers who decide on reports; not part of the console's team"),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role now."""

    grant: RoleGrant
    two_steps: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A role, what it is there for, and its holders: none when it is vacant."""

    role: Role
    does: str | Promise
    holders: list[Holder]


@dataclass(frozen=True, slots=True)
class Change:
    """A role given, or taken back (``ended``)."""

    at: datetime
    ended: bool
    grant: RoleGrant

    @property
    def by(self) -> Member | None:
        """Who decided it; None for the command line and for deleted accounts."""
        return self.grant.ended_by if self.ended else self.grant.granted_by

    @property
    def reason(self) -> str:
        return self.grant.end_reason if self.ended else self.grant.grant_reason


def seats() -> list[Seat]:
    """Every role in its order with those who hold it now."""
    held = list(RoleGrant.objects.of_team())
    safe = with_two_steps(grant.member_id for grant in held)
    holders: dict[str, list[Holder]] = {}
    for grant in held:
        holders.setdefault(grant.role, []).append(Holder(grant, grant.member_id in safe))
    return [Seat(role, DOES[role], holders.get(role.value, [])) for role in Role]


def with_two_steps(member_ids: Iterable[int]) -> set[int]:
    """Those among these members who sign in in two steps."""
    safe = Authenticator.objects.filter(user_id__in=set(member_ids))
    return set(safe.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True))


def changes_of(rows: Iterable[tuple[datetime, bool, int]]) -> list[Change]:
    """The rows of ``RoleGrant.objects.changes()`` with the people in them."""
    found = list(rows)
    grants = RoleGrant.objects.select_related("member", "granted_by", "ended_by")
    by_id = grants.in_bulk([pk for _at, _ended, pk in found])
    return [Change(at, bool(ended), by_id[pk]) for at, ended, pk in found]


def people_with_history() -> QuerySet[Member]:
    """Everybody who ever held a role and still has an account."""
    ever = RoleGrant.objects.values("member")
    return Member.objects.people().filter(pk__in=ever).order_by("handle")
