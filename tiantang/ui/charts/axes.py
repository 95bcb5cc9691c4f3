"""What the charts with axes share: fonts, grid lines with ready labels, categories, legends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole
from tiantang.ui.charts.numbers import format_value, nice_ticks, short_value, text_width
from tiantang.ui.charts.palette import Paint

DAYS_OF_A_MONTH = range(28, 32)

Option = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Canvas:
    """A chart being drawn: its colours, its scale, its language, its height in pixels."""

    chart: Chart
    paint: Paint
    scale: float
    language: str
    height: float

    def size(self, pixels: float) -> float:
        """Pixels at this scale."""
        return round(pixels * self.scale, 2)

    def text(self, value: float | None) -> str:
        """A value in full, with its unit."""
        chart = self.chart
        shown = sized(value) if chart.kind is ChartKind.STACKED else value
        return format_value(
            shown, self.language, percent=chart.percent, duration=chart.duration, unit=chart.unit
        )

    def width(self, text: str, size: float = 12) -> float:
        """Width of a label in pixels at this scale."""
        return text_width(text, size * self.scale)

    def label(self, tone: str = "ink-3", *, bold: bool = False, size: float = 12) -> Option:
        """The style of a text."""
        return {
            "color": self.paint(tone),
            "fontSize": self.size(size),
            "fontWeight": "bold" if bold else "normal",
        }


def sized(value: float | None) -> float | None:
    """A number without its sign: in a stack below zero only says where it is drawn, nobody is minus 82."""
    return None if value is None else abs(value)


def language_of(chart: Chart) -> str:
    """The language the chart's figures are written in."""
    return chart.language or get_language() or "en"


def own(chart: Chart) -> list[Series]:
    """The series that are ours, in order."""
    return [series for series in chart.series if series.role is SeriesRole.CURRENT]


def with_role(chart: Chart, role: SeriesRole) -> Series | None:
    """The first series of a role."""
    return next((series for series in chart.series if series.role is role), None)


def extent(chart: Chart) -> tuple[float, float]:
    """Lowest and highest value to be drawn; stacked charts count the sums above and below zero."""
    if chart.kind is ChartKind.STACKED:
        columns = list(zip(*(series.values for series in own(chart)), strict=True))
        high = max((sum(v for v in column if v and v > 0) for column in columns), default=0.0)
        low = min((sum(v for v in column if v and v < 0) for column in columns), default=0.0)
        return low, high
    values = [value for series in chart.series for value in series.values if value is not None]
    return (min(values), max(values)) if values else (0.0, 1.0)


def value_ticks(chart: Chart) -> tuple[float, ...]:
    """The grid lines of the value axis. Bars start at zero; a line may not."""
    low, high = extent(chart)
    if chart.from_zero or chart.kind is not ChartKind.LINE:
        low, high = min(low, 0.0), max(high, 0.0)
    return nice_ticks(
        low,
        high,
        whole=not chart.percent and high - low >= 2,
        duration=chart.duration,
        ceiling=1.0 if chart.percent else None,
    )


def axis_start(chart: Chart) -> str:
    """Where the value axis begins when that is not zero, ready to print; empty otherwise."""
    first = value_ticks(chart)[0]
    if first <= 0:
        return ""
    return short_value(first, language_of(chart), percent=chart.percent, duration=chart.duration)


def value_axes(canvas: Canvas) -> list[Option]:
    """The value axis with its grid lines, and beside it the labels.

    A formatter would be a function and could not travel as JSON, so the labels are a second axis of
    ready texts, spread over the same height as the equally distant ticks.
    """
    ticks = value_ticks(canvas.chart)
    chart = canvas.chart
    marks = [abs(tick) for tick in ticks] if chart.kind is ChartKind.STACKED else ticks
    texts = [
        short_value(mark, canvas.language, percent=chart.percent, duration=chart.duration) for mark in marks
    ]
    lines = {"show": True, "lineStyle": {"color": canvas.paint("line"), "width": 1}}
    hidden = {"show": False}
    return [
        {
            "type": "value",
            "min": ticks[0],
            "max": ticks[-1],
            "interval": round(ticks[1] - ticks[0], 10),
            "axisLabel": hidden,
            "axisLine": hidden,
            "axisTick": hidden,
            "splitLine": lines,
        },
        {
            "type": "category",
            "position": "left",
            "boundaryGap": False,
            "data": texts,
            "axisLabel": {"show": True, "interval": 0, "margin": canvas.size(8), **canvas.label()},
            "axisLine": hidden,
            "axisTick": hidden,
            "splitLine": hidden,
            "axisPointer": hidden,
        },
    ]


def category_axis(canvas: Canvas, *, gap: bool) -> Option:
    """The categories along the bottom; labels that would touch are left out."""
    names = list(canvas.chart.categories)
    every: int | str = 4 if len(names) in DAYS_OF_A_MONTH else "auto"  # leaves out four, writes the fifth
    return {
        "type": "category",
        "data": names,
        "boundaryGap": gap,
        "axisLabel": {"interval": every, "hideOverlap": True, "margin": canvas.size(10), **canvas.label()},
        "axisLine": {"show": True, "onZero": False, "lineStyle": {"color": canvas.paint("line")}},
        "axisTick": {"show": False},
    }


def grid(canvas: Canvas, *, top: float = 12, right: float = 12, bottom: float = 4, left: float = 2) -> Option:
    """The room for the drawing; labels of axes stay inside it."""
    return {
        "top": canvas.size(top),
        "right": right * canvas.scale,
        "bottom": canvas.size(bottom),
        "left": canvas.size(left),
        "outerBoundsMode": "same",
        "outerBoundsContain": "axisLabel",
    }


def legend(canvas: Canvas, names: list[str]) -> Option:
    """Names above bars that stand side by side or on each other."""
    return {
        "data": names,
        "left": 0,
        "top": 0,
        "padding": 0,
        "icon": "roundRect",
        "itemWidth": canvas.size(10),
        "itemHeight": canvas.size(10),
        "itemGap": canvas.size(14),
        "selectedMode": False,
        "textStyle": canvas.label("ink-2"),
    }
