"""Lines: ours solid, earlier dashed grey, target dotted, the usual range a band, what runs hollow."""

from __future__ import annotations

from typing import Any

from tiantang.ui.charts.axes import (
    Canvas,
    Option,
    category_axis,
    grid,
    own,
    value_axes,
    value_ticks,
    with_role,
)
from tiantang.ui.charts.model import Series, SeriesRole

CLEAR = "rgba(0,0,0,0)"
_BARE = {
    "type": "line",
    "symbol": "none",
    "showAllSymbol": True,  # else points between two written categories vanish on a narrow screen
    "silent": True,
    "emphasis": {"disabled": True},
}


def line_option(canvas: Canvas) -> Option:
    """The option of a line chart."""
    chart = canvas.chart
    lines: list[Option] = [*_band(canvas)]
    for role, draw in ((SeriesRole.TARGET, _target), (SeriesRole.PREVIOUS, _previous)):
        lines += [draw(canvas, series) for series in chart.series if series.role is role]
    for place, series in enumerate(own(chart), start=1):
        lines += _current(canvas, series, f"c{place}")
    top = 26 if chart.highlight_label else 12
    _spread_names(canvas, lines, canvas.height - canvas.size(top + 28))
    return {
        "grid": grid(canvas, top=top, right=_label_room(canvas)),
        "xAxis": category_axis(canvas, gap=False),
        "yAxis": value_axes(canvas),
        "series": lines,
    }


def _label_room(canvas: Canvas) -> float:
    """Pixels right of the plot for the names at the lines' ends, before scaling."""
    chart = canvas.chart
    named = [series.name for series in chart.series if series.role not in _BAND]
    if chart.open_last:
        named.append(chart.open_label)
    return max((canvas.width(name) / canvas.scale for name in named), default=0) + 16


def _spread_names(canvas: Canvas, lines: list[Option], height: float) -> None:
    """Move the names at the lines' ends apart where the lines end too close together.

    ``height`` is the plot's height in pixels; ECharts' own ``moveOverlap`` leaves labels of points alone.
    """
    ticks = value_ticks(canvas.chart)
    named = [
        (height * (ticks[-1] - item["value"]) / (ticks[-1] - ticks[0]), item["label"])
        for line in lines
        for item in line["data"]
        if isinstance(item, dict) and item.get("label", {}).get("position") == "right"
    ]
    named.sort(key=lambda pair: pair[0])
    gap = canvas.size(15)
    places = [place for place, _ in named]
    for number in range(1, len(places)):
        places[number] = max(places[number], places[number - 1] + gap)
    limit = height - canvas.size(4)
    for number in reversed(range(len(places))):
        places[number] = min(places[number], limit)
        limit = places[number] - gap
    for (natural, label), place in zip(named, places, strict=True):
        if abs(place - natural) >= 1:
            label["offset"] = [0, round(place - natural, 1)]


_BAND = (SeriesRole.BAND_LOW, SeriesRole.BAND_HIGH)


def _band(canvas: Canvas) -> list[Option]:
    low, high = (with_role(canvas.chart, role) for role in _BAND)
    if low is None or high is None:
        return []
    height = [
        None if bottom is None or top is None else top - bottom
        for bottom, top in zip(low.values, high.values, strict=True)
    ]
    shared = {**_BARE, "stack": "usual", "stackStrategy": "all", "lineStyle": {"opacity": 0}, "z": 1}
    area = {"color": canvas.paint("c1"), "opacity": 0.14}
    return [
        {**shared, "name": low.name, "data": list(low.values)},
        {**shared, "name": high.name, "data": height, "areaStyle": area},
    ]


def _end(canvas: Canvas, text: str, tone: str, *, bold: bool = False) -> Option:
    return {"show": True, "position": "right", "formatter": text, **canvas.label(tone, bold=bold)}


def _labelled(data: list[Any], label: Option) -> list[Any]:
    """The same data, the last value carrying an invisible point with a label."""
    last = max((place for place, value in enumerate(data) if value is not None), default=None)
    if last is None:
        return data
    if isinstance(data[last], dict):  # already drawn for another reason: a lone point, or one that is meant
        return [*data[:last], {**data[last], "label": data[last].get("label", label)}, *data[last + 1 :]]
    point = {"value": data[last], "symbol": "circle", "symbolSize": 1, "itemStyle": {"color": CLEAR}}
    return [*data[:last], {**point, "label": label}, *data[last + 1 :]]


def _dashed(canvas: Canvas, series: Series, tone: str, dash: list[float], width: float) -> Option:
    style = {
        "color": canvas.paint(tone),
        "width": canvas.size(width),
        "type": [canvas.size(part) for part in dash],
        "cap": "round" if dash[0] < 2 else "butt",
    }
    data = _labelled(list(series.values), _end(canvas, series.name, "ink" if tone == "ink" else "ink-3"))
    return {
        **_BARE,
        "name": series.name,
        "z": 2,
        "lineStyle": style,
        "itemStyle": {"color": canvas.paint(tone)},
        "data": data,
    }


def _previous(canvas: Canvas, series: Series) -> Option:
    return _dashed(canvas, series, "ink-3", [5, 4], 1.5)


def _target(canvas: Canvas, series: Series) -> Option:
    return _dashed(canvas, series, "ink", [1, 4], 1.6)


def _current(canvas: Canvas, series: Series, tone: str) -> list[Option]:
    chart = canvas.chart
    values: list[Any] = list(series.values)
    place = chart.open_place
    unfinished = values[place] if place is not None else None
    if place is not None:
        values[place] = None
    label = _end(canvas, series.name, tone if tone in _READABLE else "ink-2", bold=True)
    data = [_point(canvas, values, place, tone) for place in range(len(values))]
    drawn = {
        **_BARE,
        "name": series.name,
        "z": 4,
        "lineStyle": {"color": canvas.paint(tone), "width": canvas.size(2.5), "join": "round"},
        "itemStyle": {"color": canvas.paint(tone)},
        "data": data if unfinished is not None else _labelled(data, label),
    }
    return [drawn] if unfinished is None else [drawn, *_open(canvas, values, unfinished, label, tone)]


_READABLE = ("c1", "c2", "c3", "c5", "c7")
"""Series colours dark enough to be read as text; the pale ones take plain ink."""


def _point(canvas: Canvas, values: list[Any], place: int, tone: str) -> Any:
    """One value; a dot only where the line would not show it or where something happened."""
    chart, value = canvas.chart, values[place]
    if value is None:
        return None
    if place == chart.highlight:
        style = {"color": canvas.paint("lamp"), "borderColor": canvas.paint("ink"), "borderWidth": 1.5}
        label = {"show": bool(chart.highlight_label), "position": "top", "formatter": chart.highlight_label}
        return {
            "value": value,
            "symbol": "circle",
            "symbolSize": canvas.size(9),
            "itemStyle": style,
            "label": {**label, **canvas.label("ink", bold=True)},
        }
    around = [values[near] for near in (place - 1, place + 1) if 0 <= near < len(values)]
    if all(near is None for near in around):
        colour = {"color": canvas.paint(tone)}
        return {"value": value, "symbol": "circle", "symbolSize": canvas.size(6), "itemStyle": colour}
    return value


def _open(canvas: Canvas, values: list[Any], value: float, label: Option, tone: str) -> list[Option]:
    """The hollow point of the unfinished period, and the name of the line at its last finished height."""
    empty: list[Any] = [None] * (canvas.chart.open_place or 0)
    style = {
        "color": canvas.paint("surface"),
        "borderColor": canvas.paint(tone),
        "borderWidth": canvas.size(2),
        "opacity": 1,
    }
    hollow: Option = {"value": value, "symbol": "circle", "symbolSize": canvas.size(8), "itemStyle": style}
    if canvas.chart.open_label:
        hollow["label"] = _end(canvas, canvas.chart.open_label, "ink-3")
    last = next((entry for entry in reversed(values) if entry is not None), None)
    unlined = {**_BARE, "z": 5, "lineStyle": {"opacity": 0}}
    drawn: list[Option] = [{**unlined, "name": "", "data": [*empty, hollow]}]
    if last is not None:
        drawn.append({**unlined, "name": "", "data": _labelled([*empty, last], label)})
    return drawn
