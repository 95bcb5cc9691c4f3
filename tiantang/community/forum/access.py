"""Who may do what in the forum: asked here by views, verbs and templates alike."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import pgettext

from tiantang.community.forum.models import Board, Comment, Post, Removal, Topic
from tiantang.community.forum.refusals import NotAllowed
from tiantang.community.members.access import User, has_duty, is_moderator, is_operator
from tiantang.community.members.models import Member

ANNOUNCEMENTS = "announcements"
"""The board in which only the team opens topics."""


def boards_to_start_in(user: User) -> QuerySet[Board]:
    """Boards in which one may open a topic."""
    boards = Board.objects.open()
    return boards if is_operator(user) else boards.exclude(slug=ANNOUNCEMENTS)


def may_start_topic(user: User, board: Board) -> bool:
    """Members, in boards that are in use; the announcements belong to the team."""
    if not isinstance(user, Member) or board.archived_at:
        return False
    return is_operator(user) if board.slug == ANNOUNCEMENTS else user.is_active


def may_reply(user: User, topic: Topic) -> bool:
    """Members, while the topic is open; moderators also in closed ones."""
    if not isinstance(user, Member) or not user.is_active or topic.removed_at:
        return False
    return topic.closed_at is None or is_moderator(user)


def may_edit(user: User, post: Post) -> bool:
    """The author while the topic is open, and moderators."""
    if not isinstance(user, Member) or post.removed_at:
        return False
    return (post.author_id == user.pk and may_reply(user, post.topic)) or is_moderator(user)


def may_remove(user: User, thing: Post | Comment) -> bool:
    """One's own reply or comment, and anything for moderators; an opening post falls with its topic."""
    if not isinstance(user, Member) or thing.removed_at:
        return False
    return thing.author_id == user.pk or is_moderator(user)


def may_remove_topic(user: User, topic: Topic) -> bool:
    """Moderators, and the author as long as nobody has replied."""
    if not isinstance(user, Member):
        return False
    return is_moderator(user) or (topic.author_id == user.pk and topic.replies_count == 0)


def may_read_removed(user: User, thing: Post | Comment) -> bool:
    """Whoever wrote what was taken down, and moderators."""
    return isinstance(user, Member) and (thing.author_id == user.pk or is_moderator(user))


def may_accept(user: User, topic: Topic) -> bool:
    """Whoever asked, and moderators."""
    return isinstance(user, Member) and (topic.author_id == user.pk or is_moderator(user))


def may_moderate(user: User) -> bool:
    """Pinning, closing, featuring, moving, removing and putting back."""
    return is_moderator(user)


def may_put_back(user: User, post: Post, comment: Comment | None = None) -> bool:
    """Moderators, but not what the team took down of their own; the lead everything."""
    if not is_moderator(user) or (comment or post).author_id != user.pk or has_duty(user):
        return is_moderator(user)
    return Removal.objects.of(post, comment).filter(own=True).exists()


def require(allowed: bool, reason: str = "") -> None:
    """Raise NotAllowed unless ``allowed``."""
    if not allowed:
        raise NotAllowed(reason or pgettext("refusal", "You can't do this here."))
