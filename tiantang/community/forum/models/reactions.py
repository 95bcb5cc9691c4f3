"""Small acts on posts and topics: like, bookmark, share, having read."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Like(models.Model):
    """A member liked a post."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="likes")
    post = models.ForeignKey("forum.Post", models.CASCADE, related_name="likes")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "post"], name="one_like_each")]


class Bookmark(models.Model):
    """A member keeps a topic."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    topic = models.ForeignKey("forum.Topic", models.CASCADE, related_name="bookmarks")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="one_bookmark_each")]


class Share(models.Model):
    """A short link that tells who passed a topic on and how many came."""

    code = models.CharField(max_length=12, unique=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="shares")
    topic = models.ForeignKey("forum.Topic", models.CASCADE, related_name="shares")
    created_at = models.DateTimeField()
    follows_count = models.IntegerField(default=0)


class ReadMark(models.Model):
    """How far a member has read a topic: the highest floor seen."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    topic = models.ForeignKey("forum.Topic", models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="one_read_mark_each")]
