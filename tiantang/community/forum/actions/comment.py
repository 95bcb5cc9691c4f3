"""Comment on a post."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.common.pages import pages_changed
from tiantang.community.forum.access import may_reply, require
from tiantang.community.forum.actions.notices import people_called, tell_about_comment
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.forum.bodies import render_comment
from tiantang.community.forum.limits import (
    COMMENT_LONGEST,
    check_body,
    check_comment_pace,
    check_newcomer,
)
from tiantang.community.forum.models import Comment, Post
from tiantang.community.forum.refusals import Refused
from tiantang.community.members.models import Member


def publish_comment(
    *,
    author: Member,
    post: Post,
    source: str,
    parent: Comment | None = None,
    token: str = "",
    door: Door = NO_DOOR,
) -> Comment:
    """Put a remark under a post. Answers to an answer join it on the second level, there is no third.

    ``token`` as in ``publish_topic``. Raises Refused, NotAllowed (topic closed or removed, post removed).
    """
    sent = Comment.objects.filter(author=author, token=token).first() if token else None
    if sent is not None:
        return sent
    require(may_reply(author, post.topic) and post.removed_at is None)
    source = check_body(source, COMMENT_LONGEST)
    check_newcomer(author, source)
    check_comment_pace(author)
    if parent is not None and (parent.post_id != post.pk or parent.removed_at):
        raise Refused(pgettext("refusal", "The comment you answered is gone. Comment on the post instead."))
    try:
        return _store_comment(author, post, parent, source, token, door)
    except IntegrityError:
        return Comment.objects.get(author=author, token=token)


@transaction.atomic
def _store_comment(
    author: Member, post: Post, parent: Comment | None, source: str, token: str, door: Door
) -> Comment:
    now = timezone.now()
    comment = Comment.objects.create(
        post=post,
        parent=parent,
        author=author,
        source=source,
        body_html=render_comment(source, people_called(source)),
        created_at=now,
        token=token or None,
    )
    Post.objects.filter(pk=post.pk).update(comments_count=F("comments_count") + 1, version=F("version") + 1)
    name = "forum.comment_published"
    record_act(name, author, post.topic, object_id=comment.pk, target=post.author, at=now, door=door)
    tell_about_comment(comment)
    transaction.on_commit(pages_changed)
    return comment
