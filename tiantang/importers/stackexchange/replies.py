"""Answers become replies, on the next free floor of their topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max

from tiantang.common.rows import allot_keys, insert_rows, listed, set_values
from tiantang.community.forum.models import Post, Topic
from tiantang.events.envelope import Event
from tiantang.events.record import record_many
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.bodies import (
    HERE,
    POST_COLUMNS,
    PostHere,
    body_of,
    change_bodies,
    post_values,
)
from tiantang.importers.stackexchange.dump import Dump, made_at, met_at, number, sound_rows
from tiantang.importers.stackexchange.site import Person, Site, happened
from tiantang.importers.tally import Tally


@dataclass
class BringAnswers:
    """Posts.xml, answers: replies, on the next free floor of their topic."""

    dump: Dump
    site: Site
    name: str = "answers"
    kind: str = "posts"

    def rows(self) -> Iterator[Row]:
        return (row for row in self.dump.rows("Posts") if row.get("PostTypeId") == "2")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        sound = sound_rows(batch, tally)
        known = self.site.arrived("post", (int(row["Id"]) for row in sound))
        parents = self.site.arrived("question", filter(None, (number(row, "ParentId") for row in sound)))
        fresh = [row for row in sound if int(row["Id"]) not in known]
        placed = [row for row in fresh if (number(row, "ParentId") or 0) in parents]
        tally.skip("answer to a question that is not in the dump", len(fresh) - len(placed))
        self._make(placed, parents)
        tally.bring(len(placed), "answers")
        self._update([row for row in sound if int(row["Id"]) in known], known, tally)

    def finish(self) -> None:
        """Nothing remains."""

    def _make(self, rows: list[Row], parents: dict[int, int]) -> None:
        people = self.site.people(met := met_at(rows), met)
        topics = [parents[int(row["ParentId"])] for row in rows]
        ids, floors = allot_keys(Post, len(rows)), next_floors(topics)
        authors = [people.get(number(row, "OwnerUserId") or 0) for row in rows]
        bodies = (body_of(row, self.site) for row in rows)
        made = zip(ids, topics, floors, rows, bodies, authors, strict=True)
        insert_rows(Post, POST_COLUMNS, (post_values(*one) for one in made))
        self.site.remember("post", zip((int(row["Id"]) for row in rows), ids, strict=True))
        self._accept(rows, topics, ids)
        askers = dict(Topic.objects.filter(pk__in=listed(topics)).values_list("pk", "author__subject"))
        told = zip(ids, topics, rows, authors, strict=True)
        record_many(self._event(*one, askers.get(one[1])) for one in told)

    def _accept(self, rows: list[Row], topics: list[int], ids: list[int]) -> None:
        """Make answers best that their question names; the vote that tells when may be missing."""
        taken_in = self.site.arrived("accepted", (int(row["Id"]) for row in rows))
        told = zip(rows, topics, ids, strict=True)
        best = [(topic, pk) for row, topic, pk in told if taken_in.get(int(row["Id"])) == topic]
        set_values(Topic, ("best_answer_id",), best)

    def _event(self, pk: int, topic: int, row: Row, author: Person | None, asker: int | None) -> Event:
        return happened(
            "forum.reply_published",
            made_at(row),
            author,
            object_id=pk,
            target=asker,
            topic=topic,
            board=self.site.board.pk,
        )

    def _update(self, rows: list[Row], known: dict[int, int], tally: Tally) -> None:
        there = Post.objects.filter(pk__in=listed(known[int(row["Id"])] for row in rows))
        posts = {facts[0]: PostHere(*facts) for facts in there.values_list(*HERE)}
        changed = []
        for row in rows:
            post, body = posts.get(known[int(row["Id"])]), body_of(row, self.site)
            if post is None:
                tally.skip("removed here since")
            elif post.differs(body):
                changed.append((post, body))
            else:
                tally.skip("already here")
        change_bodies(changed)
        tally.updated += len(changed)


def next_floors(topics: list[int]) -> list[int]:
    """The floor of each new reply in its topic, in order."""
    told = Post.objects.filter(topic_id__in=listed(topics)).values("topic_id")
    highest = dict(told.annotate(top=Max("number")).values_list("topic_id", "top"))
    floors = []
    for topic in topics:
        highest[topic] = highest.get(topic, 0) + 1
        floors.append(highest[topic])
    return floors
