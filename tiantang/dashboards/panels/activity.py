"""Who comes: daily active members, and how the active members of each interval came about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import pgettext

from tiantang.dashboards.cut import where_for
from tiantang.dashboards.days import ahead_of, short_part
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.panels.courses import course
from tiantang.dashboards.panels.panel import (
    Empty,
    Panel,
    chart_panel,
    course_panel,
    proofs_for,
    stub_for,
    whole_parts_note,
    widened_note,
)
from tiantang.dashboards.reading import label_of, language
from tiantang.metrics import clock, query
from tiantang.metrics.periods import Grain, Period
from tiantang.metrics.query import LifecyclePoint
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole


def activity(filters: Filters) -> Panel:
    """Active members of each day with the usual range, the period before and the target."""
    chart = course("dau", filters)
    ours = next(series for series in chart.series if series.role is SeriesRole.CURRENT)
    if not any(ours.values):
        return Panel("activity", label_of("dau"), empty=_nobody())
    return course_panel("activity", chart, filters, "dau", height=260)


def _nobody() -> Empty:
    return Empty(
        pgettext("panel", "Nobody has been here in this time"),
        pgettext(
            "panel", "Once members sign in and read, each day's number stands here. Invite the first ones."
        ),
        "portal:home",
        pgettext("panel", "Open the front page"),
    )


def lifecycle(filters: Filters) -> Panel:
    """New, returning and resurrecting members above the line, those who went quiet below it."""
    by: Grain = "week" if filters.period.days <= 200 else "month"
    points = query.lifecycle(filters.period, by=by, where=where_for("returning_members", filters))
    title = pgettext("panel", "Where active members come from")
    if not any(point.new + point.returning + point.resurrecting + point.dormant for point in points):
        return Panel("lifecycle", title, empty=_nobody())
    parts = filters.period.split(by)
    told = replace(filters, period=told_part(parts), chosen="custom")
    return chart_panel(
        "lifecycle",
        title,
        lifecycle_chart(points, by),
        330,
        parts,
        stub=stub_for("returning_members", told),
        proofs=proofs_for(told, "new_members", "resurrecting_members", "dormant_members"),
        notes=widened_note("returning_members", filters) + whole_parts_note(filters, parts),
    )


def told_part(parts: list[Period]) -> Period:
    """The interval that the sentence tells of: the last finished one, else the first."""
    return next((part for part in reversed(parts) if not part.is_partial()), parts[0])


def lifecycle_chart(points: list[LifecyclePoint], by: str) -> Chart:
    """The stacked chart of a lifecycle."""
    today = clock.today()

    def counts(of: Callable[[LifecyclePoint], int]) -> tuple[float | None, ...]:
        return tuple(float(of(point)) if point.start <= today else None for point in points)

    groups = (
        (pgettext("lifecycle", "Stayed"), counts(lambda point: point.returning)),
        (pgettext("lifecycle", "New"), counts(lambda point: point.new)),
        (pgettext("lifecycle", "Came back"), counts(lambda point: point.resurrecting)),
        (pgettext("lifecycle", "Went quiet"), counts(lambda point: -point.dormant)),
    )
    return Chart(
        ChartKind.STACKED,
        pgettext("panel", "Where active members come from"),
        _told(points),
        tuple(short_part(point.start, by) for point in points),
        tuple(Series(name, values) for name, values in groups),
        unit=pgettext("unit", "members"),
        open_last=bool(points) and points[-1].partial,
        ahead=ahead_of(points),
        open_label=pgettext("chart", "still running"),
        language=language(),
    )


def _told(points: list[LifecyclePoint]) -> str:
    """The last finished interval in words."""
    finished = [point for point in points if not point.partial]
    if not finished:
        return pgettext("panel", "The first interval is still running.")
    last = finished[-1]
    return pgettext(
        "panel",
        "Last finished interval: %(returning)s stayed, %(new)s new, %(back)s came back, "
        "%(quiet)s went quiet.",
    ) % {
        "returning": f"{last.returning:,}",
        "new": f"{last.new:,}",
        "back": f"{last.resurrecting:,}",
        "quiet": f"{last.dormant:,}",
    }
