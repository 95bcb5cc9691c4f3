"""Questions become topics with their opening post; tags come along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tiantang.community.forum.bodies import excerpt_of, sanitise_html
from tiantang.community.forum.models import Post, PostRevision, Tag, Topic
from tiantang.community.forum.models.posts import SourceFormat
from tiantang.events.envelope import Event
from tiantang.events.record import record_many
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, instant, made_at, number, tag_names
from tiantang.importers.stackexchange.site import ORIGIN, Person, Site, happened
from tiantang.importers.tally import Tally

NO_CORE = "without a usable Id or CreationDate"


@dataclass
class BringTags:
    """Tags.xml: the words; their texts come later with the posts that hold them."""

    dump: Dump
    site: Site
    name: str = "tags"
    kind: str = "tags"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("Tags")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        sound = [row for row in batch if row.get("TagName")]
        tally.skip("without a name", len(batch) - len(sound))
        names = [row["TagName"][:60] for row in sound]
        before = set(Tag.objects.filter(slug__in=names).values_list("slug", flat=True))
        tags = ensure_tags(names)
        tally.bring(len(set(names) - before))
        tally.skip("already here", len(names) - len(set(names) - before))
        texts = {
            number(row, place): tags[row["TagName"][:60]]
            for row in sound
            for place in ("ExcerptPostId", "WikiPostId")
        }
        texts.pop(None, None)
        known = self.site.arrived("tag", (old for old in texts if old is not None))
        self.site.remember("tag", ((old, new) for old, new in texts.items() if old and old not in known))

    def finish(self) -> None:
        """Nothing remains."""


def ensure_tags(names: list[str]) -> dict[str, int]:
    """Ids of tags by name; missing ones are made."""
    Tag.objects.bulk_create(
        (Tag(slug=name, name=name) for name in dict.fromkeys(names)), ignore_conflicts=True
    )
    return dict(Tag.objects.filter(slug__in=set(names)).values_list("slug", "pk"))


def body_facts(row: Row, site: Site) -> dict[str, Any]:
    """The fields of a post that a dump's row determines."""
    edited = instant(row, "LastEditDate")
    return {
        "source": row.get("Body", ""),
        "source_format": SourceFormat.HTML,
        "body_html": site.localise(sanitise_html(row.get("Body", ""))),
        "edited_at": edited,
        "score": number(row, "Score") or 0,
    }


def met_at(rows: list[Row], owner: str = "OwnerUserId") -> dict[int, datetime]:
    """For each old user id the first moment it is met in these rows."""
    met: dict[int, datetime] = {}
    for row in rows:
        old, at = number(row, owner), instant(row)
        if old is not None and at is not None:
            met[old] = min(at, met.get(old, at))
    return met


@dataclass
class BringQuestions:
    """Posts.xml, questions: topics."""

    dump: Dump
    site: Site
    name: str = "questions"
    kind: str = "posts"

    def rows(self) -> Iterator[Row]:
        return (row for row in self.dump.rows("Posts") if row.get("PostTypeId") == "1")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        sound = [row for row in batch if number(row, "Id") is not None and instant(row)]
        tally.skip(NO_CORE, len(batch) - len(sound))
        known = self.site.arrived("question", (int(row["Id"]) for row in sound))
        fresh = [row for row in sound if int(row["Id"]) not in known]
        self._make(fresh)
        tally.bring(len(fresh), "questions")
        self._update([row for row in sound if int(row["Id"]) in known], known, tally)

    def finish(self) -> None:
        """Nothing remains."""

    def _make(self, rows: list[Row]) -> None:
        met = met_at(rows)
        people = self.site.people(met, met)
        authors = [people.get(number(row, "OwnerUserId") or 0) for row in rows]
        bodies = [body_facts(row, self.site) for row in rows]
        parts = list(zip(rows, authors, bodies, strict=True))
        topics = Topic.objects.bulk_create(self._topic(*part) for part in parts)
        posts = Post.objects.bulk_create(
            self._opening(author, body, topic) for (_, author, body), topic in zip(parts, topics, strict=True)
        )
        old_ids = [int(row["Id"]) for row in rows]
        self.site.remember("question", zip(old_ids, (topic.pk for topic in topics), strict=True))
        self.site.remember("post", zip(old_ids, (post.pk for post in posts), strict=True))
        self._tag(rows, topics)
        record_many(
            event
            for author, topic in zip(authors, topics, strict=True)
            for event in self._events(author, topic)
        )

    def _topic(self, row: Row, author: Person | None, body: dict[str, Any]) -> Topic:
        return Topic(
            board=self.site.board,
            author_id=author.id if author else None,
            author_name=row.get("OwnerDisplayName", "")[:60],
            created_at=made_at(row),
            is_question=True,
            last_post_at=made_at(row),
            origin=ORIGIN,
            **topic_facts(row, body),
        )

    @staticmethod
    def _opening(author: Person | None, body: dict[str, Any], topic: Topic) -> Post:
        return Post(
            topic=topic,
            number=1,
            author_id=author.id if author else None,
            author_name=topic.author_name,
            created_at=topic.created_at,
            **body,
        )

    def _events(self, author: Person | None, topic: Topic) -> Iterator[Event]:
        pk, board = topic.pk, self.site.board.pk
        yield happened("forum.topic_published", topic.created_at, author, object_id=pk, topic=pk, board=board)
        if topic.closed_at:
            at = topic.closed_at
            yield happened("forum.topic_closed", at, None, object_id=pk, topic=pk, board=board, value=1)

    @staticmethod
    def _tag(rows: list[Row], topics: list[Topic]) -> None:
        names = [[name[:60] for name in tag_names(row)] for row in rows]
        ids = ensure_tags([name for some in names for name in some])
        through = Topic.tags.through
        through.objects.bulk_create(
            (
                through(topic_id=topic.pk, tag_id=ids[name])
                for topic, some in zip(topics, names, strict=True)
                for name in dict.fromkeys(some)
            ),
            ignore_conflicts=True,
        )

    def _update(self, rows: list[Row], known: dict[int, int], tally: Tally) -> None:
        topics = Topic.objects.in_bulk([known[int(row["Id"])] for row in rows])
        posts = {post.topic_id: post for post in Post.objects.filter(topic_id__in=topics, number=1)}
        changed_topics, changed_posts = [], []
        for row in rows:
            topic = topics.get(known[int(row["Id"])])
            if topic is None:
                tally.skip("removed here since")
                continue
            body = body_facts(row, self.site)
            topic_changed = change(topic, topic_facts(row, body))
            post_changed = change_body(posts[topic.pk], body)
            changed_topics += [topic] * topic_changed
            changed_posts += [posts[topic.pk]] * post_changed
            tally.updated += topic_changed or post_changed
            tally.skip("already here", not (topic_changed or post_changed))
        Topic.objects.bulk_update(changed_topics, ["title", "excerpt", "views_before", "closed_at"])
        Post.objects.bulk_update(changed_posts, BODY_FIELDS)


BODY_FIELDS = ["source", "body_html", "edited_at", "edits_count", "score"]


def topic_facts(row: Row, body: dict[str, Any]) -> dict[str, Any]:
    """The fields of a topic that a question's row and its finished body determine."""
    title = (row.get("Title") or "").strip()[:200]
    return {
        "title": title or f"#{row['Id']}",
        "excerpt": excerpt_of(body["body_html"]),
        "views_before": number(row, "ViewCount") or 0,
        "closed_at": instant(row, "ClosedDate"),
    }


def change_body(post: Post, facts: dict[str, Any]) -> bool:
    """Bring a newer body; the older one becomes a revision. Tells whether anything changed."""
    before = PostRevision(
        post=post,
        number=post.edits_count + 1,
        source=post.source,
        created_at=post.edited_at or post.created_at,
    )
    newer = post.source != facts["source"]
    if not change(post, facts):
        return False
    if newer:
        before.save()
        post.edits_count += 1
    return True


def change(row: Topic | Post, facts: dict[str, Any]) -> bool:
    """Set what differs; tells whether anything did. People's edits made here since are kept."""
    if isinstance(row, Post) and row.source_format != SourceFormat.HTML:
        return False
    changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
