"""The table behind a chart: the same figures, exactly, also for those who cannot see the drawing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import override, pgettext

from tiantang.ui.charts.axes import language_of, sized
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole
from tiantang.ui.charts.numbers import format_value


@dataclass(frozen=True, slots=True)
class ChartTable:
    """A head and rows. ``rows`` are written out, ``values`` are the bare numbers in the same places."""

    head: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    values: tuple[tuple[float | None, ...], ...]


def chart_table(chart: Chart) -> ChartTable:
    """One row per category and one column per series; a heatmap keeps its own rows.

    A stack's parts below the line are numbers like the others; the last row says when it is unfinished.
    """
    language = language_of(chart)
    if chart.kind is ChartKind.HEATMAP:
        names = tuple(series.name for series in chart.series)
        head = ("", *chart.categories)
        values = tuple(series.values for series in chart.series)
    else:
        names = _row_names(chart)
        head = ("", *(_column_name(series, language) for series in chart.series))
        values = tuple(zip(*(series.values for series in chart.series), strict=True)) if chart.series else ()
    if chart.kind is ChartKind.STACKED:
        values = tuple(tuple(sized(value) for value in row) for row in values)
    rows = tuple(
        tuple(
            format_value(value, language, percent=chart.percent, duration=chart.duration, unit=chart.unit)
            for value in row
        )
        for row in values
    )
    return ChartTable(head, names, rows, values)


def _row_names(chart: Chart) -> tuple[str, ...]:
    if chart.open_place is None or not chart.open_label:
        return chart.categories
    names = list(chart.categories)
    names[chart.open_place] += f" · {chart.open_label}"
    return tuple(names)


def _column_name(series: Series, language: str) -> str:
    """The series' name; the two columns of a band say which is which, the drawing needs no such words."""
    with override(language):
        name = {
            SeriesRole.BAND_LOW: pgettext("chart table", "%(name)s, low"),
            SeriesRole.BAND_HIGH: pgettext("chart table", "%(name)s, high"),
        }.get(series.role, "%(name)s")
    return name % {"name": series.name}


def describe(chart: Chart) -> str:
    """A sentence about the first own series: where it is highest, lowest and how it ends.

    For callers with nothing better to say; a summary written for the figures at hand is preferable.
    """
    language = language_of(chart)
    series = next((series for series in chart.series if series.role is SeriesRole.CURRENT), None)
    known = [(value, name) for value, name in zip(series.values, chart.categories, strict=True)
             if value is not None] if series and chart.kind is not ChartKind.HEATMAP else []  # fmt: skip
    if not known:
        return chart.title

    def text(value: float) -> str:
        return format_value(value, language, percent=chart.percent, duration=chart.duration, unit=chart.unit)

    (high, high_at), (low, low_at), (last, last_at) = max(known), min(known), known[-1]
    with override(language):
        sentence = pgettext(
            "chart summary",
            "%(title)s: highest %(high)s (%(high_at)s), lowest %(low)s (%(low_at)s), "
            "last %(last)s (%(last_at)s).",
        )
    return sentence % {
        "title": chart.title,
        "high": text(high),
        "high_at": high_at,
        "low": text(low),
        "low_at": low_at,
        "last": text(last),
        "last_at": last_at,
    }
