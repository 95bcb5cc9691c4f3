"""Where events wait until they are sealed, what is sealed, and the numbers that stand for people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Subject(models.Model):
    """The pseudonymous number of one member. The row holds no personal data."""

    id = models.BigAutoField(primary_key=True)


class WaitingEvent(models.Model):
    """An event on its way to the lake; columns as in ``envelope.LAKE_COLUMNS``.

    ``id`` becomes the event's ``seq``: it is never given twice, also not after the table was emptied.
    """

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
    """Staging: page views and visible time, in a store of its own when embedded.

    Doubles are kept out by ``SeenVisit``, also after the visit has left for the lake.
    """

    event_id = models.UUIDField()


class SeenVisit(models.Model):
    """The key of a visit taken in during the last two days, so that a repeated sending is recognised."""

    id = models.BigIntegerField(primary_key=True)
    seen_us = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["seen_us"], name="seen_visit_age")]


class DroppedVisit(models.Model):
    """How many visits of a site-local day were not counted, and why."""

    day = models.DateField()
    reason = models.CharField(max_length=20)
    count = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "reason"], name="one_count_each_reason")]


class History(models.Model):
    """A piece of history written straight into the lake; its id is the upper half of its events' ``seq``."""

    name = models.CharField(max_length=80, unique=True)


class Segment(models.Model):
    """A sealed file of the lake. Only files named here, and not retired, hold events.

    ``path`` is relative to the lake; days are site-local days of ``zone``, both ends inclusive; ``name`` is
    that of the history it belongs to, else empty. The row lies in the database that held the events.
    """

    path = models.CharField(max_length=200, unique=True)
    stream = models.SmallIntegerField()
    name = models.CharField(max_length=80, default="", blank=True)
    zone = models.CharField(max_length=64)
    first_day = models.DateField()
    last_day = models.DateField()
    rows = models.BigIntegerField()
    bytes = models.BigIntegerField()
    sealed_us = models.BigIntegerField()
    retired_us = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["first_day", "last_day"], condition=Q(retired_us=None), name="live_segments")
        ]

    def __str__(self) -> str:
        return self.path


class SegmentDay(models.Model):
    """How many events of one day a segment holds; ``fingerprint`` stands for exactly these events."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="days")
    day = models.DateField()
    rows = models.BigIntegerField()
    fingerprint = models.BigIntegerField()
