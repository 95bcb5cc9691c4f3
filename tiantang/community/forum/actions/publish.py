"""Publish topics and replies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.common.pages import pages_changed
from tiantang.common.prepared import Prepared
from tiantang.common.rows import change_row
from tiantang.community.forum.access import may_reply, may_start_topic, require
from tiantang.community.forum.actions.notices import people_called, tell_about_post
from tiantang.community.forum.actions.pictures import thumbnail_for
from tiantang.community.forum.actions.tags import tags_named
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.forum.bodies import excerpt_of, render_body
from tiantang.community.forum.limits import (
    check_body,
    check_newcomer,
    check_reply_pace,
    check_title,
    check_topic_pace,
)
from tiantang.community.forum.models import Board, Post, ReadMark, Tag, Topic
from tiantang.community.forum.refusals import Refused
from tiantang.community.members.looks import level_counted
from tiantang.community.members.models import Member

SENT = Prepared(
    lambda author, token: Post.objects.select_related("topic").filter(author_id=author, token=token),
    author=int,
    token=str,
)
LOCKED = Prepared(
    lambda topic: Topic.objects.select_for_update(of=("self",)).select_related("author").filter(pk=topic),
    topic=int,
)
HIGHEST = Prepared(
    lambda topic: Post.objects.filter(topic_id=topic).only("number").order_by("-number")[:1], topic=int
)


def publish_topic(
    *,
    author: Member,
    board: Board,
    title: str,
    source: str,
    tags: Sequence[str] = (),
    is_question: bool = False,
    token: str = "",
    door: Door = NO_DOOR,
) -> Topic:
    """Start a topic with its opening post.

    ``token`` names the form it was written in: the same form sent twice gives the same topic.
    Raises Refused with the field at fault, NotAllowed for people who may not post in this board.
    """
    require(may_start_topic(author, board))
    sent = _sent_before(author, token)
    if sent is not None:
        return sent.topic
    title, source = check_title(title), check_body(source)
    check_newcomer(author, source)
    check_topic_pace(author)
    try:
        return _store_topic(author, board, title, source, tags, is_question, token, door)
    except IntegrityError:
        return _twin(author, token).topic


@transaction.atomic
def _store_topic(
    author: Member,
    board: Board,
    title: str,
    source: str,
    tags: Sequence[str],
    is_question: bool,
    token: str,
    door: Door,
) -> Topic:
    now = timezone.now()
    body = render_body(source, people=people_called(source))
    topic = Topic.objects.create(
        board=board,
        author=author,
        title=title,
        excerpt=excerpt_of(body),
        thumbnail=thumbnail_for(body),
        is_question=is_question or board.questions,
        created_at=now,
        last_post_at=now,
        last_poster=author,
    )
    _tag(topic, tags_named(tags))
    post = _store_post(topic, 1, author, source, body, now, token)
    change_row(Board, board.pk, raised=["topics_count", "posts_count"], last_topic=topic.pk)
    record_act("forum.topic_published", author, topic, at=now, door=door)
    tell_about_post(post)
    transaction.on_commit(pages_changed)
    return topic


def publish_reply(
    *,
    author: Member,
    topic: Topic,
    source: str,
    token: str = "",
    door: Door = NO_DOOR,
) -> Post:
    """Add a post to a topic; quoted and mentioned people, and whoever started it, are told.

    ``token`` as in ``publish_topic``. Raises Refused, NotAllowed (topic closed or removed, not signed in).
    """
    sent = _sent_before(author, token)
    if sent is not None:
        return sent
    if topic.closed_at and not may_reply(author, topic):
        raise Refused(
            pgettext("refusal", "This topic was closed. What you wrote is kept; start a new topic.")
        )
    require(may_reply(author, topic))
    source = check_body(source)
    check_newcomer(author, source)
    check_reply_pace(author)
    try:
        return _store_reply(author, topic, source, token, door)
    except IntegrityError:
        return _twin(author, token)


@transaction.atomic
def _store_reply(author: Member, topic: Topic, source: str, token: str, door: Door) -> Post:
    topic = LOCKED.rows(topic=topic.pk)[0]
    now = timezone.now()
    body = render_body(source, people=people_called(source))
    last = HIGHEST.first(topic=topic.pk)
    post = _store_post(topic, last.number + 1 if last else 1, author, source, body, now, token)
    change_row(Topic, topic.pk, raised=["replies_count"], last_post_at=now, last_poster=author.pk)
    change_row(Board, topic.board_id, raised=["posts_count"], last_topic=topic.pk)
    record_act(
        "forum.reply_published", author, topic, object_id=post.pk, target=topic.author, at=now, door=door
    )
    tell_about_post(post)
    transaction.on_commit(pages_changed)
    return post


def _store_post(
    topic: Topic, number: int, author: Member, source: str, body: str, at: datetime, token: str
) -> Post:
    """The row of a post, its author's count, and the author's own read mark."""
    post = Post.objects.create(
        topic=topic,
        number=number,
        author=author,
        source=source,
        body_html=body,
        created_at=at,
        token=token or None,
    )
    change_row(Member, author.pk, raised=["posts_count"])
    level_counted(author.pk, posts=1)
    ReadMark.objects.bulk_create(
        [ReadMark(member=author, topic=topic, number=number, updated_at=at)],
        update_conflicts=True,
        unique_fields=["member", "topic"],
        update_fields=["number", "updated_at"],
    )
    return post


def _tag(topic: Topic, tags: Sequence[Tag]) -> None:
    topic.tags.set(tags)
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).update(topics_count=F("topics_count") + 1)


def _sent_before(author: Member, token: str) -> Post | None:
    if not token:
        return None
    return SENT.first(author=author.pk, token=token)


def _twin(author: Member, token: str) -> Post:
    """The post that the same form made a moment earlier in another process."""
    twin = _sent_before(author, token)
    if twin is None:
        raise Refused(pgettext("refusal", "That crossed with another post. Send it once more."))
    return twin
