"""What the steps share: where things go, who is who, what has arrived."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from tiantang.common.rows import insert_rows, listed
from tiantang.community.forum.models import Board, BoardGroup, Post
from tiantang.community.members.models import Member
from tiantang.events.catalog import ActorClass, Client
from tiantang.events.envelope import NOBODY, Actor, Event
from tiantang.importers.models import ArrivedRow
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import number
from tiantang.importers.stackexchange.handles import free_handles

ORIGIN = "stackexchange"
COMMUNITY_USER = -1
MOST_PEOPLE = 50_000
"""People kept in memory at most: about 15 MB."""


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
    _met: dict[int, Person] = field(default_factory=dict, repr=False)

    def arrived(self, kind: str, old_ids: Iterable[int]) -> dict[int, int]:
        """Our ids of old rows that are here."""
        return ArrivedRow.objects.known(self.key, kind, old_ids)

    def remember(self, kind: str, pairs: Iterable[tuple[int, int]]) -> None:
        """Note that old rows have arrived as rows of ours."""
        rows = ((self.key, kind, old, new) for old, new in pairs)
        insert_rows(ArrivedRow, ("site", "kind", "old_id", "new_id"), rows)

    def people(self, old_ids: Iterable[int | None], seen_at: dict[int, datetime]) -> dict[int, Person]:
        """The members behind old user ids; users the dump does not list get a bare account.

        ``seen_at`` gives for each old id the moment it is first met in this batch. The people met last are
        kept in memory, because the same few write most.
        """
        wanted = {old for old in old_ids if old is not None}
        unmet = wanted - self._met.keys()
        if unmet:
            known = self.arrived("user", unmet)
            missing = sorted(unmet - known.keys())
            if missing:
                known |= self._make_bare(missing, seen_at)
            if len(self._met) > MOST_PEOPLE:
                self._met.clear()
                known |= self.arrived("user", wanted)
            members = people_of(known.values())
            self._met |= {old: members[new] for old, new in known.items() if new in members}
        return {old: self._met[old] for old in wanted if old in self._met}

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


def person(pk: int, subject: int | None, is_bot: bool) -> Person:
    """A member as the actor of the past: nobody's old role is known, so nobody counts as staff."""
    kind = ActorClass.BOT if is_bot else ActorClass.MEMBER
    return Person(pk, subject or 0, Actor(subject or 0, kind))


def people_of(ids: Iterable[int | None]) -> dict[int, Person]:
    """Persons by member id."""
    rows = Member.objects.filter(pk__in=listed(pk for pk in ids if pk))
    return {row[0]: person(*row) for row in rows.values_list("pk", "subject", "is_bot")}


class Host(NamedTuple):
    """As much of a post as its comments, votes and versions need. Subjects are 0 for nobody."""

    id: int
    number: int
    topic: int
    board: int
    author_subject: int | None
    asker: int | None


def hosts_of(site: Site, rows: Iterable[Row]) -> dict[int, Host]:
    """The posts that rows hang on, by old post id; posts that are not here are left out."""
    known = site.arrived("post", filter(None, (number(row, "PostId") for row in rows)))
    posts = Post.objects.filter(pk__in=listed(known.values())).values_list(*HOST_FIELDS)
    hosts = {fields[0]: Host(*fields) for fields in posts}
    return {old: hosts[new] for old, new in known.items() if new in hosts}


HOST_FIELDS = ("pk", "number", "topic_id", "topic__board_id", "author__subject", "topic__author_id")


def happened(
    name: str,
    at: datetime,
    who: Person | None,
    *,
    object_id: int,
    target: int | None = 0,
    payload: Mapping[str, Any] | None = None,
    topic: int = 0,
    board: int = 0,
    value: int = 0,
) -> Event:
    """An event of the past, told by the dump. ``target`` is the subject of the other person."""
    return Event(
        name,
        at,
        who.actor if who else NOBODY,
        object_id=object_id,
        target=target or 0,
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
