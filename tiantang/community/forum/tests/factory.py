"""One maker per model, with sensible defaults: ``make_topic(title="…")`` is enough for most tests.

They write rows only. A test that needs events, notices or right counters calls the verb itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from tiantang.community.forum.bodies import excerpt_of, render_body, render_comment
from tiantang.community.forum.models import Board, BoardGroup, Comment, Post, Tag, Topic
from tiantang.community.members.models import Member, RoleGrant

numbers = count(1)
LONG_AGO = timedelta(days=400)


@cache
def password_hash() -> str:
    """Of the password all members of tests share, "correct horse": hashing is slow by design."""
    return make_password("correct horse")


def make_member(
    handle: str = "", *, role: str = "", joined_at: datetime | None = None, **fields: Any
) -> Member:
    """A member who has been here for long; ``role`` grants one of ``Role``."""
    number = next(numbers)
    member = Member(
        handle=handle or f"member{number}", joined_at=joined_at or timezone.now() - LONG_AGO, **fields
    )
    member.password = password_hash()
    member.save()
    if role:
        RoleGrant.objects.create(member=member, role=role, granted_at=timezone.now())
    return member


def make_group(**fields: Any) -> BoardGroup:
    number = next(numbers)
    return BoardGroup.objects.create(**{"slug": f"group{number}", "name": f"组{number}", **fields})


def make_board(slug: str = "", **fields: Any) -> Board:
    number = next(numbers)
    fields.setdefault("group", BoardGroup.objects.first() or make_group())
    return Board.objects.create(**{"slug": slug or f"board{number}", "name": f"版块{number}", **fields})


def make_tag(name: str = "", **fields: Any) -> Tag:
    name = name or f"标签{next(numbers)}"
    return Tag.objects.create(**{"slug": name, "name": name, **fields})


def make_topic(
    title: str = "", *, source: str = "正文在这里", tags: list[Tag] | None = None, **fields: Any
) -> Topic:
    """A topic with its opening post, an hour old unless ``created_at`` says otherwise."""
    at = fields.pop("created_at", None) or timezone.now() - timedelta(hours=1)
    fields.setdefault("board", Board.objects.first() or make_board())
    if "author" not in fields:
        fields["author"] = make_member()
    body = render_body(source)
    defaults = {"title": title or f"主题{next(numbers)}", "excerpt": excerpt_of(body), "last_post_at": at}
    topic = Topic.objects.create(created_at=at, **{**defaults, **fields})
    topic.tags.set(tags or [])
    Post.objects.create(
        topic=topic,
        number=1,
        author=topic.author,
        author_name=topic.author_name,
        source=source,
        body_html=body,
        created_at=at,
    )
    return topic


def make_post(topic: Topic, source: str = "回复在这里", **fields: Any) -> Post:
    """The next reply of a topic; the topic's counters follow."""
    last = topic.posts.order_by("-number").values_list("number", flat=True).first() or 0
    if "author" not in fields:
        fields["author"] = make_member()
    at = fields.pop("created_at", None) or timezone.now()
    post = Post.objects.create(
        topic=topic, number=last + 1, source=source, body_html=render_body(source), created_at=at, **fields
    )
    Topic.objects.filter(pk=topic.pk).update(
        replies_count=last, last_post_at=at, last_poster=fields["author"]
    )
    return post


def make_comment(post: Post, source: str = "点评", **fields: Any) -> Comment:
    """A comment; ``parent`` puts it on the second level."""
    if "author" not in fields:
        fields["author"] = make_member()
    at = fields.pop("created_at", None) or timezone.now()
    comment = Comment.objects.create(
        post=post, source=source, body_html=render_comment(source), created_at=at, **fields
    )
    Post.objects.filter(pk=post.pk).update(comments_count=post.comments.filter(removed_at=None).count())
    return comment
