"""Questions become topics with their opening post; their tags come along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from tiantang.common.rows import allot_keys, insert_rows, listed, set_values
from tiantang.community.forum.bodies import excerpt_of
from tiantang.community.forum.models import Post, Topic
from tiantang.events.envelope import Event
from tiantang.events.record import record_many
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.bodies import (
    HERE,
    POST_COLUMNS,
    Body,
    PostHere,
    body_of,
    change_bodies,
    post_values,
)
from tiantang.importers.stackexchange.dump import (
    Dump,
    instant,
    made_at,
    met_at,
    number,
    sound_rows,
    tag_names,
)
from tiantang.importers.stackexchange.site import ORIGIN, Person, Site, happened
from tiantang.importers.stackexchange.tags import bring_tag_texts, ensure_tags
from tiantang.importers.tally import Tally


@dataclass
class BringQuestions:
    """Posts.xml, all but answers: questions become topics, the rest are texts of tags."""

    dump: Dump
    site: Site
    name: str = "questions"
    kind: str = "posts"

    def rows(self) -> Iterator[Row]:
        return (row for row in self.dump.rows("Posts") if row.get("PostTypeId") != "2")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        others = [row for row in batch if row.get("PostTypeId") != "1"]
        if others:
            bring_tag_texts(others, self.site, tally)
        sound = sound_rows([row for row in batch if row.get("PostTypeId") == "1"], tally)
        known = self.site.arrived("question", (int(row["Id"]) for row in sound))
        fresh = [row for row in sound if int(row["Id"]) not in known]
        self._make(fresh)
        tally.bring(len(fresh), "questions")
        self._update([row for row in sound if int(row["Id"]) in known], known, tally)

    def finish(self) -> None:
        """Nothing remains."""

    def _make(self, rows: list[Row]) -> None:
        people = self.site.people(met := met_at(rows), met)
        topics, posts = allot_keys(Topic, len(rows)), allot_keys(Post, len(rows))
        bodies = [body_of(row, self.site) for row in rows]
        askers = [people.get(number(row, "OwnerUserId") or 0) for row in rows]
        made = zip(topics, rows, bodies, askers, strict=True)
        insert_rows(Topic, TOPIC_COLUMNS, (self._topic(*one) for one in made))
        opening = zip(posts, topics, repeat(1), rows, bodies, askers)
        insert_rows(Post, POST_COLUMNS, (post_values(*one) for one in opening))
        old_ids = [int(row["Id"]) for row in rows]
        self.site.remember("question", zip(old_ids, topics, strict=True))
        self.site.remember("post", zip(old_ids, posts, strict=True))
        self._remember_accepted(rows, topics)
        self._tag(rows, topics)
        told = zip(askers, topics, rows, strict=True)
        record_many(event for one in told for event in self._events(*one))

    def _topic(self, pk: int, row: Row, body: Body, asker: Person | None) -> tuple[Any, ...]:
        at, name = instant(row), row.get("OwnerDisplayName", "")[:60]
        author = asker.id if asker else None
        return (pk, self.site.board.pk, author, name, at, True, at, ORIGIN, *topic_facts(row, body))

    def _events(self, asker: Person | None, topic: int, row: Row) -> Iterator[Event]:
        board, closed_at = self.site.board.pk, instant(row, "ClosedDate")
        yield happened(
            "forum.topic_published", made_at(row), asker, object_id=topic, topic=topic, board=board
        )
        if closed_at:
            yield happened(
                "forum.topic_closed", closed_at, None, object_id=topic, topic=topic, board=board, value=1
            )

    def _remember_accepted(self, rows: list[Row], topics: list[int]) -> None:
        """Note which answers their askers took, for the answers that come later."""
        told = (number(row, "AcceptedAnswerId") for row in rows)
        taken = {answer: topic for answer, topic in zip(told, topics, strict=True) if answer is not None}
        known = self.site.arrived("accepted", taken)
        self.site.remember("accepted", ((old, new) for old, new in taken.items() if old not in known))

    @staticmethod
    def _tag(rows: list[Row], topics: list[int]) -> None:
        names = [[name[:60] for name in tag_names(row)] for row in rows]
        ids = ensure_tags([name for some in names for name in some])
        pairs = (
            (topic, ids[name])
            for topic, some in zip(topics, names, strict=True)
            for name in dict.fromkeys(some)
        )
        insert_rows(Topic.tags.through, ("topic_id", "tag_id"), pairs)

    def _update(self, rows: list[Row], known: dict[int, int], tally: Tally) -> None:
        ids = listed(known[int(row["Id"])] for row in rows)
        topics = {pk: facts for pk, *facts in Topic.objects.filter(pk__in=ids).values_list("pk", *FACTS)}
        openings = Post.objects.filter(topic_id__in=ids, number=1)
        posts = {topic: PostHere(*facts) for topic, *facts in openings.values_list("topic_id", *HERE)}
        changed_topics, changed_posts = [], []
        for row in rows:
            pk = known[int(row["Id"])]
            if pk not in topics:
                tally.skip("removed here since")
                continue
            body = body_of(row, self.site)
            facts = topic_facts(row, body)
            topic_changed = posts[pk].from_outside and facts != tuple(topics[pk])
            post_changed = posts[pk].differs(body)
            changed_topics += [(pk, *facts)] * topic_changed
            changed_posts += [(posts[pk], body)] * post_changed
            tally.updated += topic_changed or post_changed
            tally.skip("already here", not (topic_changed or post_changed))
        set_values(Topic, FACTS, changed_topics)
        change_bodies(changed_posts)


TOPIC_COLUMNS = (
    *("id", "board_id", "author_id", "author_name", "created_at", "is_question", "last_post_at", "origin"),
    *(FACTS := ("title", "excerpt", "views_before", "closed_at")),
)


def topic_facts(row: Row, body: Body) -> tuple[Any, ...]:
    """``FACTS``: what a question's row and its finished body determine of a topic."""
    title = (row.get("Title") or "").strip()[:200] or f"#{row['Id']}"
    return title, excerpt_of(body.html), number(row, "ViewCount") or 0, instant(row, "ClosedDate")
