"""How far a changed day reaches: which figures look at it from elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from tiantang.metrics.declaration import Metric
from tiantang.metrics.periods import Period
from tiantang.metrics.rollups import people, sums

MEMORY = 100
"""Days after which nothing changes any more only because time passes."""
LOOKS_BACK = frozenset({"returning_members", "resurrecting_members", "dormant_members"})
"""Metrics of a period that also look at the one before it."""
REACH: dict[str, tuple[int, int]] = {
    "wau": (0, 6),
    "mau": (0, 29),
    "stickiness": (0, 29),
    "retention": (-13, 0),
    "funnel": (-92, 1),
}
"""Days before and after a changed day whose figures depend on it."""


def families_of(metric: Metric) -> frozenset[str]:
    """The families of rollups a metric is made of."""
    if metric.name in people.READERS or metric.name == "concentration":
        return frozenset({"people"})
    if metric.name in ("funnel", "interaction_rate"):
        return frozenset({"people", "counts"})
    return frozenset({sums.FAMILY_OF_TABLE[sums.RECIPES[metric.name].table]})


def reached_days(metric: Metric, days: Collection[date], span: Period) -> set[date]:
    """The days of ``span`` whose figures depend on any of ``days``."""
    low, high = REACH.get(metric.name, (0, 0))
    if not (low or high):
        return {day for day in days if span.contains(day)}
    offsets = [timedelta(days=offset) for offset in range(low, high + 1)]
    return {day + offset for day in days for offset in offsets if span.contains(day + offset)}
