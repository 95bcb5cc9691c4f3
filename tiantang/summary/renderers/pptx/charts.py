"""Native charts from the same Chart that web page and PDF draw: editable, with their numbers inside."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from tiantang.summary.renderers.palette import ink
from tiantang.summary.renderers.pptx.ink import Z, px, rgb
from tiantang.ui.charts.axes import value_ticks
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
KINDS = {
    ChartKind.LINE: XL_CHART_TYPE.LINE,
    ChartKind.BARS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    ChartKind.STACKED: XL_CHART_TYPE.COLUMN_STACKED,
    ChartKind.ROWS: XL_CHART_TYPE.BAR_CLUSTERED,
    ChartKind.FUNNEL: XL_CHART_TYPE.BAR_CLUSTERED,
}
LYING = frozenset({ChartKind.ROWS, ChartKind.FUNNEL})
NATIVE = frozenset(KINDS)
"""Kinds that become chart parts; a heatmap becomes a table of tinted cells."""

LABEL = 14


def place_chart(shapes: Any, area: Sequence[float], chart: Chart) -> Any:
    """Put a native chart into (x, y, width, height)."""
    data: Any = CategoryChartData(number_format=_format(chart))
    data.categories = chart.categories
    for series in _ordered(chart):
        data.add_series(series.name, series.values)
    frame = shapes.add_chart(KINDS[chart.kind], *map(px, area), data)
    frame.name = chart.title
    frame._element.find(".//" + qn("p:cNvPr")).set("descr", chart.summary)
    drawn = frame.chart
    drawn.font.size = Pt(LABEL)
    drawn.font.color.rgb = rgb(ink("ink-3"))
    drawn.has_title = False
    _legend(drawn, chart)
    _axes(drawn, chart)
    _series(drawn, chart)
    if chart.kind is ChartKind.LINE:
        _band(drawn, chart)
    return frame


def _format(chart: Chart) -> str:
    if chart.percent:
        return "0%" if max(_values(chart), default=1) >= 0.1 else "0.0%"
    return "#,##0" if max(_values(chart), default=0) >= 10 else "#,##0.##"


def _values(chart: Chart) -> list[float]:
    return [value for series in chart.series for value in series.values if value is not None]


def _ordered(chart: Chart) -> list[Series]:
    """The series as the chart's sheet holds them: the band as its floor and its height."""
    low = next((series for series in chart.series if series.role is SeriesRole.BAND_LOW), None)
    high = next((series for series in chart.series if series.role is SeriesRole.BAND_HIGH), None)
    others = [s for s in chart.series if s.role not in (SeriesRole.BAND_LOW, SeriesRole.BAND_HIGH)]
    if low is None or high is None:
        return others
    height = tuple(
        None if a is None or b is None else b - a for a, b in zip(low.values, high.values, strict=True)
    )
    return [*others, low, Series(high.name, height, SeriesRole.BAND_HIGH)]


def _legend(drawn: Any, chart: Chart) -> None:
    """A legend only where more than one series has a name worth telling."""
    told = [series for series in chart.series if series.role is not SeriesRole.BAND_LOW]
    drawn.has_legend = len(told) > 1
    if not drawn.has_legend:
        return
    drawn.legend.position = XL_LEGEND_POSITION.TOP
    drawn.legend.include_in_layout = False
    drawn.legend.font.size = Pt(LABEL)
    drawn.legend.font.color.rgb = rgb(ink("ink-2"))
    if any(series.role is SeriesRole.BAND_LOW for series in chart.series):
        entry = etree.Element(f"{C}legendEntry")  # areas come first: entry 0 is the band's unseen floor
        etree.SubElement(entry, f"{C}idx", val="0")
        etree.SubElement(entry, f"{C}delete", val="1")
        drawn.legend._element.insert(1, entry)


def _axes(drawn: Any, chart: Chart) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    values.has_major_gridlines = chart.kind not in LYING
    if values.has_major_gridlines:
        values.major_gridlines.format.line.color.rgb = rgb(ink("line"))
        values.major_gridlines.format.line.width = px(0.75)
    values.format.line.fill.background()
    values.tick_labels.font.size = names.tick_labels.font.size = Pt(LABEL)
    values.tick_labels.number_format = _format(chart)
    values.tick_labels.number_format_is_linked = False
    values.major_tick_mark = names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb(ink("line"))
    names.tick_labels.font.color.rgb = rgb(ink("ink-2"))
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    ticks = value_ticks(chart)
    values.minimum_scale = 0 if chart.kind in LYING else ticks[0]
    if chart.kind not in LYING:
        values.maximum_scale, values.major_unit = ticks[-1], ticks[1] - ticks[0]
    _thin_labels(drawn, chart)
    if chart.kind in LYING:
        names.reverse_order = True
        names.format.line.fill.background()
        names.tick_labels.font.size = Pt(18 if chart.kind is ChartKind.FUNNEL else 16)
        values.visible = False


def _thin_labels(drawn: Any, chart: Chart) -> None:
    """Write every n-th category when all would not fit side by side, and never slanting."""
    names = drawn.category_axis
    turn = names._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    turn.set("rot", "1")  # nought would let LibreOffice write labels over each other
    turn.set("vert", "horz")
    if chart.kind in LYING or len(chart.categories) <= 8:
        return
    every = -(-len(chart.categories) // 7)
    if len(chart.categories) in range(28, 32):
        every = 5
    for tag in ("tickLblSkip", "tickMarkSkip"):
        element = etree.Element(C + tag, val=str(every))
        axis = names._element
        before = axis.find(qn("c:noMultiLvlLbl"))
        if before is None:
            axis.append(element)
        else:
            before.addprevious(element)
    _blank_names(drawn, every)


def _blank_names(drawn: Any, every: int) -> None:
    """The same for editors that read no skips: other names go from the drawing, not from its sheet."""
    for cache in drawn._chartSpace.findall(f".//{C}cat//{C}strCache"):
        for point in cache.findall(f"{C}pt"):
            if int(point.get("idx")) % every:
                point.find(f"{C}v").text = ""


def _series(drawn: Any, chart: Chart) -> None:
    plot = drawn.plots[0]
    if chart.kind is not ChartKind.LINE:
        plot.gap_width = 60
        plot.overlap = 100 if chart.kind is ChartKind.STACKED else -8
    own = 0
    for series, said in zip(plot.series, _ordered(chart), strict=True):
        if said.role is SeriesRole.CURRENT:
            own += 1
        colour = ink(f"c{own}") if said.role is SeriesRole.CURRENT else ink("ink-3")
        if chart.kind is ChartKind.LINE:
            _line(series, said, colour, chart)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = rgb(
                colour if said.role is SeriesRole.CURRENT else ink("line")
            )
            series.invert_if_negative = False
    if chart.kind in LYING:
        _row_labels(plot, chart)
    if chart.highlight is not None and chart.kind in (ChartKind.BARS, *LYING):
        point = plot.series[0].points[chart.highlight]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(ink("c2"))


def _line(series: Any, said: Series, colour: str, chart: Chart) -> None:
    line = series.format.line
    line.color.rgb = rgb(ink("ink") if said.role is SeriesRole.TARGET else colour)
    line.width = px(3 if said.role is SeriesRole.CURRENT else 1.75)
    if said.role is SeriesRole.PREVIOUS:
        line.dash_style = MSO_LINE.DASH
    elif said.role is SeriesRole.TARGET:
        line.dash_style = MSO_LINE.ROUND_DOT
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    if said.role is not SeriesRole.CURRENT:
        return
    marked = {chart.highlight: ink("lamp")} if chart.highlight is not None else {}
    if chart.open_place is not None and said.values[chart.open_place] is not None:
        marked[chart.open_place] = ink("surface")
    for place, fill in marked.items():
        marker = series.points[place].marker
        marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 9
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = rgb(fill)
        marker.format.line.color.rgb = rgb(colour)


def _row_labels(plot: Any, chart: Chart) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _format(chart), False
    labels.font.size, labels.font.bold = Pt(16), True
    labels.font.color.rgb = rgb(ink("ink"))


def _band(drawn: Any, chart: Chart) -> None:
    """The usual range behind the lines: its two series move into a stacked area on the same axes."""
    place = next(
        (at for at, series in enumerate(_ordered(chart)) if series.role is SeriesRole.BAND_LOW), None
    )
    if place is None:
        return
    lines = drawn._chartSpace.find(".//" + qn("c:lineChart"))
    moved = lines.findall(qn("c:ser"))[place : place + 2]
    area = etree.Element(f"{C}areaChart")
    etree.SubElement(area, f"{C}grouping", val="stacked")
    etree.SubElement(area, f"{C}varyColors", val="0")
    for series, colour in zip(moved, (None, ink("c1")), strict=True):
        for tag in ("c:marker", "c:smooth", "c:dPt"):
            for child in series.findall(qn(tag)):
                series.remove(child)
        _fill(series, colour)
        area.append(series)
    for axis in lines.findall(qn("c:axId")):
        area.append(deepcopy(axis))
    lines.addprevious(area)


def _fill(series: Any, colour: str | None) -> None:
    shape = series.find(qn("c:spPr"))
    for child in list(shape):
        shape.remove(child)
    if colour is None:
        etree.SubElement(shape, f"{Z}noFill")
    else:
        solid = etree.SubElement(shape, f"{Z}solidFill")
        etree.SubElement(
            etree.SubElement(solid, f"{Z}srgbClr", val=colour.lstrip("#").upper()), f"{Z}alpha", val="14000"
        )
    etree.SubElement(etree.SubElement(shape, f"{Z}ln"), f"{Z}noFill")
