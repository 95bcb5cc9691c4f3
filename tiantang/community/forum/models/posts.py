"""Posts, the comments under them, their history and pictures."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SourceFormat(models.TextChoices):
    """In which language a body was written."""

    MARKDOWN = "markdown", "Markdown"
    HTML = "html", "HTML"


class Post(models.Model):
    """One contribution to a topic. ``number`` is its floor, 1 for the opening post.

    ``body_html`` is rendered and sanitised when written; ``likes_count`` and ``comments_count`` are rollups;
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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="one_floor_each")]
        indexes = [models.Index(fields=["author", "-created_at"], name="author_posts")]


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

    class Meta:
        indexes = [models.Index(fields=["post", "created_at"], name="post_comments")]


class PostRevision(models.Model):
    """What a post said before an edit; ``number`` counts from 1, the first text."""

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
