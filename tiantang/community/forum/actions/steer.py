"""Steer a topic: best answer, pin, close, feature, move."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.common.pages import pages_changed
from tiantang.community.forum.access import may_accept, may_moderate, require
from tiantang.community.forum.actions.notices import tell_author
from tiantang.community.forum.actions.recount import recount_around
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.forum.models import Board, Post, Topic
from tiantang.community.forum.refusals import Refused
from tiantang.community.members.models import Member
from tiantang.community.notifications.kinds import Kind


@transaction.atomic
def accept_answer(*, member: Member, post: Post, door: Door = NO_DOOR) -> Topic:
    """Mark a reply as the best answer of its topic, in place of an earlier one.

    Raises Refused for an opening post or a removed one, NotAllowed for others than the asker and moderators.
    """
    topic = post.topic
    require(may_accept(member, topic))
    if post.number == 1 or post.removed_at:
        raise Refused(pgettext("refusal", "Choose one of the replies as the best answer."))
    if topic.best_answer_id == post.pk:
        return topic
    _change(topic, best_answer=post)
    record_act("forum.answer_accepted", member, topic, object_id=post.pk, target=post.author, door=door)
    tell_author(post, member, Kind.ACCEPTED)
    return topic


@transaction.atomic
def unaccept_answer(*, member: Member, topic: Topic, post: Post | None = None) -> Topic:
    """Take the mark of best answer away; with ``post`` only from this one. Raises NotAllowed."""
    require(may_accept(member, topic))
    if post is None or topic.best_answer_id == post.pk:
        _change(topic, best_answer=None)
    return topic


@transaction.atomic
def pin_topic(*, member: Member, topic: Topic, pinned: bool = True, door: Door = NO_DOOR) -> Topic:
    """Keep a topic on top of its board, or let it go. Raises NotAllowed."""
    return _switch(member, topic, "pinned_at", pinned, "forum.topic_pinned", door)


@transaction.atomic
def close_topic(*, member: Member, topic: Topic, closed: bool = True, door: Door = NO_DOOR) -> Topic:
    """Take no more replies and comments, or take them again. Raises NotAllowed."""
    return _switch(member, topic, "closed_at", closed, "forum.topic_closed", door)


@transaction.atomic
def feature_topic(*, member: Member, topic: Topic, featured: bool = True, door: Door = NO_DOOR) -> Topic:
    """Show a topic among the best, or not any more. Raises NotAllowed."""
    return _switch(member, topic, "featured_at", featured, "forum.topic_featured", door)


def _switch(member: Member, topic: Topic, field: str, on: bool, name: str, door: Door) -> Topic:
    require(may_moderate(member))
    if (getattr(topic, field) is not None) != on:
        _change(topic, **{field: timezone.now() if on else None})
        record_act(name, member, topic, target=topic.author, value=int(on), door=door)
    return topic


@transaction.atomic
def move_topic(*, member: Member, topic: Topic, board: Board) -> Topic:
    """Put a topic into another board. Later events count there; earlier ones stay where they happened.

    Raises NotAllowed, Refused for a board no longer in use.
    """
    require(may_moderate(member))
    if board.archived_at:
        raise Refused(pgettext("refusal", "This board is no longer in use. Choose another."), "board")
    if board.pk != topic.board_id:
        left = topic.board_id
        _change(topic, board=board)
        recount_around(topic.pk, left, board.pk)
    return topic


def _change(topic: Topic, **values: object) -> None:
    for field, value in values.items():
        setattr(topic, field, value)
    topic.save(update_fields=list(values))
    transaction.on_commit(pages_changed)
