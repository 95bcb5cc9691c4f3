"""What a panel of the data home is: a title, a body, a stub, and the same figures as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext

from tiantang.dashboards.cards import figure_address
from tiantang.dashboards.cut import is_widened
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.reading import is_duration, label_of, serial_of
from tiantang.dashboards.sheets import Sheet
from tiantang.metrics.periods import Period
from tiantang.ui.charts.model import Chart, SeriesRole
from tiantang.ui.charts.page import DrawnChart, drawn
from tiantang.ui.charts.table import chart_table


@dataclass(frozen=True, slots=True)
class Stub:
    """The proof of a panel: which definition, and where it opens."""

    serial: str
    address: str


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands in a panel without figures, and what to do about it."""

    title: str
    text: str
    address: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel, computed. ``body`` is the template of its inside, ``content`` what that template shows.

    ``stub`` opens the figure of its claim, ``proofs`` are names and addresses of the other figures on it.
    """

    key: str
    title: str
    body: str = "dashboards/panels/_chart.html"
    claim: str = ""
    drawn: DrawnChart | None = None
    content: Any = None
    legend: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stub: Stub | None = None
    sheet: Sheet | None = None
    empty: Empty | None = None
    links: tuple[tuple[str, str, bool], ...] = field(default=())
    proofs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """A panel before it is computed. A slow one arrives by itself after the page (``later``)."""

    key: str
    title: Callable[[], str]
    build: Callable[[Filters], Panel]
    later: bool = False
    height: int = 240


def stub_for(metric: str, filters: Filters) -> Stub:
    """The stub that opens a metric's provenance for the chosen cut."""
    return Stub(serial_of(metric), figure_address(metric, filters))


def proofs_for(filters: Filters, *metrics: str) -> tuple[tuple[str, str], ...]:
    """Names of figures and where they open, for a panel that shows more than its stub proves."""
    return tuple((label_of(metric), figure_address(metric, filters)) for metric in metrics)


def whole_parts_note(filters: Filters, parts: Sequence[Period]) -> tuple[str, ...]:
    """Says so when the parts of a course reach beyond the chosen days."""
    if not parts or (parts[0].start >= filters.period.start and parts[-1].end <= filters.period.end):
        return ()
    return (
        pgettext("panel", "Weeks and months at the edges are whole, with days outside the chosen period."),
    )


def chart_sheet(title: str, chart: Chart, parts: Sequence[Period] = (), corner: str = "") -> Sheet:
    """The figures of a chart as a sheet of bare numbers.

    A course gives its ``parts``, which stand with their days and whether they are over; other charts stand
    by their names under ``corner``. Lengths of time are seconds and say so.
    """
    table = chart_table(chart)
    names = [in_seconds(name) if chart.duration else name for name in table.head[1:]]
    if not parts:
        rows = [(name, *row) for name, row in zip(table.names, table.values, strict=True)]
        return Sheet(title, (corner, *names), rows)
    first, last, unfinished = part_heads()
    return Sheet(
        title,
        (first, last, *names, unfinished),
        [
            (part.start, part.last_day, *row, yes_or_no(part.is_partial()))
            for part, row in zip(parts, table.values, strict=True)
        ],
    )


def part_heads() -> tuple[str, str, str]:
    """Heads of the columns that say which part of a course a row is: its days, and whether they are over."""
    return pgettext("panel", "From"), pgettext("panel", "To"), pgettext("panel", "Unfinished")


def yes_or_no(true: bool) -> str:
    """A flag in a table that leaves the house."""
    return pgettext("panel", "yes") if true else pgettext("panel", "no")


def in_seconds(name: str) -> str:
    """The head of a column whose lengths of time are bare seconds."""
    return pgettext("panel", "%(name)s, seconds") % {"name": name}


def column_of(metric: str) -> str:
    """The head of a metric's column in a table that leaves the house."""
    return in_seconds(label_of(metric)) if is_duration(metric) else label_of(metric)


def chart_panel(
    key: str,
    title: str,
    chart: Chart,
    height: int = 240,
    parts: Sequence[Period] = (),
    corner: str = "",
    **more: Any,
) -> Panel:
    """A panel whose inside is one chart; its legend says what the lines cannot. See ``chart_sheet``."""
    made = drawn(chart, height)
    legend = ["band"] if any(series.role is SeriesRole.BAND_LOW for series in chart.series) else []
    if made.start:
        legend.append(pgettext("chart", "axis starts at %(value)s") % {"value": made.start})
    return Panel(
        key,
        title,
        drawn=made,
        legend=tuple(legend),
        claim=more.pop("claim", chart.summary),
        sheet=chart_sheet(title, chart, parts, corner),
        **more,
    )


def widened_note(metric: str, filters: Filters) -> tuple[str, ...]:
    """Says so when a figure cannot be told apart by the chosen board."""
    if not is_widened(metric, filters):
        return ()
    return (pgettext("panel", "Whole site: this figure is not kept by board."),)


def course_panel(key: str, chart: Chart, filters: Filters, proved: str, *others: str, **more: Any) -> Panel:
    """A panel whose inside is a course through the chosen period, under the chart's title.

    Its stub opens the figure ``proved``, its other stubs ``others``; see ``chart_panel`` for ``more``.
    """
    parts = filters.period.split(filters.grain)
    return chart_panel(
        key,
        chart.title,
        chart,
        parts=parts,
        stub=stub_for(proved, filters),
        proofs=proofs_for(filters, *others),
        notes=whole_parts_note(filters, parts),
        **more,
    )
