"""Courses over time as charts: ours, the period before, the usual range, the target."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import pgettext

from tiantang.dashboards.cut import where_for
from tiantang.dashboards.days import ahead_of, short_part
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.reading import (
    delta,
    is_duration,
    is_percent,
    label_of,
    language,
    unit_of,
    value_text,
)
from tiantang.dashboards.targets import LENGTHLESS, monthly_target, takes_targets
from tiantang.metrics import query
from tiantang.metrics.periods import Period, add_months
from tiantang.metrics.query import Figure, Point
from tiantang.metrics.registry import METRICS
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole

Values = tuple[float | None, ...]


def values_of(points: Sequence[Point]) -> Values:
    return tuple(point.value for point in points)


def labels_of(points: Sequence[Point], filters: Filters) -> tuple[str, ...]:
    return tuple(short_part(point.start, filters.grain) for point in points)


def open_label(points: Sequence[Point], filters: Filters) -> str:
    """What stands beside the point of a part that is not over; empty when the last part is."""
    if not points or not points[-1].partial:
        return ""
    if filters.grain == "day":
        return pgettext("chart", "today so far")
    return pgettext("chart", "still running")


def earlier(metric: str, filters: Filters, points: Sequence[Point]) -> Values:
    """As many parts before ours, part by part beside them; None where the earlier period is shorter."""
    if not points:
        return ()
    first = points[0].start
    if filters.grain == "day":
        before = filters.period.previous()
    elif filters.grain == "week":
        before = Period(first - (points[-1].end - first), first)
    else:
        before = Period(add_months(first, -len(points)), first)
    values = values_of(query.series(metric, before, filters.grain, where_for(metric, filters)))[: len(points)]
    return values + (None,) * (len(points) - len(values))


def course(metric: str, filters: Filters, *, from_zero: bool = False) -> Chart:
    """The metric's course over the chosen period as a line chart."""
    where = where_for(metric, filters)
    points = query.series(metric, filters.period, filters.grain, where)
    figure = query.figure(metric, filters.period, where)
    lines = [*_band(metric, filters, points)]
    if filters.with_previous:
        values = earlier(metric, filters, points)
        lines += _known(pgettext("chart", "Previous"), values, SeriesRole.PREVIOUS)
    aim = figure.target if METRICS[metric].kind in LENGTHLESS and takes_targets(filters) else None
    aim = aim if aim is not None else monthly_target(metric, filters)
    if aim is not None:
        target = (aim,) * len(points)
        lines.append(Series(pgettext("chart", "Target"), target, SeriesRole.TARGET))
    lines.append(Series(pgettext("chart", "This period"), values_of(points)))
    label = open_label(points, filters)
    return Chart(
        ChartKind.LINE,
        label_of(metric),
        sentence(metric, figure, points, filters),
        labels_of(points, filters),
        tuple(lines),
        unit=unit_of(metric),
        percent=is_percent(metric),
        duration=is_duration(metric),
        open_last=bool(label),
        ahead=ahead_of(points),
        open_label=label,
        from_zero=from_zero,
        language=language(),
    )


def _known(name: str, values: Values, role: SeriesRole) -> list[Series]:
    """The series, unless all of it is unknown."""
    return [Series(name, values, role)] if any(value is not None for value in values) else []


def _band(metric: str, filters: Filters, points: Sequence[Point]) -> list[Series]:
    """The usual range of each day, where it is known."""
    if filters.grain != "day":
        return []
    bands = {band.day: band for band in query.usual_range(metric, filters.period, where_for(metric, filters))}
    lows = tuple(bands[point.start].low if point.start in bands else None for point in points)
    highs = tuple(bands[point.start].high if point.start in bands else None for point in points)
    if all(low is None for low in lows):
        return []
    name = pgettext("chart", "Usual range")
    return [Series(name, lows, SeriesRole.BAND_LOW), Series(name, highs, SeriesRole.BAND_HIGH)]


def sentence(metric: str, figure: Figure, points: Sequence[Point], filters: Filters) -> str:
    """What the course says in one breath: the figure, its change, its highest part."""
    if figure.value is None:
        return pgettext("panel", "No finished figure in this period yet.")
    parts = [value_text(metric, figure.value)]
    change = delta(metric, figure.change_previous)
    if filters.with_previous and figure.change_previous is not None:
        parts.append(pgettext("panel", "%(change)s on the period before") % {"change": change.text})
    finished = [point for point in points if point.value is not None and not point.partial]
    if len(finished) > 2:
        top = max(finished, key=lambda point: point.value or 0)
        parts.append(
            pgettext("panel", "highest %(value)s (%(when)s)")
            % {
                "value": value_text(metric, top.value, unit=False),
                "when": short_part(top.start, filters.grain),
            }
        )
    return pgettext("panel", ", ").join(parts)
