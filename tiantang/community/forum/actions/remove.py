"""Take things down and put them back; nothing is deleted, and moderators still see it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.common.pages import pages_changed
from tiantang.community.forum.access import (
    may_moderate,
    may_put_back,
    may_read_removed,
    may_remove,
    may_remove_topic,
    require,
)
from tiantang.community.forum.actions.notices import forget_told, tell_of_removal, tell_of_return
from tiantang.community.forum.actions.recount import recount_around
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.forum.models import Comment, Post, Removal, Topic
from tiantang.community.forum.refusals import Refused
from tiantang.community.forum.signals import put_back
from tiantang.community.members.models import Member


@transaction.atomic
def remove_topic(
    *, member: Member, topic: Topic, rule: int = 0, note: str = "", door: Door = NO_DOOR
) -> Topic:
    """Take a topic down with everything in it; its author is told by which ``rule`` and why.

    Raises NotAllowed.
    """
    require(may_remove_topic(member, topic))
    if topic.removed_at is None:
        _set_topic(topic, removed=True)
        record_act("forum.topic_removed", member, topic, target=topic.author, door=door)
        _write_down(member, _opening(topic), None, rule, note)
    return topic


@transaction.atomic
def restore_topic(*, member: Member, topic: Topic, door: Door = NO_DOOR) -> Topic:
    """Put a topic back. Raises NotAllowed."""
    require(may_moderate(member))
    if topic.removed_at is not None:
        _require_put_back(member, _opening(topic))
        _set_topic(topic, removed=False)
        record_act("forum.topic_restored", member, topic, target=topic.author, door=door)
        _take_back(_opening(topic), None)
    return topic


@transaction.atomic
def remove_post(*, member: Member, post: Post, rule: int = 0, note: str = "", door: Door = NO_DOOR) -> Post:
    """Take a reply down; its floor stays empty, and its author is told by which ``rule`` and why.

    Raises NotAllowed, Refused for an opening post.
    """
    if post.number == 1:
        words = pgettext("refusal", "The opening post falls with its topic. Remove the topic instead.")
        raise Refused(words)
    if post.removed_at is not None and may_read_removed(member, post):
        return post
    require(may_remove(member, post))
    _set_post(post, removed=True)
    was_best = post.topic.best_answer_id == post.pk
    if was_best:
        Topic.objects.filter(pk=post.topic_id).update(best_answer=None)
    record_act("forum.post_removed", member, post.topic, object_id=post.pk, target=post.author, door=door)
    _write_down(member, post, None, rule, note, was_best=was_best)
    return post


@transaction.atomic
def restore_post(*, member: Member, post: Post, door: Door = NO_DOOR) -> Post:
    """Put a reply back. Raises NotAllowed."""
    require(may_moderate(member))
    if post.removed_at is not None:
        _require_put_back(member, post)
        _set_post(post, removed=False)
        record_act(
            "forum.post_restored", member, post.topic, object_id=post.pk, target=post.author, door=door
        )
        _take_back(post, None)
    return post


@transaction.atomic
def remove_comment(
    *, member: Member, comment: Comment, rule: int = 0, note: str = "", door: Door = NO_DOOR
) -> Comment:
    """Take a comment down; its author is told by which ``rule`` and why. Raises NotAllowed."""
    if comment.removed_at is not None and may_read_removed(member, comment):
        return comment
    require(may_remove(member, comment))
    _set_comment(comment, removed=True)
    topic = comment.post.topic
    record_act("forum.comment_removed", member, topic, object_id=comment.pk, target=comment.author, door=door)
    _write_down(member, comment.post, comment, rule, note)
    return comment


@transaction.atomic
def restore_comment(*, member: Member, comment: Comment, door: Door = NO_DOOR) -> Comment:
    """Put a comment back. Raises NotAllowed."""
    require(may_moderate(member))
    if comment.removed_at is not None:
        _require_put_back(member, comment.post, comment)
        _set_comment(comment, removed=False)
        topic = comment.post.topic
        record_act(
            "forum.comment_restored", member, topic, object_id=comment.pk, target=comment.author, door=door
        )
        _take_back(comment.post, comment)
    return comment


def _require_put_back(member: Member, post: Post, comment: Comment | None = None) -> None:
    words = pgettext("refusal", "What the team took down of yours, somebody else of the team puts back.")
    require(may_put_back(member, post, comment), words)


def _opening(topic: Topic) -> Post:
    return topic.posts.select_related("author").get(number=1)


@transaction.atomic
def explain_removal(*, member: Member, removal: Removal, rule: int = 0, note: str = "") -> Removal:
    """Say by which rule something was taken down, and why: its author reads that. Raises NotAllowed."""
    require(may_moderate(member) and not removal.own)
    removal.rule, removal.note = rule, note.strip()[:500]
    removal.save(update_fields=["rule", "note"])
    forget_told(removal.post, removal.comment)
    tell_of_removal(removal.post, removal.comment, rule, removal.note)
    return removal


def _write_down(
    member: Member, post: Post, comment: Comment | None, rule: int, note: str, *, was_best: bool = False
) -> None:
    """Remember why, and tell the author; whoever takes down their own knows."""
    own, words = (comment or post).author_id == member.pk, note.strip()[:500]
    why = {"rule": rule, "note": words, "own": own, "was_best": was_best}
    Removal.objects.create(post=post, comment=comment, removed_at=timezone.now(), **why)
    if not own:
        tell_of_removal(post, comment, rule, words)


def _take_back(post: Post, comment: Comment | None) -> None:
    """Nothing is left of the removal: the best answer is one again, unless another took its place."""
    removals = Removal.objects.of(post, comment)
    if removals.filter(was_best=True).exists():
        Topic.objects.filter(pk=post.topic_id, best_answer=None).update(best_answer=post)
    removals.delete()
    tell_of_return(post, comment)
    put_back.send(sender=Post, post=post, comment=comment)


def _set_topic(topic: Topic, *, removed: bool) -> None:
    topic.removed_at = timezone.now() if removed else None
    topic.save(update_fields=["removed_at"])
    recount_around(topic.pk, topic.board_id)
    transaction.on_commit(pages_changed)


def _set_post(post: Post, *, removed: bool) -> None:
    post.removed_at = timezone.now() if removed else None
    post.save(update_fields=["removed_at"])
    Post.objects.filter(pk=post.pk).update(version=F("version") + 1)
    recount_around(post.topic_id, post.topic.board_id)
    transaction.on_commit(pages_changed)


def _set_comment(comment: Comment, *, removed: bool) -> None:
    comment.removed_at = timezone.now() if removed else None
    comment.save(update_fields=["removed_at"])
    count = comment.post.comments.filter(removed_at=None).count()
    Post.objects.filter(pk=comment.post_id).update(comments_count=count, version=F("version") + 1)
    transaction.on_commit(pages_changed)
