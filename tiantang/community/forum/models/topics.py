"""Topics and their tags."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Tag(models.Model):
    """A word that topics share across boards."""

    slug = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    description = models.TextField(blank=True)
    description_html = models.TextField(blank=True)
    topics_count = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A title and the posts under it; post number 1 opens it.

    ``replies_count``, ``likes_count`` (of the opening post), ``views_count``, ``last_*`` and ``excerpt``
    are rollups. ``author`` is empty for people the community no longer knows; then ``author_name`` tells.
    """

    board = models.ForeignKey("forum.Board", models.PROTECT, related_name="topics")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="topics")
    author_name = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    excerpt = models.CharField(max_length=200, blank=True)
    thumbnail = models.CharField(max_length=200, blank=True)
    is_question = models.BooleanField(default=False)
    tags = models.ManyToManyField(Tag, related_name="topics", blank=True)
    created_at = models.DateTimeField()
    pinned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    featured_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    best_answer = models.ForeignKey("forum.Post", models.SET_NULL, null=True, related_name="+")
    replies_count = models.IntegerField(default=0)
    likes_count = models.IntegerField(default=0)
    views_count = models.IntegerField(default=0)
    last_post_at = models.DateTimeField()
    last_poster = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    origin = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["board", "-last_post_at"], name="board_latest", condition=models.Q(removed_at=None)
            ),
            models.Index(fields=["-last_post_at"], name="site_latest", condition=models.Q(removed_at=None)),
            models.Index(fields=["author", "-created_at"], name="author_topics"),
        ]

    def __str__(self) -> str:
        return self.title


class TopicLink(models.Model):
    """Two topics that belong together. ``kind``: related or duplicate."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="links")
    other = models.ForeignKey(Topic, models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=20, default="related")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "other", "kind"], name="one_topic_link")]
