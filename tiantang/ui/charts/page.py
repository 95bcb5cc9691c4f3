"""A chart ready for a web page: the option for the browser, the words and the table for everybody."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tiantang.ui.charts.axes import axis_start
from tiantang.ui.charts.model import Chart
from tiantang.ui.charts.option import echarts_option
from tiantang.ui.charts.palette import LIVE
from tiantang.ui.charts.table import ChartTable, chart_table, describe


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """What the macro of ``ui/chart.html`` needs. ``option`` is JSON whose colours are tokens."""

    title: str
    summary: str
    option: str
    table: ChartTable
    start: str
    height: int


def drawn(chart: Chart, height: int = 240) -> DrawnChart:
    """The chart for a page. ``start`` is where a value axis begins that does not begin at zero."""
    option = json.dumps(echarts_option(chart, LIVE, height=height), ensure_ascii=False, separators=(",", ":"))
    return DrawnChart(
        chart.title, chart.summary or describe(chart), option, chart_table(chart), axis_start(chart), height
    )
