"""Where events wait until the mover seals them into the lake, and the numbers that stand for people."""

from __future__ import annotations

from django.db import models


class Subject(models.Model):
    """The pseudonymous number of one member. The row holds no personal data."""

    id = models.BigAutoField(primary_key=True)


class WaitingEvent(models.Model):
    """An event on its way to the lake; columns as in ``envelope.LAKE_COLUMNS``."""

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    ts_us = models.BigIntegerField()
    recorded_us = models.BigIntegerField()
    event = models.SmallIntegerField()
    subject = models.IntegerField(default=0)
    visitor = models.BigIntegerField(default=0)
    actor_class = models.SmallIntegerField(default=0)
    object_id = models.BigIntegerField(default=0)
    topic = models.BigIntegerField(default=0)
    board = models.IntegerField(default=0)
    target = models.IntegerField(default=0)
    value = models.BigIntegerField(default=0)
    client = models.SmallIntegerField(default=0)
    source = models.CharField(max_length=80, default="", blank=True)
    campaign = models.CharField(max_length=80, default="", blank=True)
    payload = models.TextField(null=True)

    class Meta:
        abstract = True


class Act(WaitingEvent):
    """Outbox: written in the transaction of the row it describes."""


class Visit(WaitingEvent):
    """Staging: page views and visible time, in a store of its own when embedded."""
