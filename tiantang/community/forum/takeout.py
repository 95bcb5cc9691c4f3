"""What a member may take along of the forum, and what goes with them when they leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from django.core.files.storage import Storage
from django.db.models import F, QuerySet

from tiantang.community.forum.models import Bookmark, Comment, Like, Picture, Post, ReadMark, Share
from tiantang.community.members.models import Member
from tiantang.community.members.takeout import Part, Row, add_part

IN_ONE_READ = 500
Rows = Iterable[Row]


def add_parts() -> None:
    """Add the forum's parts to every archive."""
    for name, rows in (
        ("posts", _posts),
        ("comments", _comments),
        ("likes", _likes),
        ("bookmarks", _bookmarks),
        ("shares", _shares),
    ):
        add_part(Part(name, rows))
    add_part(Part("pictures", _pictures, _picture_files))


def drop_private_marks(*, member: Member, **_signal: object) -> None:
    """A member leaves: what only they saw goes with them. Likes stay as numbers, words without a name."""
    Bookmark.objects.filter(member=member).delete()
    ReadMark.objects.filter(member=member).delete()


def _posts(member: Member) -> Rows:
    rows = Post.objects.filter(author=member).order_by("created_at", "id")
    return rows.values(
        "id",
        "number",
        "source",
        "source_format",
        "created_at",
        "edited_at",
        "removed_at",
        title=F("topic__title"),
        in_topic=F("topic_id"),
        board=F("topic__board__slug"),
    ).iterator(IN_ONE_READ)


def _comments(member: Member) -> Rows:
    rows = Comment.objects.filter(author=member).order_by("created_at", "id")
    return rows.values(
        "id", "post_id", "source", "created_at", "removed_at", title=F("post__topic__title")
    ).iterator(IN_ONE_READ)


def _likes(member: Member) -> Rows:
    rows = Like.objects.filter(member=member).order_by("created_at", "id")
    return rows.values("post_id", "created_at", title=F("post__topic__title")).iterator(IN_ONE_READ)


def _bookmarks(member: Member) -> Rows:
    rows = Bookmark.objects.filter(member=member).order_by("created_at", "id")
    return rows.values("topic_id", "created_at", title=F("topic__title")).iterator(IN_ONE_READ)


def _shares(member: Member) -> Rows:
    rows = Share.objects.filter(member=member).order_by("created_at", "id")
    return rows.values("topic_id", "code", "created_at", "follows_count").iterator(IN_ONE_READ)


def _pictures(member: Member) -> Iterator[Row]:
    for row in _uploads(member).values("pk", "file", "created_at", "width", "height").iterator(IN_ONE_READ):
        size = {"width": row["width"], "height": row["height"]}
        yield {"file": _name_of(row["pk"], row["file"]), "created_at": row["created_at"], **size}


def _picture_files(member: Member) -> Iterator[tuple[str, Storage, str]]:
    store = Picture._meta.get_field("file").storage
    for pk, stored in _uploads(member).values_list("pk", "file").iterator(IN_ONE_READ):
        yield _name_of(pk, stored), store, stored


def _uploads(member: Member) -> QuerySet[Picture]:
    return Picture.objects.filter(uploader=member).order_by("pk")


def _name_of(pk: int, stored: str) -> str:
    return f"pictures/{pk}{PurePosixPath(stored).suffix}"
