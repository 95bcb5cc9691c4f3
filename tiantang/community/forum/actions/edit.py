"""Change what a post says; what it said before is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.common.pages import pages_changed
from tiantang.community.forum.access import may_edit, require
from tiantang.community.forum.actions.notices import people_called, tell_about_mentions
from tiantang.community.forum.actions.pictures import thumbnail_for
from tiantang.community.forum.actions.recount import recount_tags
from tiantang.community.forum.actions.tags import tags_named
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.forum.bodies import excerpt_of, render_body
from tiantang.community.forum.limits import check_body, check_newcomer, check_title
from tiantang.community.forum.models import Post, PostRevision, Topic
from tiantang.community.forum.models.posts import SourceFormat
from tiantang.community.forum.refusals import Refused
from tiantang.community.members.models import Member


def edit_post(
    *,
    editor: Member,
    post: Post,
    source: str,
    title: str | None = None,
    tags: Sequence[str] | None = None,
    reason: str = "",
    edits_seen: int | None = None,
    door: Door = NO_DOOR,
) -> Post:
    """Give a post a new text, and with an opening post its topic a new title and tags.

    Revision 1 is the first text; each edit adds one. An edit that changes nothing leaves no trace.
    ``edits_seen`` is ``edits_count`` when the writer began. Raises Refused (also when somebody else has
    changed the post since), NotAllowed.
    """
    require(may_edit(editor, post))
    source = check_body(source)
    title = check_title(title) if title is not None and post.number == 1 else post.topic.title
    check_newcomer(editor, source)
    with transaction.atomic():
        _take_hold(post, edits_seen)
        if tags is not None and post.number == 1:
            _retag(post.topic, tags)
        if (source, title) == (post.source, post.topic.title):
            return post
        return _store_edit(editor, post, source, title, reason.strip()[:200], door)


def _take_hold(post: Post, edits_seen: int | None) -> None:
    """Let nobody else change the post meanwhile. Raises Refused when somebody has since the writer began."""
    Post.objects.select_for_update().only("pk").get(pk=post.pk)
    post.refresh_from_db(fields=["source", "edited_at", "edits_count"])
    if edits_seen is not None and edits_seen != post.edits_count:
        raise Refused(
            pgettext(
                "refusal",
                "This post was changed while you wrote. Your text is still here: "
                "compare it with the post's history, then save again to put it in place.",
            ),
            "source",
        )


def _store_edit(editor: Member, post: Post, source: str, title: str, reason: str, door: Door) -> Post:
    now, before = timezone.now(), post.source
    _keep(post, editor, title, source, reason, now)
    post.source, post.edited_at = source, now
    post.body_html = render_body(source, post.source_format, people=people_called(source))
    post.save(update_fields=["source", "body_html", "edited_at"])
    counts = {"edits_count": F("edits_count") + 1, "version": F("version") + 1}
    Post.objects.filter(pk=post.pk).update(**counts)
    if post.number == 1:
        _update_topic(post, title)
    record_act("forum.post_edited", editor, post.topic, object_id=post.pk, target=post.author, door=door)
    if post.source_format == SourceFormat.MARKDOWN:
        tell_about_mentions(post, before)
    transaction.on_commit(pages_changed)
    return post


def _keep(post: Post, editor: Member, title: str, source: str, reason: str, now: datetime) -> None:
    """Keep the new text, and before it the present one unless it is kept already (first edits, imports)."""
    last = post.revisions.order_by("-number").first()
    number = last.number if last else 0
    if last is None or last.source != post.source:
        number += 1
        author = post.author if number == 1 else None
        _revision(post, number, author, post.topic.title, post.source, "", post.edited_at or post.created_at)
    _revision(post, number + 1, editor, title, source, reason, now)


def _revision(
    post: Post,
    number: int,
    editor: Member | None,
    title: str,
    source: str,
    reason: str,
    at: datetime,
) -> None:
    PostRevision.objects.create(
        post=post,
        number=number,
        title=title if post.number == 1 else "",
        source=source,
        editor=editor,
        reason=reason,
        created_at=at,
    )


def _update_topic(post: Post, title: str) -> None:
    topic = post.topic
    topic.title, topic.excerpt = title, excerpt_of(post.body_html)
    topic.thumbnail = thumbnail_for(post.body_html)
    topic.save(update_fields=["title", "excerpt", "thumbnail"])


def _retag(topic: Topic, names: Sequence[str]) -> None:
    tags = tags_named(names)
    before = list(topic.tags.all())
    if {tag.pk for tag in tags} == {tag.pk for tag in before}:
        return
    topic.tags.set(tags)
    recount_tags({tag.pk for tag in (*before, *tags)})
    transaction.on_commit(pages_changed)
