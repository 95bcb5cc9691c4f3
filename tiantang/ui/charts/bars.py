"""Bars: standing (side by side or stacked), lying (longest first), and the funnel as lying bars."""

from __future__ import annotations

from typing import Any

from tiantang.ui.charts.axes import Canvas, Option, category_axis, grid, legend, own, value_axes
from tiantang.ui.charts.model import ChartKind, Series, SeriesRole
from tiantang.ui.charts.numbers import share

LABELLED_BARS = 12
"""Up to so many bars each carries its figure."""


def standing_option(canvas: Canvas) -> Option:
    """The option of vertical bars."""
    chart = canvas.chart
    bars = [series for series in chart.series if series.role in (SeriesRole.CURRENT, SeriesRole.PREVIOUS)]
    named = [series.name for series in chart.series if series.role not in _UNNAMED]
    several = len(named) > 1
    option: Option = {
        "grid": grid(canvas, top=34 if several else 22, right=4),
        "xAxis": category_axis(canvas, gap=True),
        "yAxis": value_axes(canvas),
        "series": [_standing(canvas, series, _tone(canvas, series), len(bars)) for series in bars],
    }
    option["series"] += [
        _target(canvas, series) for series in chart.series if series.role is SeriesRole.TARGET
    ]
    if several:
        option["legend"] = legend(canvas, named)
    return option


_UNNAMED = (SeriesRole.BAND_LOW, SeriesRole.BAND_HIGH)


def _tone(canvas: Canvas, series: Series) -> str:
    if series.role is SeriesRole.PREVIOUS:
        return "ink-3"
    return f"c{own(canvas.chart).index(series) % 8 + 1}"


def _standing(canvas: Canvas, series: Series, tone: str, count: int) -> Option:
    chart = canvas.chart
    stacked = chart.kind is ChartKind.STACKED
    style: Option = {"color": canvas.paint(tone)}
    if series.role is SeriesRole.PREVIOUS:
        style["opacity"] = 0.4
    if not stacked:
        style["borderRadius"] = [canvas.size(3), canvas.size(3), 0, 0]
    drawn: Option = {
        "type": "bar",
        "name": series.name,
        "barMaxWidth": canvas.size(34),
        "barGap": "15%",
        "barCategoryGap": "32%",
        "itemStyle": style,
        "emphasis": {"disabled": True},
        "data": [_bar(canvas, series, place, tone) for place in range(len(series.values))],
    }
    if stacked:
        drawn["stack"] = "sum"
    elif count == 1 and len(series.values) <= LABELLED_BARS:
        drawn["label"] = {"show": True, "position": "top", **canvas.label("ink", bold=True)}
    return drawn


def _bar(canvas: Canvas, series: Series, place: int, tone: str) -> Any:
    value = series.values[place]
    if value is None:
        return None
    chart = canvas.chart
    item: Option = {"value": value, "label": {"formatter": canvas.text(value).removesuffix(f" {chart.unit}")}}
    if series.role is not SeriesRole.CURRENT:
        return item
    if place == chart.highlight:
        item["itemStyle"] = {"color": canvas.paint("c2")}
    if place == chart.open_place:
        border = {"borderColor": canvas.paint(tone), "borderWidth": 1, "borderType": "dashed"}
        item["itemStyle"] = {"opacity": 0.45, **border}
    return item


def _target(canvas: Canvas, series: Series) -> Option:
    style = {"color": canvas.paint("ink"), "width": canvas.size(1.6), "cap": "round"}
    return {
        "type": "line",
        "name": series.name,
        "symbol": "none",
        "silent": True,
        "z": 5,
        "lineStyle": {**style, "type": [canvas.size(1), canvas.size(4)]},
        "itemStyle": {"color": canvas.paint("ink")},
        "data": list(series.values),
    }


def lying_option(canvas: Canvas) -> Option:
    """The option of horizontal bars: ``ROWS`` (with an earlier period as a thin grey bar) or ``FUNNEL``."""
    chart = canvas.chart
    bars = [series for series in chart.series if series.role in (SeriesRole.CURRENT, SeriesRole.PREVIOUS)]
    texts = [_row_text(canvas, series, place) for series in bars[:1] for place in range(len(series.values))]
    room = max((canvas.width(text) / canvas.scale for text in texts), default=0) + 14
    names = [series.name for series in bars]
    several = len(bars) > 1
    option: Option = {
        "grid": grid(canvas, top=28 if several else 2, right=room),
        "xAxis": {"type": "value", "min": 0, "max": "dataMax", "show": False},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": list(chart.categories),
            "axisLine": {"show": False},
            "axisTick": {"show": False},
            "axisLabel": {
                "interval": 0,
                "margin": canvas.size(10),
                "width": canvas.size(132),
                "overflow": "truncate" if chart.kind is ChartKind.ROWS else "break",
                **canvas.label("ink-2"),
            },
        },
        "series": [_lying(canvas, series, _tone(canvas, series)) for series in bars],
    }
    if several:
        option["legend"] = legend(canvas, names)
    return option


def _row_text(canvas: Canvas, series: Series, place: int) -> str:
    """What stands at the end of a bar; in a funnel with the share of the step before."""
    text = canvas.text(series.values[place])
    if canvas.chart.kind is not ChartKind.FUNNEL or place == 0:
        return text
    before, value = series.values[place - 1], series.values[place]
    return f"{text} · {share(value / before)}" if before and value is not None else text


def _lying(canvas: Canvas, series: Series, tone: str) -> Option:
    chart = canvas.chart
    earlier = series.role is SeriesRole.PREVIOUS
    data: list[Any] = []
    for place, value in enumerate(series.values):
        text = _row_text(canvas, series, place)
        item: Option = {"value": value, "label": {"formatter": text}}
        if place == chart.highlight and not earlier:
            item["itemStyle"] = {"color": canvas.paint("c2")}
        data.append(item)
    drawn: Option = {
        "type": "bar",
        "name": series.name,
        "barMaxWidth": canvas.size(6 if earlier else 18),
        "barGap": "20%",
        "barCategoryGap": "34%",
        "itemStyle": {
            "color": canvas.paint(tone),
            "opacity": 0.5 if earlier else 1,
            "borderRadius": canvas.size(2),
        },
        "emphasis": {"disabled": True},
        "label": {"show": not earlier, "position": "right", **canvas.label("ink", bold=True)},
        "data": data,
    }
    if chart.kind is ChartKind.FUNNEL:
        drawn |= {"showBackground": True, "backgroundStyle": {"color": canvas.paint("sunken")}}
    return drawn
