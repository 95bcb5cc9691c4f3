"""Boards by game or series, in groups."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse


class BoardGroup(models.Model):
    """A heading under which boards stand."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    position = models.IntegerField(default=0)


UNSEEN = ("excerpt", "thumbnail", "views_before", "origin", "author_name", "created_at")
"""What the index of boards does not show of a board's last topic."""


class BoardQuerySet(models.QuerySet["Board"]):
    def open(self) -> Self:
        """Boards in use, in the order of their groups."""
        return self.filter(archived_at=None)

    def for_index(self) -> Self:
        """Boards in use with their group and the topic talked in last."""
        rows = self.open().select_related("group", "last_topic")
        return rows.defer(*(f"last_topic__{field}" for field in UNSEEN))


class Board(models.Model):
    """A place to talk. ``hue`` 1–12 is its colour, ``icon`` a name from the icon set.

    The counts and ``last_topic`` are rollups of its visible topics.
    """

    group = models.ForeignKey(BoardGroup, models.PROTECT, related_name="boards")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    description = models.CharField(max_length=200, blank=True)
    description_en = models.CharField(max_length=200, blank=True)
    hue = models.PositiveSmallIntegerField(default=5)
    icon = models.CharField(max_length=40, default="messages")
    position = models.IntegerField(default=0)
    questions = models.BooleanField(default=False)
    topics_count = models.IntegerField(default=0)
    posts_count = models.IntegerField(default=0)
    last_topic = models.ForeignKey("forum.Topic", models.SET_NULL, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True)
    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["group__position", "position", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:board", args=[self.slug])

    @property
    def look(self) -> tuple[object, ...]:
        """Everything a card of the index shows: drawn anew when one of these changes."""
        last = self.last_topic
        talk = (last.pk, last.title, last.last_post_at) if last else ()
        names = (self.slug, self.name, self.name_en, self.description, self.description_en)
        return (*names, self.hue, self.icon, self.position, self.topics_count, self.posts_count, *talk)
