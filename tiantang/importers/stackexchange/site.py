"""What the steps share: where things go, who is who, what has arrived."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tiantang.common.rows import insert_rows
from tiantang.community.forum.models import Board, BoardGroup
from tiantang.community.members.models import Member
from tiantang.events.catalog import ActorClass, Client
from tiantang.events.envelope import NOBODY, Actor, Event
from tiantang.importers.models import ArrivedRow
from tiantang.importers.stackexchange.handles import free_handles

ORIGIN = "stackexchange"
COMMUNITY_USER = -1


@dataclass(slots=True)
class Person:
    """As much of a member as events need."""

    id: int
    subject: int
    actor: Actor


@dataclass
class Site:
    """One dump's community inside ours: its key, its board, its old address."""

    key: str
    board: Board
    address: str = ""

    def arrived(self, kind: str, old_ids: Iterable[int]) -> dict[int, int]:
        """Our ids of old rows that are here."""
        return ArrivedRow.objects.known(self.key, kind, old_ids)

    def remember(self, kind: str, pairs: Iterable[tuple[int, int]]) -> None:
        """Note that old rows have arrived as rows of ours."""
        rows = ((self.key, kind, old, new) for old, new in pairs)
        insert_rows(ArrivedRow, ("site", "kind", "old_id", "new_id"), rows)

    def people(self, old_ids: Iterable[int | None], seen_at: dict[int, datetime]) -> dict[int, Person]:
        """The members behind old user ids; users the dump does not list get a bare account.

        ``seen_at`` gives for each old id the moment it is first met in this batch.
        """
        wanted = {old for old in old_ids if old is not None}
        known = self.arrived("user", wanted)
        missing = sorted(wanted - known.keys())
        if missing:
            known |= self._make_bare(missing, seen_at)
        members = Member.objects.in_bulk(known.values())
        return {old: person_of(members[new]) for old, new in known.items() if new in members}

    def _make_bare(self, old_ids: list[int], seen_at: dict[int, datetime]) -> dict[int, int]:
        handles = free_handles([(f"user{old}" if old > 0 else "community", old) for old in old_ids])
        made = {}
        for old, handle in zip(old_ids, handles, strict=True):
            member = Member(
                handle=handle,
                joined_at=seen_at[old],
                origin=ORIGIN,
                is_bot=old == COMMUNITY_USER,
            )
            member.set_unusable_password()
            member.save()
            made[old] = member.pk
        self.remember("user", made.items())
        return made

    def localise(self, html: str) -> str:
        """Links to the old address become paths here; the old paths redirect."""
        if not self.address or self.address not in html:
            return html
        return re.sub(rf'href="https?://{re.escape(self.address)}(?=[/"])', 'href="', html).replace(
            'href=""', 'href="/"'
        )


def person_of(member: Member) -> Person:
    """A member as the actor of the past: nobody's old role is known, so nobody counts as staff."""
    kind = ActorClass.BOT if member.is_bot else ActorClass.MEMBER
    return Person(member.pk, member.subject or 0, Actor(member.subject or 0, kind))


def people_of(ids: Iterable[int | None]) -> dict[int, Person]:
    """Persons by member id."""
    members = Member.objects.in_bulk({pk for pk in ids if pk})
    return {pk: person_of(member) for pk, member in members.items()}


def happened(
    name: str,
    at: datetime,
    who: Person | None,
    *,
    object_id: int,
    target: Person | None = None,
    payload: Mapping[str, Any] | None = None,
    topic: int = 0,
    board: int = 0,
    value: int = 0,
) -> Event:
    """An event of the past, told by the dump."""
    return Event(
        name,
        at,
        who.actor if who else NOBODY,
        object_id=object_id,
        target=target.subject if target else 0,
        client=Client.IMPORT,
        payload=payload,
        topic=topic,
        board=board,
        value=value,
    )


def open_board(site_key: str, name: str) -> Board:
    """The question board that takes the dump, made when missing."""
    group, _ = BoardGroup.objects.get_or_create(
        slug="arrived", defaults={"name": "搬来的社区", "name_en": "Moved in", "position": 90}
    )
    board, _ = Board.objects.get_or_create(
        slug=f"{site_key}-questions"[:60],
        defaults={
            "group": group,
            "name": name or "问答",
            "name_en": name or "Questions and answers",
            "description": "从原社区搬来的问题与回答，日期、作者和采纳都在。",
            "description_en": "Questions and answers from the old place, with their dates and people.",
            "hue": 7,
            "icon": "help-circle",
            "questions": True,
        },
    )
    return board
