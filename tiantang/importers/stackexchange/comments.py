"""Comments.xml: comments under the posts they were written on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tiantang.common.rows import allot_keys, insert_rows, listed, set_values
from tiantang.community.forum.bodies import render_comment
from tiantang.community.forum.models import Comment
from tiantang.events.envelope import Event
from tiantang.events.record import record_many
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, instant, made_at, met_at, number, sound_rows
from tiantang.importers.stackexchange.site import Host, Person, Site, happened, hosts_of
from tiantang.importers.tally import Tally


@dataclass
class BringComments:
    """Comments, with their authors, dates and votes."""

    dump: Dump
    site: Site
    name: str = "comments"
    kind: str = "comments"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("Comments")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        sound = sound_rows(batch, tally)
        known = self.site.arrived("comment", (int(row["Id"]) for row in sound))
        fresh = [row for row in sound if int(row["Id"]) not in known]
        hosts = hosts_of(self.site, fresh)
        placed = [row for row in fresh if number(row, "PostId") in hosts]
        tally.skip("comment on a post that is not in the dump", len(fresh) - len(placed))
        self._make(placed, [hosts[int(row["PostId"])] for row in placed])
        tally.bring(len(placed))
        self._update([row for row in sound if int(row["Id"]) in known], known, tally)

    def finish(self) -> None:
        """Nothing remains."""

    def _make(self, rows: list[Row], hosts: list[Host]) -> None:
        people = self.site.people(met := met_at(rows, "UserId"), met)
        authors = [people.get(number(row, "UserId") or 0) for row in rows]
        ids = allot_keys(Comment, len(rows))
        made = zip(ids, rows, hosts, authors, strict=True)
        insert_rows(Comment, COLUMNS, (self._values(*one) for one in made))
        self.site.remember("comment", zip((int(row["Id"]) for row in rows), ids, strict=True))
        told = zip(ids, rows, hosts, authors, strict=True)
        record_many(self._event(*one) for one in told)

    def _values(self, pk: int, row: Row, host: Host, author: Person | None) -> tuple[Any, ...]:
        text = row.get("Text", "")
        html = self.site.localise(render_comment(text, from_outside=True))
        name = row.get("UserDisplayName", "")[:60]
        return pk, host.id, author.id if author else None, name, text, html, instant(row), likes_of(row)

    @staticmethod
    def _event(pk: int, row: Row, host: Host, author: Person | None) -> Event:
        return happened(
            "forum.comment_published",
            made_at(row),
            author,
            object_id=pk,
            target=host.author_subject,
            topic=host.topic,
            board=host.board,
        )

    @staticmethod
    def _update(rows: list[Row], known: dict[int, int], tally: Tally) -> None:
        there = Comment.objects.filter(pk__in=listed(known[int(row["Id"])] for row in rows))
        likes = dict(there.values_list("pk", "likes_count"))
        changed = []
        for row in rows:
            pk, told = known[int(row["Id"])], likes_of(row)
            if pk not in likes:
                tally.skip("removed here since")
            elif likes[pk] == told:
                tally.skip("already here")
            else:
                changed.append((pk, told))
        set_values(Comment, ("likes_count",), changed)
        tally.updated += len(changed)


COLUMNS = (
    *("id", "post_id", "author_id", "author_name", "source", "body_html", "created_at", "likes_count"),
)


def likes_of(row: Row) -> int:
    """Votes on a comment; there is no such thing as less than none."""
    return max(0, number(row, "Score") or 0)
