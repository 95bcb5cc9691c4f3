"""Posts, the comments under them, their history and pictures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from tiantang.community.forum.models.reactions import Like
from tiantang.community.members.access import is_moderator

if TYPE_CHECKING:
    from tiantang.community.members.access import User


class SourceFormat(models.TextChoices):
    """In which language a body was written."""

    MARKDOWN = "markdown", "Markdown"
    HTML = "html", "HTML"


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, member: User) -> Self:
        """What this person may read: removed posts are for moderators."""
        if is_moderator(member):
            return self
        return self.filter(removed_at=None, topic__removed_at=None)

    def on_floors(self, topic_id: int, first: int, last: int) -> Self:
        """The posts on these floors. Floors, not offsets: page 500 of a topic costs what page 1 costs."""
        return self.filter(topic_id=topic_id, number__gte=first, number__lte=last).order_by("number")

    def for_reading(self, reader_id: int) -> Self:
        """What a page needs of each post, ``liked`` being the reader's.

        Bodies are not read here, because most of them stand ready in the store of drawn posts.
        """
        liked = Exists(Like.objects.filter(post=OuterRef("pk"), member_id=reader_id))
        return self.annotate(liked=liked).only(*PAGE_FIELDS)

    def by(self, member_id: int) -> Self:
        """A member's readable posts, newest first, with their topics and boards."""
        shown = self.filter(author_id=member_id, removed_at=None, topic__removed_at=None)
        return shown.select_related("topic__board").order_by("-created_at")


PAGE_FIELDS = (
    "id",
    "topic_id",
    "number",
    "author_id",
    "version",
    "likes_count",
    "comments_count",
    "removed_at",
)


class Post(models.Model):
    """One contribution to a topic. ``number`` is its floor, 1 for the opening post.

    ``body_html`` is rendered and sanitised when written; ``version`` grows whenever the post or its comments
    look different, so that ready-made renderings know when they are old; ``token`` names the form that
    sent it; ``likes_count`` and ``comments_count`` are rollups;
    ``unnamed_likes`` came with an import that does not tell who liked, and is part of ``likes_count``;
    ``score`` is what an imported community counted.
    """

    topic = models.ForeignKey("forum.Topic", models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts")
    author_name = models.CharField(max_length=60, blank=True)
    source = models.TextField()
    source_format = models.CharField(
        max_length=10, choices=SourceFormat.choices, default=SourceFormat.MARKDOWN
    )
    body_html = models.TextField()
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    edits_count = models.IntegerField(default=0)
    likes_count = models.IntegerField(default=0)
    unnamed_likes = models.IntegerField(default=0)
    comments_count = models.IntegerField(default=0)
    score = models.IntegerField(default=0)
    quoted = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    token = models.CharField(max_length=32, null=True)
    objects = PostQuerySet.as_manager()
    # what reading puts beside the columns
    liked: bool
    shown_comments: list[Comment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="one_floor_each"),
            models.UniqueConstraint(fields=["author", "token"], name="one_post_per_form"),
        ]
        indexes = [models.Index(fields=["author", "-created_at"], name="author_posts")]

    def get_absolute_url(self) -> str:
        return reverse("forum:post", args=[self.pk])


class CommentQuerySet(models.QuerySet["Comment"]):
    def under(self, post_ids: Iterable[int]) -> Self:
        """What is shown under these posts, oldest first, with its authors."""
        shown = self.filter(post_id__in=post_ids, removed_at=None)
        return shown.select_related("author", "parent__author").order_by("created_at", "id")


class Comment(models.Model):
    """A short remark on a post, at most two levels deep."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments")
    author_name = models.CharField(max_length=60, blank=True)
    source = models.TextField()
    body_html = models.TextField()
    created_at = models.DateTimeField()
    likes_count = models.IntegerField(default=0)
    removed_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=32, null=True)
    objects = CommentQuerySet.as_manager()
    level: int  # 1 or 2, set when comments are put into reading order

    class Meta:
        indexes = [models.Index(fields=["post", "created_at"], name="post_comments")]
        constraints = [models.UniqueConstraint(fields=["author", "token"], name="one_comment_per_form")]


class PostRevision(models.Model):
    """One version of a post's text; ``number`` counts from 1, the first.

    Posts never edited have none. With imported posts the newest version is the post itself.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    source = models.TextField()
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_revision_each")]


class Picture(models.Model):
    """An uploaded picture, re-encoded by us, without the metadata it came with."""

    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="pictures"
    )
    file = models.ImageField(upload_to="pictures/%Y/%m/", width_field="width", height_field="height")
    thumbnail = models.ImageField(upload_to="thumbs/%Y/%m/")
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    sha256 = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()
