"""Compares the three levels: KPI tables and rollups with each metric's own SQL on the events."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from tiantang.metrics import clock, kpi, raw
from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.models import Kpi, KpiSpan
from tiantang.metrics.periods import Grain, Period
from tiantang.metrics.registry import METRICS, Metric
from tiantang.metrics.rollups import reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SAMPLES: dict[Grain, int] = {"day": 6, "week": 4, "month": 6, "quarter": 2, "year": 1}
"""How many periods of each grain are compared, spread evenly, the last one always."""
OTHER_CUTS = (Where(member_class="staff"), Where(board=1))
"""Cuts that only rollups answer; compared on the last months."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two levels that give different answers to one question."""

    metric: str
    period: str
    where: str
    level: str
    found: float | None
    expected: float | None

    @property
    def sentence(self) -> str:
        """What differs, in one line."""
        return (
            f"{self.metric} {self.period} ({self.where}): {self.level} says {self.found}, "
            f"the events say {self.expected}"
        )


def verify(thorough: bool = False) -> list[Difference]:
    """Every answer where a level differs from the events; empty when all agree.

    Compares a sample of days, weeks, months, quarters and years; with ``thorough`` all of them. Needs
    rollups that are caught up.
    """
    span = KpiSpan.objects.first()
    if span is None:
        return []
    whole = Period(span.first, min(span.last, clock.today()) + kpi.ONE_DAY)
    periods = {
        grain: _sample(whole.split(grain), 0 if thorough else count) for grain, count in SAMPLES.items()
    }
    return [
        *(found for cut in kpi.CUTS for found in _compare_kept(list(chain(*periods.values())), cut)),
        *(found for cut in OTHER_CUTS for found in _compare_rollups(periods["month"][-2:], cut)),
    ]


def _sample(periods: Sequence[Period], count: int) -> list[Period]:
    """``count`` of them from first to last, evenly spread; all for 0."""
    if not count or len(periods) <= count:
        return list(periods)
    step = (len(periods) - 1) / max(count - 1, 1)
    return [periods[-1 - round(place * step)] for place in range(count)][::-1]


def _compare_kept(periods: Sequence[Period], where: Where) -> Iterator[Difference]:
    """KPI rows and rollups against the events, as of the moment each row was counted."""
    with _lake(periods) as connection, reading.open_rollups() as rollups:
        for metric in METRICS.values():
            for moment, group in _by_moment(metric, periods, where).items():
                kept = kpi.find(metric, group, where) or {}
                rolled = reading.read_cells(rollups, [metric], group, where, moment)[metric.name]
                for period, cell in zip(group, rolled, strict=True):
                    expected = raw.compute(connection, metric, period, where, moment)
                    yield from _difference(metric, period, where, "rollups", cell, expected)
                    if period in kept:
                        yield from _difference(metric, period, where, "kpi", kept[period], expected)


def _lake(periods: Sequence[Period]) -> AbstractContextManager[DuckDBPyConnection]:
    return raw.lake_for(Period(min(p.start for p in periods), max(p.end for p in periods)))


def _by_moment(metric: Metric, periods: Sequence[Period], where: Where) -> dict[datetime, list[Period]]:
    """The periods by when their KPI row was counted; the present where there is none."""
    rows = Kpi.objects.filter(metric=metric.name, cut=where.key, start__in=[p.start for p in periods])
    counted = {(start, end): at for start, end, at in rows.values_list("start", "end", "as_of")}
    groups: dict[datetime, list[Period]] = {}
    for period in periods:
        groups.setdefault(counted.get((period.start, period.end), clock.now()), []).append(period)
    return groups


def _compare_rollups(periods: Sequence[Period], where: Where) -> Iterator[Difference]:
    now = clock.now()
    metrics = [metric for metric in METRICS.values() if where.dimensions <= set(metric.dimensions)]
    with _lake(periods) as connection, reading.open_rollups() as rollups:
        rolled = reading.read_cells(rollups, metrics, periods, where, now)
        for metric in metrics:
            for period, cell in zip(periods, rolled[metric.name], strict=True):
                expected = raw.compute(connection, metric, period, where, now)
                yield from _difference(metric, period, where, "rollups", cell, expected)


def _difference(
    metric: Metric, period: Period, where: Where, level: str, found: Cell, expected: Cell
) -> Iterator[Difference]:
    """One Difference when the answers are not the same."""
    pairs = zip(_numbers(found), _numbers(expected), strict=True)
    if not all(_same(one, other) for one, other in pairs):
        yield Difference(metric.name, period.code, where.key, level, found.value, expected.value)


def _numbers(cell: Cell) -> tuple[float | None, ...]:
    return (cell.value, cell.numerator, cell.denominator, float(cell.n))


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
