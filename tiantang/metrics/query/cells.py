"""The value of a metric in each of several periods, from the fastest level that knows it exactly."""

from __future__ import annotations

from collections.abc import Sequence

from tiantang.metrics import clock, raw
from tiantang.metrics.periods import Period
from tiantang.metrics.query.answers import Cell, Where
from tiantang.metrics.registry import Metric


def cells(metric: Metric, periods: Sequence[Period], where: Where) -> list[Cell]:
    """One Cell per period, in order. Raises UnknownDimensionError."""
    raw.check_dimensions(metric, where)
    if not periods:
        return []
    now = clock.now()
    whole = Period(min(p.start for p in periods), max(p.end for p in periods))
    with raw.lake_for(whole) as connection:
        return [raw.compute(connection, metric, period, where, now) for period in periods]
