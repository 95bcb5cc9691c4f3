"""Turn the made-up community into events, one for every row and every page view."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from tiantang.community.forum.models import Board
from tiantang.community.members.models import DUTIES
from tiantang.demo.world import KeepDraft, Person, TopicDraft, World
from tiantang.events.catalog import ActorClass, kind_of
from tiantang.events.history import write_history

NAME = "sample"
COLUMNS = (
    "ts_us",
    "event",
    "subject",
    "visitor",
    "actor_class",
    "object_id",
    "topic",
    "board",
    "target",
    "value",
    "client",
    "source",
    "campaign",
    "payload",
)
Row = tuple[Any, ...]


class Scribe:
    """Knows how a person and a topic stand in an event."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.boards = dict(Board.objects.values_list("slug", "id"))
        self.duty = {
            person.number: min((since for role, since in person.roles if role in DUTIES), default=0)
            for person in world.people
            if any(role in DUTIES for role, _ in person.roles)
        }

    def kind(self, person: Person, second: int) -> int:
        """The class of a member at that second."""
        since = self.duty.get(person.number)
        return int(ActorClass.STAFF if since is not None and since <= second else ActorClass.MEMBER)

    def act(
        self,
        name: str,
        second: int,
        person: Person,
        *,
        object_id: int = 0,
        topic: TopicDraft | None = None,
        target: Person | None = None,
        value: int = 0,
        source: str = "",
        campaign: str = "",
        payload: dict[str, Any] | None = None,
    ) -> Row:
        """One act by a signed-in person."""
        visitor, client = person.devices[0]
        return (
            second * 1_000_000 + (object_id * 7919 + second * 31) % 1_000_000,
            kind_of(name).code,
            person.subject,
            visitor,
            self.kind(person, second),
            object_id,
            topic.id if topic else 0,
            self.boards[topic.board] if topic else 0,
            target.subject if target else 0,
            value,
            client,
            source,
            campaign,
            json.dumps(payload, ensure_ascii=False, separators=(",", ":")) if payload else None,
        )


def write_lake(world: World) -> dict[str, int]:
    """Seal every event of the sample; returns how many acts and visits there are."""
    scribe = Scribe(world)
    acts = [row for step in STEPS for row in step(world, scribe)]
    acts.sort(key=lambda row: (row[0], row[1], row[5]))
    visits = sorted(_visits(world, scribe), key=lambda row: (row[0], row[1], row[3]))
    return {"acts": _write(f"{NAME}-acts", acts), "visits": _write(f"{NAME}-visits", visits)}


def _write(name: str, rows: list[Row]) -> int:
    columns = dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
    return write_history(name, columns)


def _people(world: World, scribe: Scribe) -> Iterator[Row]:
    for person in world.people:
        yield scribe.act(
            "members.signed_up", person.joined, person, source=person.source, campaign=person.campaign
        )
        if person.rules_at:
            yield scribe.act("rules.version_accepted", person.rules_at, person, value=1)
        for role, since in person.roles:
            yield scribe.act(
                "members.role_granted", since, world.people[0], target=person, payload={"role": role}
            )
    for session in world.sign_ins:
        yield scribe.act("members.signed_in", session.start, session.person)


def _posts(world: World, scribe: Scribe) -> Iterator[Row]:
    for post in world.posts:
        topic = post.topic
        if post.number == 1:
            yield scribe.act("forum.topic_published", post.at, post.author, object_id=topic.id, topic=topic)
        else:
            yield scribe.act(
                "forum.reply_published",
                post.at,
                post.author,
                object_id=post.id,
                topic=topic,
                target=topic.author,
            )
        for second, _ in post.edits:
            yield scribe.act("forum.post_edited", second, post.author, object_id=post.id, topic=topic)
    for comment in world.comments:
        topic, author = comment.post.topic, comment.post.author
        yield scribe.act(
            "forum.comment_published",
            comment.at,
            comment.author,
            object_id=comment.id,
            topic=topic,
            target=author,
        )


def _small_acts(world: World, scribe: Scribe) -> Iterator[Row]:
    for like in world.likes:
        post = like.post
        yield scribe.act(
            "forum.post_liked", like.at, like.person, object_id=post.id, topic=post.topic, target=post.author
        )
    for keep in world.bookmarks:
        yield _kept("forum.topic_bookmarked", keep, scribe)
    for share in world.shares:
        yield _kept("forum.topic_shared", share, scribe)
        for second, visitor in share.follows:
            yield _followed(share, second, visitor, scribe)


def _kept(name: str, keep: KeepDraft, scribe: Scribe) -> Row:
    return scribe.act(name, keep.at, keep.person, object_id=keep.topic.id, topic=keep.topic)


def _followed(share: KeepDraft, second: int, visitor: int, scribe: Scribe) -> Row:
    row = list(
        scribe.act("forum.share_followed", second, share.person, object_id=share.topic.id, topic=share.topic)
    )
    row[2:5] = 0, visitor, int(ActorClass.VISITOR)
    row[8] = share.person.subject
    return tuple(row)


def _care(world: World, scribe: Scribe) -> Iterator[Row]:
    """What the team did, and what authors accepted."""
    for topic in world.topics:
        content = world.team("content", topic.at)
        editor = content[0] if content else world.people[0]
        if topic.best:
            best = topic.best
            yield scribe.act(
                "forum.answer_accepted",
                topic.best_at,
                topic.author,
                object_id=best.id,
                topic=topic,
                target=best.author,
            )
        for name, second in (
            ("forum.topic_pinned", topic.pinned_at),
            ("forum.topic_featured", topic.featured_at),
            ("forum.topic_closed", topic.closed_at),
        ):
            if second:
                yield scribe.act(name, second, editor, object_id=topic.id, topic=topic, value=1)


def _reports(world: World, scribe: Scribe) -> Iterator[Row]:
    done: set[tuple[str, int]] = set()
    for report in world.reports:
        thing, topic = report.comment or report.post, report.post.topic
        about: dict[str, Any] = {"object_id": report.id, "topic": topic, "target": thing.author}
        yield scribe.act("moderation.post_reported", report.at, report.reporter, **about)
        if report.decided_by is None:
            continue
        upheld = report.state == "upheld"
        name = "moderation.report_upheld" if upheld else "moderation.report_rejected"
        yield scribe.act(name, report.decided_at, report.decided_by, **about)
        for kind, number, second in _removals(report):
            if (kind, number) not in done and second == report.decided_at:
                done.add((kind, number))
                yield scribe.act(
                    kind, second, report.decided_by, object_id=number, topic=topic, target=thing.author
                )


def _removals(report: Any) -> Iterator[tuple[str, int, int]]:
    if report.comment is not None:
        yield "forum.comment_removed", report.comment.id, report.comment.removed_at
    else:
        yield "forum.post_removed", report.post.id, report.post.removed_at
        if report.post.number == 1:
            yield "forum.topic_removed", report.post.topic.id, report.post.topic.removed_at


STEPS: tuple[Callable[[World, Scribe], Iterator[Row]], ...] = (_people, _posts, _small_acts, _care, _reports)


def _visits(world: World, scribe: Scribe) -> Iterator[Row]:
    """Two events a view: that it was seen, and for how long, said when the tab was left."""
    viewed, spent = kind_of("site.page_viewed").code, kind_of("site.time_spent").code
    nobody = int(ActorClass.VISITOR)
    now = world.plan.now * 1_000_000
    for visit in world.visits:
        person, topic = visit.person, visit.topic
        subject = person.subject if person else 0
        kind = scribe.kind(person, visit.at) if person else nobody
        number = topic.id if topic else 0
        board = scribe.boards.get(visit.board, 0)
        moment = visit.at * 1_000_000 + (visit.visitor ^ visit.ms) % 1_000_000
        who = (subject, visit.visitor, kind, number, number, board, 0)
        yield (moment, viewed, *who, 0, visit.client, visit.source, visit.campaign, None)
        left = min(moment + visit.ms * 1000, now)
        yield (left, spent, *who, visit.ms, visit.client, "", "", None)
