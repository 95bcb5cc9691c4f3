"""Compares every metric on all three levels with the independent computation."""

from __future__ import annotations

import math

from tiantang.metrics import clock, kpi, raw
from tiantang.metrics.periods import Period, parse_period
from tiantang.metrics.query import Where
from tiantang.metrics.registry import METRICS
from tiantang.metrics.rollups import reading
from tiantang.metrics.tests.independent import Past

EVERYONE, WITH_STAFF, STAFF, BOARD = (
    Where(),
    Where(member_class="all"),
    Where(member_class="staff"),
    Where(board=2),
)


def same(found, expected) -> bool:
    """Equal numbers, or both nothing."""
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)


def expected_of(past: Past, name: str, period: Period, where: Where):
    more = {"before": period.previous().start} if name in LIFECYCLE else {}
    return getattr(past, name)(period.start, period.end, where.member_class, where.board, **more)


LIFECYCLE = ("returning_members", "resurrecting_members", "dormant_members")


def disagreements(events, zone: str, periods: list[str], wheres=(EVERYONE, WITH_STAFF, STAFF, BOARD)):
    """(level, metric, period, cut, found, expected) wherever a level and the independent answer differ."""
    past = Past(events, zone, int(clock.now().timestamp() * 1_000_000))
    asked = [parse_period(text) for text in periods]
    found = []
    for where in wheres:
        metrics = [m for m in METRICS.values() if where.dimensions <= set(m.dimensions)]
        levels = answers(metrics, asked, where)
        for metric in metrics:
            for place, period in enumerate(asked):
                expected = expected_of(past, metric.name, period, where)
                for level, cells in levels.items():
                    if metric.name in cells:
                        cell = cells[metric.name][place]
                        answer = (cell.value, cell.numerator, cell.denominator, cell.n)
                        if not all(map(same, answer, expected)):
                            found.append((level, metric.name, period.code, where.key, answer, expected))
    return found


def answers(metrics, asked, where):
    """Cells by level and metric name."""
    now = clock.now()
    span = Period(min(p.start for p in asked), max(p.end for p in asked))
    with raw.lake_for(span) as connection:
        from_events = {m.name: [raw.compute(connection, m, p, where, now) for p in asked] for m in metrics}
    with reading.open_rollups() as connection:
        from_rollups = reading.read_cells(connection, metrics, asked, where, now)
    levels = {"events": from_events, "rollups": from_rollups, "kpi": {}}
    for metric in metrics:
        stored = [kpi.find(metric, [period], where) for period in asked]
        if where in kpi.CUTS and all(stored):
            levels["kpi"][metric.name] = [cells[p] for cells, p in zip(stored, asked, strict=True)]
    return levels
