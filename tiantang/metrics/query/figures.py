"""A figure with its comparisons, and series of points."""

from __future__ import annotations

from statistics import median

from tiantang.metrics import clock
from tiantang.metrics.answers import Band, Cell, Figure, Point, Where
from tiantang.metrics.models import Target
from tiantang.metrics.periods import Grain, Period, period_of
from tiantang.metrics.query.cells import cells
from tiantang.metrics.registry import Metric, metric_named

EVERYONE = Where()
BAND_WEEKS = 8
BAND_AT_LEAST = 4
BAND_WIDTH = 2 * 1.4826
"""Two standard deviations' worth of median absolute deviations."""


def figure(name: str, period: Period, where: Where = EVERYONE, compare: bool = True) -> Figure:
    """The metric in the period. Raises UnknownMetricError, UnknownDimensionError.

    With ``compare`` also the period before, the same a year ago, the target and the usual range.
    """
    metric = metric_named(name)
    asked = [period, *(_compared(period) if compare else []), *(_usual_periods(period) if compare else [])]
    found = dict(zip(asked, cells(metric, asked, where), strict=True))
    cell = found[period]
    plain = Figure(
        metric=name,
        period=period,
        where=where,
        value=cell.value,
        numerator=cell.numerator,
        denominator=cell.denominator,
        n=cell.n,
        partial=period.is_partial(),
        extra=cell.extra,
    )
    return _with_comparison(metric, plain, found) if compare else plain


def _compared(period: Period) -> list[Period]:
    """The finished part of the period, and equally many days of the one before and of last year's."""
    finished = period.finished_part()
    if finished is None:
        return []
    if finished == period:
        return [period, period.previous(), period.last_year()]
    days = finished.days
    return [finished, period.previous().first_days(days), period.last_year().first_days(days)]


def _with_comparison(metric: Metric, plain: Figure, found: dict[Period, Cell]) -> Figure:
    from dataclasses import replace

    compared = _compared(plain.period)
    now, before, year_ago = (found[part].value for part in compared) if compared else (None, None, None)
    target = _target(metric, plain.period, plain.where)
    low, high = _band([found[part].value for part in _usual_periods(plain.period)])
    return replace(
        plain,
        previous=before,
        last_year=year_ago,
        change_previous=change(metric, now, before),
        change_last_year=change(metric, now, year_ago),
        target=target,
        completion=completion(metric, plain.value, target),
        low=low,
        high=high,
        finished_value=now,
        compared_days=compared[0].days if compared else 0,
    )


def change(metric: Metric, now: float | None, base: float | None) -> float | None:
    """How far ``now`` is from ``base``: a share of it, for ratios a difference; None without a base."""
    if now is None or base is None:
        return None
    if metric.changes_in_points:
        return now - base
    return (now - base) / base if base else None


def completion(metric: Metric, value: float | None, target: float | None) -> float | None:
    """Actual ÷ target, or target ÷ actual where lower is better; None when that cannot be said."""
    if value is None or target is None:
        return None
    above, below = (target, value) if metric.better == "lower" else (value, target)
    return above / below if below else None


def _target(metric: Metric, period: Period, where: Where) -> float | None:
    """The target set for the period; it is the whole community's, so a part of it has none."""
    if where != EVERYONE:
        return None
    found = Target.objects.filter(metric=metric.name, start=period.start, end=period.end)
    return found.values_list("value", flat=True).first()


def _usual_periods(period: Period) -> list[Period]:
    """The same weekday, or the whole week, of the eight weeks before; nothing for longer periods."""
    from datetime import timedelta

    if period.kind not in ("day", "week"):
        return []
    shifts = [timedelta(weeks=weeks) for weeks in range(1, BAND_WEEKS + 1)]
    return [Period(period.start - shift, period.end - shift, period.kind) for shift in shifts]


def _band(values: list[float | None]) -> tuple[float | None, float | None]:
    """Median ± two robust deviations, not below zero; (None, None) with too few values."""
    known = [value for value in values if value is not None]
    if len(known) < BAND_AT_LEAST or not any(known):
        return None, None
    middle = median(known)
    spread = BAND_WIDTH * median(abs(value - middle) for value in known)
    return max(0.0, middle - spread), middle + spread


def series(name: str, period: Period, by: Grain = "day", where: Where = EVERYONE) -> list[Point]:
    """The metric in each calendar part that touches the period, in order; parts are not cut.

    Parts that have not begun have no value. Raises UnknownMetricError, UnknownDimensionError.
    """
    parts, today = period.split(by), clock.today()
    found = cells(metric_named(name), parts, where)
    return [
        Point(
            start=part.start,
            end=part.end,
            value=cell.value,
            numerator=cell.numerator,
            denominator=cell.denominator,
            n=cell.n,
            partial=part.end > today,
        )
        for part, cell in zip(parts, found, strict=True)
    ]


def usual_range(name: str, period: Period, where: Where = EVERYONE) -> list[Band]:
    """For every day of the period the range that its weekday had in the eight weeks before."""
    from datetime import timedelta

    before = Period(period.start - timedelta(weeks=BAND_WEEKS), period.end)
    by_day = {point.start: point.value for point in series(name, before, "day", where)}
    bands = []
    for day in (part.start for part in period.split("day")):
        values = [by_day[part.start] for part in _usual_periods(period_of(day, "day"))]
        bands.append(Band(day, *_band(values)))
    return bands
