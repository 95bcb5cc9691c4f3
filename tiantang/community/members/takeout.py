"""What a member may take along: each slice adds its part, this one knows the account itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.files.storage import Storage

from tiantang.community.members.models import Member

Row = Mapping[str, object]
Rows = Callable[[Member], Iterable[Row]]
Files = Callable[[Member], Iterable[tuple[str, Storage, str]]]
"""(whose) → name inside the archive, the store, and the name there."""


@dataclass(frozen=True, slots=True)
class Part:
    """One JSON file of the archive: ``name`` without ending, its rows, and stored files beside it."""

    name: str
    rows: Rows
    files: Files = lambda member: ()


PARTS: dict[str, Part] = {}


def add_part(part: Part) -> None:
    """Add a part to every archive; call it from an app's ``ready()``."""
    PARTS[part.name] = part


def _profile(member: Member) -> Iterator[Row]:
    columns = ("handle", "name", "email", "about", "region", "website", "language", "theme", "joined_at")
    kept = {name: getattr(member, name) for name in (*columns, "last_seen_at")}
    addresses = EmailAddress.objects.filter(user=member).order_by("pk")
    yield {**kept, "addresses": list(addresses.values("email", "verified", "primary"))}


def _roles(member: Member) -> Iterable[Row]:
    return member.roles.order_by("granted_at").values(
        "role", "granted_at", "grant_reason", "ended_at", "end_reason"
    )


def _badges(member: Member) -> Iterable[Row]:
    return member.badges.order_by("awarded_at").values("name", "grade", "awarded_at")


def _portrait(member: Member) -> Iterator[tuple[str, Storage, str]]:
    if member.avatar:
        yield "portrait.webp", member.avatar.storage, str(member.avatar.name)


add_part(Part("profile", _profile, _portrait))
add_part(Part("roles", _roles))
add_part(Part("badges", _badges))
