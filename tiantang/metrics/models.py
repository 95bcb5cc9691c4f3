"""Targets people set for metrics, and the finished figures that pages read."""

from __future__ import annotations

from django.db import models


class Target(models.Model):
    """The value a metric should reach in the period ``start`` (inclusive) to ``end`` (exclusive)."""

    metric = models.CharField(max_length=60)
    start = models.DateField()
    end = models.DateField()
    value = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["metric", "start", "end"], name="one_target_each")]


class Kpi(models.Model):
    """Level 3: a metric's value in a calendar period (or a part of one), for a member class.

    ``grain`` is day, week, month, quarter, half, year or part (the first days of a period, for comparing a
    running one); ``cut`` is ``Where.key``; ``extra`` holds companions of the value as JSON.
    """

    metric = models.CharField(max_length=40)
    cut = models.CharField(max_length=20)
    grain = models.CharField(max_length=8)
    start = models.DateField()
    end = models.DateField()
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    n = models.BigIntegerField(default=0)
    extra = models.JSONField(null=True)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["metric", "cut", "grain", "start", "end"], name="one_kpi_each")
        ]


class KpiSpan(models.Model):
    """What the KPI rows cover, one row: days ``first`` to ``last``, counted as of ``as_of``.

    ``version`` is another text as soon as any figure may be: what was made from figures is kept under it.
    """

    first = models.DateField()
    last = models.DateField()
    zone = models.CharField(max_length=60)
    as_of = models.DateTimeField()
    version = models.CharField(max_length=32, default="")
