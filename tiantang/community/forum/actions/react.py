"""Like, bookmark, share: small acts on posts and topics. Each can be repeated without harm."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tiantang.common.pages import pages_changed
from tiantang.community.forum.access import require
from tiantang.community.forum.actions.notices import tell_author
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.forum.models import Bookmark, Like, Post, ReadMark, Share, Topic
from tiantang.community.members.looks import level_counted
from tiantang.community.members.models import Member
from tiantang.community.notifications.kinds import Kind

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 7


@transaction.atomic
def like_post(*, member: Member, post: Post, door: Door = NO_DOOR) -> Like:
    """Like somebody else's post; a second time changes nothing. Raises NotAllowed for one's own."""
    require(post.author_id != member.pk and post.removed_at is None and post.topic.removed_at is None)
    now = timezone.now()
    like, new = Like.objects.get_or_create(member=member, post=post, defaults={"created_at": now})
    if new:
        _count_like(post, 1)
        record_act(
            "forum.post_liked", member, post.topic, object_id=post.pk, target=post.author, at=now, door=door
        )
        tell_author(post, member, Kind.LIKE)
    return like


@transaction.atomic
def unlike_post(*, member: Member, post: Post, door: Door = NO_DOOR) -> None:
    """Take a like back; without one nothing happens."""
    gone, _ = Like.objects.filter(member=member, post=post).delete()
    if gone:
        _count_like(post, -1)
        record_act("forum.post_unliked", member, post.topic, object_id=post.pk, target=post.author, door=door)


def _count_like(post: Post, step: int) -> None:
    Post.objects.filter(pk=post.pk).update(likes_count=F("likes_count") + step)
    if post.number == 1:
        Topic.objects.filter(pk=post.topic_id).update(likes_count=F("likes_count") + step)
    if post.author_id:
        received = F("likes_received_count") + step
        Member.objects.filter(pk=post.author_id).update(likes_received_count=received)
        level_counted(post.author_id, likes=step)
    transaction.on_commit(pages_changed)


@transaction.atomic
def bookmark_topic(*, member: Member, topic: Topic, door: Door = NO_DOOR) -> Bookmark:
    """Keep a topic on one's own list."""
    now = timezone.now()
    bookmark, new = Bookmark.objects.get_or_create(member=member, topic=topic, defaults={"created_at": now})
    if new:
        record_act("forum.topic_bookmarked", member, topic, target=topic.author, at=now, door=door)
    return bookmark


@transaction.atomic
def unbookmark_topic(*, member: Member, topic: Topic, door: Door = NO_DOOR) -> None:
    """Take a topic off one's list; when it is not on it nothing happens."""
    gone, _ = Bookmark.objects.filter(member=member, topic=topic).delete()
    if gone:
        record_act("forum.bookmark_removed", member, topic, target=topic.author, door=door)


@transaction.atomic
def share_topic(*, topic: Topic, member: Member | None = None, door: Door = NO_DOOR) -> Share:
    """The short link by which this person passes the topic on: always the same one for a member."""
    if member is not None:
        existing = Share.objects.filter(topic=topic, member=member).first()
        if existing is not None:
            return existing
    now = timezone.now()
    share = Share.objects.create(code=_new_code(), member=member, topic=topic, created_at=now)
    record_act(
        "forum.topic_shared", member, topic, object_id=topic.pk, target=topic.author, at=now, door=door
    )
    return share


@transaction.atomic
def follow_share(*, share: Share, member: Member | None, door: Door) -> Topic:
    """Somebody came by a short link; its owner's own visits do not count."""
    if member is None or member.pk != share.member_id:
        Share.objects.filter(pk=share.pk).update(follows_count=F("follows_count") + 1)
        record_act("forum.share_followed", member, share.topic, target=share.member, door=door)
    return share.topic


def mark_read(*, member: Member, topic: Topic, number: int) -> None:
    """The member has seen floor ``number``; marks only move forward."""
    now = timezone.now()
    mark, new = ReadMark.objects.get_or_create(
        member=member, topic=topic, defaults={"number": number, "updated_at": now}
    )
    if not new and mark.number < number:
        ReadMark.objects.filter(pk=mark.pk, number__lt=number).update(number=number, updated_at=now)


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
