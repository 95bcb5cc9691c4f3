"""PostHistory.xml and PostLinks.xml: what posts said before, and which topics belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery

from tiantang.common.rows import insert_rows, listed
from tiantang.community.forum.models import Post, PostRevision, TopicLink
from tiantang.events.record import record_many
from tiantang.importers.models import ArrivedRow
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, instant, made_at, met_at, number
from tiantang.importers.stackexchange.site import Host, Person, Site, hosts_of
from tiantang.importers.stackexchange.votes import on_post
from tiantang.importers.tally import Tally

NO_BODY = "change of a title, of tags or of state: only bodies have a history here"
FIRST_BODY, EDITS = "2", ("5", "8")


@dataclass
class BringHistory:
    """Versions of bodies. The newest one is the post itself, so it is no revision of it."""

    dump: Dump
    site: Site
    name: str = "post history"
    kind: str = "post_history"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("PostHistory")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        bodies = [row for row in batch if row.get("PostHistoryTypeId") in (FIRST_BODY, *EDITS)]
        tally.skip(NO_BODY, len(batch) - len(bodies))
        hosts = hosts_of(self.site, bodies)
        placed = [row for row in bodies if number(row, "PostId") in hosts and instant(row)]
        tally.skip("version of a post that is not in the dump or not brought", len(bodies) - len(placed))
        self._make(placed, [hosts[int(row["PostId"])] for row in placed])
        tally.bring(len(placed), "versions of bodies")

    def _make(self, rows: list[Row], hosts: list[Host]) -> None:
        people = self.site.people(met := met_at(rows, "UserId"), met)
        editors = [people.get(number(row, "UserId") or 0) for row in rows]
        numbers = self._next_numbers([host.id for host in hosts])
        made = zip(rows, hosts, numbers, editors, strict=True)
        insert_rows(PostRevision, COLUMNS, (revision_values(*one) for one in made))
        record_many(
            on_post("forum.post_edited", made_at(row), editor, host, host.author_subject)
            for row, host, editor in zip(rows, hosts, editors, strict=True)
            if row["PostHistoryTypeId"] in EDITS
        )

    @staticmethod
    def _next_numbers(posts: list[int]) -> list[int]:
        told = PostRevision.objects.filter(post_id__in=listed(posts)).values("post_id")
        highest = dict(told.annotate(top=Max("number")).values_list("post_id", "top"))
        numbers = []
        for post in posts:
            highest[post] = highest.get(post, 0) + 1
            numbers.append(highest[post])
        return numbers

    def finish(self) -> None:
        """The newest version of every post is the post itself: count the edits, drop that version."""
        mine = ArrivedRow.objects.filter(site=self.site.key, kind="post").values("new_id")
        newest = (
            PostRevision.objects.filter(post=OuterRef("pk"))
            .order_by()
            .values("post")
            .annotate(edits=Max("number") - 1)
            .values("edits")
        )
        with transaction.atomic():
            grown = PostRevision.objects.filter(post_id__in=mine, number__gt=F("post__edits_count"))
            Post.objects.filter(pk__in=grown.values("post_id")).update(edits_count=Subquery(newest))
            PostRevision.objects.filter(post_id__in=mine, number__gt=F("post__edits_count")).delete()


COLUMNS = ("post_id", "number", "source", "editor_id", "reason", "created_at")


def revision_values(row: Row, host: Host, place: int, editor: Person | None) -> tuple[Any, ...]:
    """A version of a body as ``COLUMNS``."""
    reason = row.get("Comment", "")[:200]
    return host.id, place, row.get("Text", ""), editor.id if editor else None, reason, instant(row)


@dataclass
class BringLinks:
    """PostLinks.xml: related questions and duplicates."""

    dump: Dump
    site: Site
    name: str = "post links"
    kind: str = "post_links"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("PostLinks")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        ends = ("PostId", "RelatedPostId")
        known = self.site.arrived("post", filter(None, (number(row, end) for row in batch for end in ends)))
        topics = dict(Post.objects.filter(pk__in=known.values()).values_list("pk", "topic_id"))
        links: dict[tuple[int, int, str], TopicLink] = {}
        for row in batch:
            one, other = (topics.get(known.get(number(row, end) or 0, 0)) for end in ends)
            at, kind = instant(row), "duplicate" if row.get("LinkTypeId") == "3" else "related"
            if one is None or other is None or at is None:
                tally.skip("one end is not in the dump or not brought")
            elif one == other or (one, other, kind) in links:
                tally.skip("link within one topic, or given twice")
            else:
                links[one, other, kind] = TopicLink(topic_id=one, other_id=other, kind=kind, created_at=at)
        made = self._new(links)
        tally.skip("link within one topic, or given twice", len(links) - made)
        tally.bring(made)

    @staticmethod
    def _new(links: dict[tuple[int, int, str], TopicLink]) -> int:
        there = TopicLink.objects.filter(topic_id__in=[one for one, _, _ in links])
        taken = set(there.values_list("topic_id", "other_id", "kind"))
        fresh = [link for key, link in links.items() if key not in taken]
        TopicLink.objects.bulk_create(fresh)
        return len(fresh)

    def finish(self) -> None:
        """Nothing remains."""
