"""One function that turns a chart into an ECharts option: for the page, the PDF and the slides alike."""

from __future__ import annotations

from typing import Any

from tiantang.ui.charts.axes import Canvas, language_of
from tiantang.ui.charts.bars import lying_option, standing_option
from tiantang.ui.charts.heat import heat_option
from tiantang.ui.charts.lines import line_option
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole
from tiantang.ui.charts.palette import FONTS, paint_for

_DRAW = {
    ChartKind.LINE: line_option,
    ChartKind.BARS: standing_option,
    ChartKind.STACKED: standing_option,
    ChartKind.ROWS: lying_option,
    ChartKind.FUNNEL: lying_option,
    ChartKind.HEATMAP: heat_option,
}


def echarts_option(
    chart: Chart, theme: str = "light", scale: float = 1.0, height: float = 240
) -> dict[str, Any]:
    """The ECharts option of a chart: plain JSON, every label already written.

    ``theme`` is ``light``, ``dark`` or ``live`` (colours stay tokens like ``$c1``, the page resolves them).
    ``scale`` enlarges texts and lines together, for slides; ``height`` in pixels
    is needed to keep the names at the ends of lines apart. The key ``tiantang`` holds the ready texts that
    the page shows when someone points at the chart; ECharts itself does not know it.
    """
    canvas = Canvas(chart, paint_for(theme), scale, language_of(chart), height)
    option = _DRAW[chart.kind](canvas)
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONTS, **canvas.label()},
        **option,
        "tiantang": {"kind": chart.kind.value, "categories": list(chart.categories), "rows": _rows(canvas)},
    }


def _rows(canvas: Canvas) -> list[dict[str, Any]]:
    """Name, colour and written values of each series, in the order in which they are told."""
    rows: list[dict[str, Any]] = []
    place = 0
    for series in canvas.chart.series:
        place += series.role is SeriesRole.CURRENT
        rows.append(
            {
                "name": series.name,
                "colour": canvas.paint(_colour(series, place)),
                "role": series.role.value,
                "texts": [canvas.text(value) for value in series.values],
            }
        )
    return rows


def _colour(series: Series, place: int) -> str:
    if series.role is SeriesRole.CURRENT:
        return f"c{(place - 1) % 8 + 1}"
    return "ink" if series.role is SeriesRole.TARGET else "ink-3"
