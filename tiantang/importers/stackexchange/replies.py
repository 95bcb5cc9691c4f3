"""Answers become replies; tag texts, the third kind of post, describe tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max

from tiantang.community.forum.bodies import excerpt_of, sanitise_html
from tiantang.community.forum.models import Post, Tag, Topic
from tiantang.events.envelope import Event
from tiantang.events.record import record_many
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, instant, made_at, number
from tiantang.importers.stackexchange.site import Person, Site, happened, people_of
from tiantang.importers.stackexchange.topics import BODY_FIELDS, NO_CORE, body_facts, change_body, met_at
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
        sound = [row for row in batch if number(row, "Id") is not None and instant(row)]
        tally.skip(NO_CORE, len(batch) - len(sound))
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
        met = met_at(rows)
        people = self.site.people(met, met)
        topics = Topic.objects.annotate(top=Max("posts__number")).in_bulk(set(parents.values()))
        floors = {pk: getattr(topic, "top", 0) or 0 for pk, topic in topics.items()}
        askers = people_of(topic.author_id for topic in topics.values())
        posts, events = [], []
        for row in rows:
            topic = topics[parents[int(row["ParentId"])]]
            floors[topic.pk] += 1
            author = people.get(number(row, "OwnerUserId") or 0)
            posts.append(
                Post(
                    topic=topic,
                    number=floors[topic.pk],
                    author_id=author.id if author else None,
                    author_name=row.get("OwnerDisplayName", "")[:60],
                    created_at=made_at(row),
                    **body_facts(row, self.site),
                )
            )
            events.append((author, askers.get(topic.author_id or 0)))
        made = Post.objects.bulk_create(posts)
        self.site.remember("post", zip((int(r["Id"]) for r in rows), (p.pk for p in made), strict=True))
        record_many(self._event(post, *who) for post, who in zip(made, events, strict=True))

    def _event(self, post: Post, author: Person | None, asker: Person | None) -> Event:
        return happened(
            "forum.reply_published",
            post.created_at,
            author,
            object_id=post.pk,
            target=asker,
            topic=post.topic_id,
            board=self.site.board.pk,
        )

    def _update(self, rows: list[Row], known: dict[int, int], tally: Tally) -> None:
        posts = Post.objects.in_bulk([known[int(row["Id"])] for row in rows])
        changed = []
        for row in rows:
            post = posts.get(known[int(row["Id"])])
            if post is None:
                tally.skip("removed here since")
            elif change_body(post, body_facts(row, self.site)):
                changed.append(post)
            else:
                tally.skip("already here")
        Post.objects.bulk_update(changed, BODY_FIELDS)
        tally.updated += len(changed)


@dataclass
class BringTagTexts:
    """Posts.xml, the rest: texts that explain tags; other kinds have no counterpart."""

    dump: Dump
    site: Site
    name: str = "tag texts"
    kind: str = "posts"

    def rows(self) -> Iterator[Row]:
        return (row for row in self.dump.rows("Posts") if row.get("PostTypeId") not in ("1", "2"))

    def bring(self, batch: list[Row], tally: Tally) -> None:
        known = self.site.arrived("tag", (number(row, "Id") or 0 for row in batch))
        tags = Tag.objects.in_bulk(known.values())
        for row in batch:
            tag = tags.get(known.get(number(row, "Id") or 0, 0))
            if row.get("PostTypeId") not in ("4", "5"):
                tally.skip("a kind of post without a counterpart here")
            elif tag is None:
                tally.skip("tag text without its tag")
            elif describe_tag(tag, row, self.site):
                tally.bring(1, "tag texts")
            else:
                tally.skip("already here")
        Tag.objects.bulk_update(tags.values(), ["description", "description_html"])

    def finish(self) -> None:
        """Nothing remains."""


def describe_tag(tag: Tag, row: Row, site: Site) -> bool:
    """Put an excerpt (kind 4) or a long text (kind 5) on its tag; tells whether it was new."""
    html = site.localise(sanitise_html(row.get("Body", "")))
    if row["PostTypeId"] == "4":
        before, tag.description = tag.description, excerpt_of(html) if html else ""
        return not html or before != tag.description
    before, tag.description_html = tag.description_html, html
    return not html or before != html
