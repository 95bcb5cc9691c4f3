"""When people talk, and in how few hands the talk is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import pgettext

from tiantang.dashboards.cut import where_for
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.panels.panel import Empty, Panel, chart_panel, stub_for, widened_note
from tiantang.dashboards.reading import language, unit_of
from tiantang.dashboards.sheets import Sheet
from tiantang.metrics import query
from tiantang.metrics.query import Concentration
from tiantang.ui.charts.model import Chart, ChartKind, Series
from tiantang.ui.charts.numbers import share


def weekday_names() -> tuple[str, ...]:
    return (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )


def full_weekday_names() -> tuple[str, ...]:
    return (
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    )


def rhythm(filters: Filters) -> Panel:
    """Posts in an hour of the week, on the mean, in the site's time zone."""
    title = pgettext("panel", "When people talk")
    means = query.weekly_hours("posts", filters.period, where_for("posts", filters))
    if not any(means.values()):
        return Panel("rhythm", title, empty=_silence())
    chart = rhythm_chart(means)
    corner = pgettext("panel", "Weekday, hour")
    return chart_panel("rhythm", title, chart, 250, corner=corner, stub=stub_for("posts", filters))


def rhythm_chart(means: dict[tuple[int, int], float]) -> Chart:
    """The heatmap of means by (weekday, hour); a weekday that the period has not stays blank."""
    names = weekday_names()
    rows = tuple(
        Series(name, tuple(means.get((day, hour)) for hour in range(24))) for day, name in enumerate(names)
    )
    day, hour = max(means, key=lambda key: means[key])
    told = pgettext("panel", "Mean per hour. Busiest: %(day)s, %(hour)s:00. Quietest: %(quiet)s.") % {
        "day": full_weekday_names()[day],
        "hour": hour,
        "quiet": _quiet_hours(means),
    }
    return Chart(
        ChartKind.HEATMAP,
        pgettext("panel", "When people talk"),
        told,
        tuple(str(hour) for hour in range(24)),
        rows,
        unit=unit_of("posts"),
        language=language(),
    )


def _quiet_hours(means: dict[tuple[int, int], float]) -> str:
    """The four hours in a row with the fewest posts, across midnight too."""
    by_hour = [sum(means.get((day, hour), 0.0) for day in range(7)) for hour in range(24)]
    start = min(range(24), key=lambda first: sum(by_hour[(first + step) % 24] for step in range(4)))
    return f"{start}:00–{(start + 4) % 24}:00"


def _silence() -> Empty:
    return Empty(
        pgettext("panel", "Nobody has posted in this time"),
        pgettext("panel", "An open question or a weekly topic is the easiest beginning."),
        "forum:new_topic",
        pgettext("panel", "Start a topic"),
    )


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the community: how many, and what share of those active."""

    name: str
    count: str
    share: str
    width: float
    tone: int


def concentration(filters: Filters) -> Panel:
    """Creators, interactors, readers; and what the most active tenth contributes."""
    title = pgettext("panel", "Who carries the talk")
    found = query.concentration(filters.period, where_for("concentration", filters))
    if not found.creators + found.interactors + found.readers:
        return Panel("concentration", title, empty=_silence())
    return Panel(
        "concentration",
        title,
        body="dashboards/panels/_concentration.html",
        claim=_claim(found),
        content={"layers": _layers(found), "contributors": f"{found.contributors:,}"},
        notes=widened_note("concentration", filters),
        stub=stub_for("concentration", filters),
        sheet=_sheet(title, found),
    )


def _claim(found: Concentration) -> str:
    if found.top_10 is None:
        return pgettext("panel", "Nobody has contributed in this time.")
    return pgettext("panel", "The most active tenth writes %(top)s of everything, the top 1%% %(first)s.") % {
        "top": share(found.top_10),
        "first": share(found.top_1 or 0.0),
    }


def layer_names() -> tuple[str, str, str]:
    return (
        pgettext("panel", "Write topics or replies"),
        pgettext("panel", "Only comment, like or share"),
        pgettext("panel", "Only read"),
    )


def _layers(found: Concentration) -> list[Layer]:
    counts = (found.creators, found.interactors, found.readers)
    total = sum(counts)
    return [
        Layer(name, f"{count:,}", share(round(count / total, 3)), round(count / total * 100, 2), tone)
        for name, count, tone in zip(layer_names(), counts, (1, 4, 6), strict=True)
    ]


def _sheet(title: str, found: Concentration) -> Sheet:
    head = (pgettext("panel", "Group"), pgettext("panel", "Value"))
    counts = zip(layer_names(), (found.creators, found.interactors, found.readers), strict=True)
    return Sheet(
        title,
        head,
        [
            *counts,
            (pgettext("panel", "Contributors"), found.contributors),
            (pgettext("panel", "Contributions"), found.contributions),
            (pgettext("panel", "Share of the top 1%"), found.top_1),
            (pgettext("panel", "Share of the top 10%"), found.top_10),
        ],
    )
