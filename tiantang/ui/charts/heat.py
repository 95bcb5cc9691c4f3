"""The heatmap: one row per series, one column per category, from pale to deep."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override, pgettext

from tiantang.ui.charts.axes import Canvas, Option, grid

STEPS = 7
WRITTEN_COLUMNS = 12
"""Up to so many columns each cell carries its figure."""


def heat_option(canvas: Canvas) -> Option:
    """The option of a heatmap."""
    chart = canvas.chart
    written = len(chart.categories) <= WRITTEN_COLUMNS
    bare = {"axisLine": {"show": False}, "axisTick": {"show": False}, "splitLine": {"show": False}}
    label = {"interval": "auto" if not written else 0, "margin": canvas.size(8), **canvas.label()}
    series: Option = {
        "type": "heatmap",
        "name": chart.title,
        "data": _cells(canvas, written=written),
        "itemStyle": {
            "borderColor": canvas.paint("surface"),
            "borderWidth": canvas.size(1.5),
            "borderRadius": canvas.size(3),
        },
        "label": {"show": written, "fontSize": canvas.size(12)},
        "emphasis": {"disabled": True},
    }
    rows = [row.name for row in chart.series]
    return {
        "grid": grid(canvas, top=26, right=2, bottom=2, left=0),
        "xAxis": {"type": "category", "data": list(chart.categories), "axisLabel": label, **bare},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": rows,
            "axisLabel": {**label, "interval": 0},
            **bare,
        },
        "visualMap": _scale(canvas),
        "series": [series],
    }


def _top(canvas: Canvas) -> float:
    values = [value for row in canvas.chart.series for value in row.values if value is not None]
    return max(values, default=0.0) or 1.0


def _cells(canvas: Canvas, *, written: bool) -> list[Any]:
    top = _top(canvas)
    cells: list[Any] = []
    for y, row in enumerate(canvas.chart.series):
        for x, value in enumerate(row.values):
            if value is None:
                continue
            cell: Option = {"value": [x, y, value]}
            if written:
                deep = value / top > 0.58
                ink = canvas.paint("surface" if deep else "ink")
                cell["label"] = {"formatter": canvas.text(value), "color": ink}
            cells.append(cell)
    return cells


def _scale(canvas: Canvas) -> Option:
    """Seven equal steps up to the highest value, named only at their ends."""
    top = _top(canvas)
    pieces = [
        {
            "gte": top * step / STEPS if step else -1e-9,
            "lt": top * (step + 1) / STEPS if step < STEPS - 1 else top * 1.000001,
            "color": canvas.paint(f"seq{step + 1}"),
        }
        for step in range(STEPS)
    ]
    with override(canvas.language):
        more, less = pgettext("chart legend", "More"), pgettext("chart legend", "Less")
    return {
        "type": "piecewise",
        "dimension": 2,
        "pieces": pieces,
        "orient": "horizontal",
        "right": 0,
        "top": 0,
        "padding": 0,
        "itemWidth": canvas.size(14),
        "itemHeight": canvas.size(10),
        "itemGap": canvas.size(2),
        "itemSymbol": "roundRect",
        "text": [f"\u2002{more}", f"{less}\u2002"],
        "showLabel": False,
        "selectedMode": False,
        "hoverLink": False,
        "textStyle": canvas.label(),
    }
