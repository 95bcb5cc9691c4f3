"""Targets people set for metrics."""

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
