"""Level 3: finished figures in the main database, read by pages without touching rollups."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from tiantang.common.rows import put_rows
from tiantang.common.time import instant_of, microseconds, site_day
from tiantang.metrics import clock
from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.declaration import Metric
from tiantang.metrics.models import Kpi, KpiSpan
from tiantang.metrics.periods import Grain, Period, period_of
from tiantang.metrics.registry import METRICS
from tiantang.metrics.rollups import reach
from tiantang.metrics.rollups.state import State

CUTS: tuple[Where, ...] = (Where(), Where(member_class="all"))
"""The cuts that are kept; boards and the team alone are answered from rollups."""
GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "half", "year")
ONE_DAY = timedelta(days=1)
AT_ONCE: tuple[Grain, ...] = ("day", "week", "month")
"""Grains whose running period is written with every new event."""
FEW = 40
"""Up to so many starts are asked for one by one, more as a range."""
KEPT = """
SELECT "start", "end", value, numerator, denominator, n, extra FROM metrics_kpi
WHERE metric = %s AND cut = %s AND grain IN ({grains}) AND "start" {begun}
"""
"""Read by a plain statement: a QuerySet costs 2.5 times (88 rows) to 10 times (2 rows) as much."""
HOUR_US = 3_600_000_000
Row = tuple[str, str, str, Period, Cell]
"""Metric, cut, grain, period and what was found."""


def clear() -> None:
    """Throw every KPI row away."""
    Kpi.objects.all().delete()
    KpiSpan.objects.all().delete()


def version() -> str:
    """A text that changes whenever figures may have changed; empty before there are any."""
    return KpiSpan.objects.values_list("version", flat=True).first() or ""


def find(metric: Metric, periods: Sequence[Period], where: Where) -> dict[Period, Cell] | None:
    """The Cells of those periods that are kept; None when this cut or some period is not.

    Before the first event counts are 0 and rates unknown; a period that has not begun has no value.
    """
    if where not in CUTS:
        return None
    rows = _rows(metric, periods, where)
    missing = [period for period in periods if (period.start, period.end) not in rows]
    if missing:
        outside = _outside(metric, missing)
        if outside is None:
            return None
        rows |= outside
    return {period: rows[period.start, period.end] for period in periods}


def _rows(metric: Metric, periods: Sequence[Period], where: Where) -> dict[tuple[date, date], Cell]:
    grains = {period.kind if period.kind != "custom" else "part" for period in periods}
    starts = sorted({period.start.isoformat() for period in periods})
    begun = f"IN ({', '.join(['%s'] * len(starts))})"
    if len(starts) > FEW:
        begun, starts = "BETWEEN %s AND %s", [starts[0], starts[-1]]
    sql = KEPT.format(grains=", ".join(["%s"] * len(grains)), begun=begun)
    with connection.cursor() as cursor:
        cursor.execute(sql, (metric.name, where.key, *grains, *starts))
        found = cursor.fetchall()
    return {
        (_day(start), _day(end)): Cell(value, above, below, n, json.loads(extra) if extra else {})
        for start, end, value, above, below, n, extra in found
    }


def _day(stored: date | str) -> date:
    """A day as the driver gives it; SQLite keeps text."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def _outside(metric: Metric, missing: Sequence[Period]) -> dict[tuple[date, date], Cell] | None:
    """The Cells of periods without a row, all before the first event or after today; None otherwise."""
    span, today = KpiSpan.objects.first(), clock.today()
    if span is None or span.zone != settings.TIME_ZONE:
        return None
    found: dict[tuple[date, date], Cell] = {}
    for period in missing:
        if period.start > today:
            found[period.start, period.end] = Cell(None)
        elif period.end <= span.first:
            found[period.start, period.end] = empty_cell(metric, period)
        else:
            return None
    return found


def empty_cell(metric: Metric, period: Period) -> Cell:
    """What a metric says of finished days without any event before them."""
    if metric.name == "dau":
        return Cell(0.0, 0.0, float(period.days), period.days)
    return Cell(0.0, 0.0, None, 0) if metric.unit == "count" else Cell(None, 0.0, 0.0, 0)


def refresh(known: State, thorough: bool = False) -> int:
    """Write the KPI rows that are behind their rollups or due as time has passed; returns their number.

    What only today's running events change is written at once for the day, the week and the month; quarters,
    half-years, years and figures of earlier cohorts follow within the hour, or now when ``thorough``.
    """
    now = clock.now()
    span = _span(known, now)
    if span is None:
        KpiSpan.objects.all().delete()
        Kpi.objects.all().delete()
        known.waiting.clear()
        return 0
    _settle_deferred(known, span, thorough)
    stale = _stale(known, span, now, thorough)
    rows = _counted(stale, now)
    _write(rows, span, now)
    if known.first and date.fromisoformat(known.first) < span.start:
        Kpi.objects.filter(end__lte=span.start).delete()
    if known.as_of // HOUR_US != microseconds(now) // HOUR_US:
        known.deferred.clear()
    known.waiting.clear()
    known.as_of, known.first = microseconds(now), span.start.isoformat()
    return len(rows)


def _settle_deferred(known: State, span: Period, thorough: bool) -> None:
    """Keep in mind what today's events leave for later; take it up again when ``thorough``."""
    today = span.last_day.isoformat()
    source, target = (known.deferred, known.waiting) if thorough else (known.waiting, known.deferred)
    for day in list(source):
        if thorough or day == today:
            target[day] = sorted({*target.get(day, []), *source[day]})
    if thorough:
        known.deferred.clear()


def _span(known: State, now: datetime) -> Period | None:
    """Days from the first event to today (or to the last event that has happened)."""
    today = site_day(now)
    days = [day for day in known.days() if day <= today]
    return Period(min(days), today + ONE_DAY) if days else None


def _stale(
    known: State, span: Period, now: datetime, thorough: bool
) -> dict[Metric, set[tuple[str, Period]]]:
    """For each metric the (grain, period) to write."""
    touched = {date.fromisoformat(day): families for day, families in known.waiting.items()}
    aged = _aged_days(known, span, now) | _uncovered_days(known, span)
    stale: dict[Metric, set[tuple[str, Period]]] = {}
    for metric in METRICS.values():
        days = {day for day, families in touched.items() if reach.families_of(metric) & set(families)}
        settled = days | aged if thorough else (days - {span.last_day}) | aged
        reached = reach.reached_days(metric, settled, span)
        wanted: set[tuple[str, Period]] = {(g, period_of(day, g)) for g in GRAINS for day in reached}
        wanted |= _following(metric, wanted, span)
        wanted |= {("part", part) for part in _parts(span.last_day, wanted)}
        if span.last_day in days:
            wanted |= {(grain, period_of(span.last_day, grain)) for grain in AT_ONCE}
        stale[metric] = wanted
    return {metric: wanted for metric, wanted in stale.items() if wanted}


def _aged_days(known: State, span: Period, now: datetime) -> set[date]:
    """Days whose figures change by the passing of time (answer windows, midnight); looked at every hour."""
    if known.as_of // HOUR_US == microseconds(now) // HOUR_US:
        return set()
    then = site_day(instant_of(known.as_of)) if known.as_of else span.start
    first = max(span.start, then - timedelta(days=reach.MEMORY))
    return {first + timedelta(days=offset) for offset in range((span.end - first).days)}


def _uncovered_days(known: State, span: Period) -> set[date]:
    """Days before the first that was covered so far: older events have come in."""
    covered_from = date.fromisoformat(known.first) if known.first else span.end
    return {span.start + timedelta(days=offset) for offset in range((covered_from - span.start).days)}


def _following(metric: Metric, wanted: set[tuple[str, Period]], span: Period) -> set[tuple[str, Period]]:
    """Lifecycle figures also look at the period before."""
    if metric.name not in reach.LOOKS_BACK:
        return set()
    following = {(grain, period_of(period.end, period.kind)) for grain, period in wanted}  # type: ignore[arg-type]
    return {(grain, period) for grain, period in following if period.start < span.end}


def _parts(today: date, wanted: set[tuple[str, Period]]) -> set[Period]:
    """The first days of running periods, and of those they are compared with."""
    parts: set[Period] = set()
    for grain in GRAINS:
        running = period_of(today, grain)
        finished = running.finished_part()
        if finished is None or finished == running:
            continue
        compared = (running, running.previous(), running.last_year())
        touched = {period for kind, period in wanted if kind == grain}
        parts |= {period.first_days(finished.days) for period in compared if touched & {*compared}}
    return {Period(part.start, part.end) for part in parts}


def _counted(stale: Mapping[Metric, set[tuple[str, Period]]], now: datetime) -> list[Row]:
    """The rows, computed from rollups; metrics with about the same periods are read together."""
    from tiantang.metrics.rollups.reading import open_rollups, read_cells

    rows: list[Row] = []
    with open_rollups() as rollups:
        for metrics, pairs in _grouped(stale):
            asked = sorted(pairs, key=lambda pair: (pair[1].start, pair[0]))
            periods = [period for _, period in asked]
            for cut in CUTS:
                for name, cells in read_cells(rollups, metrics, periods, cut, now).items():
                    found = zip(asked, cells, strict=True)
                    wanted = stale[METRICS[name]]
                    rows += [(name, cut.key, *pair, cell) for pair, cell in found if pair in wanted]
    return rows


def _grouped(
    stale: Mapping[Metric, set[tuple[str, Period]]],
) -> list[tuple[list[Metric], set[tuple[str, Period]]]]:
    """Metrics put together while that asks little more of each: a question costs more than its periods."""
    groups: list[tuple[list[Metric], set[tuple[str, Period]]]] = []
    for metric, wanted in sorted(stale.items(), key=lambda item: len(item[1])):
        for metrics, pairs in groups:
            if len(pairs | wanted) <= len(wanted) * 1.2 + 4:
                metrics.append(metric)
                pairs |= wanted
                break
        else:
            groups.append(([metric], set(wanted)))
    return groups


QUESTION = ("metric", "cut", "grain", "start", "end")
ANSWER = ("value", "numerator", "denominator", "n", "extra", "as_of")


def _write(rows: Sequence[Row], span: Period, now: datetime) -> None:
    """Put the rows in place of older ones of the same question."""
    as_of = connection.ops.adapt_datetimefield_value(now)
    with transaction.atomic():
        put_rows(Kpi, QUESTION, ANSWER, [_values(row, as_of) for row in rows])
        covered = {"first": span.start, "last": span.last_day, "zone": settings.TIME_ZONE, "as_of": now}
        changed = {"version": uuid4().hex} if rows else {}
        KpiSpan.objects.update_or_create(pk=1, defaults={**covered, **changed})


def _values(row: Row, as_of: object) -> tuple[Any, ...]:
    name, cut, grain, period, cell = row
    extra = json.dumps(dict(cell.extra)) if cell.extra else None
    start, end = period.start.isoformat(), period.end.isoformat()
    return (name, cut, grain, start, end, cell.value, cell.numerator, cell.denominator, cell.n, extra, as_of)
