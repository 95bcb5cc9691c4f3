"""The value of a metric in each of several periods, from the fastest level that knows it exactly."""

from __future__ import annotations

from collections.abc import Sequence

from tiantang.metrics import clock, kpi, raw
from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.registry import Metric


def cells(metric: Metric, periods: Sequence[Period], where: Where) -> list[Cell]:
    """One Cell per period, in order. Raises UnknownDimensionError.

    KPI rows answer calendar periods of everyone, rollups any period and board, the events the rest.
    """
    raw.check_dimensions(metric, where)
    if not periods:
        return []
    found = kpi.find(metric, periods, where)
    if found is not None:
        return [found[period] for period in periods]
    return computed(metric, periods, where)


def computed(metric: Metric, periods: Sequence[Period], where: Where) -> list[Cell]:
    """The same without KPI rows: from rollups, or from the events where those keep no such cut."""
    from tiantang.metrics.rollups import reading, state

    now = clock.now()
    if reading.covers(where) and state.load().rolled:
        with reading.open_rollups() as connection:
            return reading.read_cells(connection, [metric], periods, where, now)[metric.name]
    whole = Period(min(p.start for p in periods), max(p.end for p in periods))
    with raw.lake_for(whole) as connection:
        return [raw.compute(connection, metric, period, where, now) for period in periods]
