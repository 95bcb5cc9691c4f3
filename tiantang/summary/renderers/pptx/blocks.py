"""Each kind of block in its place on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from tiantang.summary.document import (
    ChartBlock,
    Finding,
    Findings,
    Kpis,
    Statement,
    Statements,
    Summary,
    TableBlock,
    Tile,
    Tone,
)
from tiantang.summary.renderers.measure import best_size, lines_needed, shorten, text_width
from tiantang.summary.renderers.palette import BRAND_INK, SEAL_INK, ink, tone_ink
from tiantang.summary.renderers.pptx.charts import NATIVE, place_chart
from tiantang.summary.renderers.pptx.ink import Run, box, dot, fade, paint, perforation, px, words
from tiantang.summary.renderers.pptx.tables import place_heat, place_table

Area = Sequence[float]


@singledispatch
def place_block(block: object, shapes: Any, area: Area, summary: Summary) -> None:
    """Draw a block into (x, y, width, height)."""
    raise TypeError(f"no slide form for {type(block).__name__}")


STRIP = 64
"""Height of a tile's stub, where its comparisons stand."""


@place_block.register
def _(block: Kpis, shapes: Any, area: Area, summary: Summary) -> None:
    x, y, width, height = area
    count = len(block.tiles)
    columns = count if count <= 3 else (2 if count == 4 else 3)
    rows = -(-count // columns)
    gap = 18
    wide = (width - gap * (columns - 1)) / columns
    high = min((height - gap * (rows - 1)) / rows, 300)
    top = y + max(0, (height - rows * high - gap * (rows - 1)) / 3)
    for place, tile in enumerate(block.tiles):
        left = x + (wide + gap) * (place % columns)
        _tile(shapes, (left, top + (high + gap) * (place // columns), wide, high), tile)


def _tile(shapes: Any, area: Area, tile: Tile) -> None:
    x, y, width, height = area
    box(shapes, area, ink("paper"), 8)
    cut = y + height - STRIP
    room = width - 44
    words(shapes, (x + 22, y + 18, room, 28), Run(shorten(tile.label, 19, room), 19, ink("ink-2")))
    size = best_size(
        tile.value, room - text_width(f" {tile.unit}", 20), ((60.0, 1), (48.0, 1), (38.0, 1), (30.0, 1))
    )[0]
    figure = [Run(tile.value, size, ink("ink"), bold=True)]
    if tile.unit:
        figure.append(Run(f" {tile.unit}", 20, ink("ink-3")))
    words(shapes, (x + 22, y + 46, room, 76), [figure], anchor="middle", name=tile.figure)
    if tile.note:
        words(shapes, (x + 22, y + 124, room, 44), Run(shorten(tile.note, 15, room, 2), 15, ink("ink-3")))
    elif len([value for value in tile.spark if value is not None]) > 2:
        top = max(cut - 62, y + 124)  # below the figure, however low the tile is
        _spark(shapes, (x, top, width, max(cut - 6 - top, 16)), tile.spark)
    if not tile.deltas:
        return
    perforation(shapes, (x + 12, cut), (x + width - 12, cut), ink("surface"), 3)
    for edge in (x, x + width):
        dot(shapes, edge, cut, 8, ink("surface"))
    _deltas(shapes, (x + 22, cut + 9, room, STRIP - 14), tile)


def _deltas(shapes: Any, area: Area, tile: Tile) -> None:
    x, y, width, height = area
    each = width / max(len(tile.deltas), 3)
    for place, delta in enumerate(tile.deltas[:3]):
        label = Run(shorten(delta.label, 14, each + 4), 14, ink("ink-3"))
        figure = Run(shorten(delta.text, 17, each), 17, tone_ink(delta.tone, "ink-2"), bold=True)
        words(shapes, (x + each * place, y, each, height), [label, figure], spacing=0.95)


def _spark(shapes: Any, area: Area, values: Sequence[float | None]) -> None:
    """The course through the period: an area and its edge, drawn as shapes."""
    x, y, width, height = area
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    span = (high - low) or 1
    step = width / (len(values) - 1)
    points = [
        (x + place * step, y + height - 4 - (height - 8) * ((value - low) / span if high > low else 0.5))
        for place, value in enumerate(values)
        if value is not None
    ]
    ground = [(points[0][0], y + height + 6), *points, (points[-1][0], y + height + 6)]
    fade(paint(_path(shapes, ground, close=True), ink("c1")), 16)
    paint(_path(shapes, points, close=False), None, ink("c1"), 2.5)


def _path(shapes: Any, points: Sequence[tuple[float, float]], *, close: bool) -> Any:
    builder = shapes.build_freeform(px(points[0][0]), px(points[0][1]))
    builder.add_line_segments([(px(a), px(b)) for a, b in points[1:]], close=close)
    return builder.convert_to_shape()


@place_block.register
def _(block: ChartBlock, shapes: Any, area: Area, summary: Summary) -> None:
    x, y, width, height = area
    chart_width = width * 0.62 if block.statements else width
    caption = Run(shorten(block.chart.title, 16, chart_width), 16, ink("ink-2"))
    words(shapes, (x, y, chart_width, 26), caption)
    note = block.chart.note
    room = height - 30 - (24 if note else 0)
    if block.chart.kind in NATIVE:
        place_chart(shapes, (x - 6, y + 28, chart_width + 6, room), block.chart)
    else:
        place_heat(shapes, (x, y + 34, chart_width, room - 10), block.chart)
    if note:
        said = Run(shorten(note, 14, chart_width), 14, ink("ink-3"))
        words(shapes, (x, y + height - 22, chart_width, 22), said)
    if block.statements:
        left = x + chart_width + 36
        _statements(shapes, (left, y + 20, x + width - left, height - 30), block.statements[:3])


def _statements(shapes: Any, area: Area, items: Sequence[Statement]) -> None:
    """Claims one below the other, in the middle of their column."""
    x, y, width, height = area
    inner = width - 20
    heights = [_statement_height(item, inner) for item in items]
    gap = min(30.0, (height - sum(heights)) / max(len(items) + 1, 1))
    top = y + (height - sum(heights) - gap * (len(items) - 1)) / 2
    for item, high in zip(items, heights, strict=True):
        _statement(shapes, (x, top, width, high), item)
        top += high + gap


def _statement_height(item: Statement, width: float) -> float:
    titles = min(lines_needed(item.title, 22, width), 3)
    texts = min(lines_needed(item.text, 18, width), 4) if item.text else 0
    return titles * 30 + texts * 26 + (4 if texts else 0)


def _statement(shapes: Any, area: Area, item: Statement) -> None:
    x, y, width, height = area
    edge = ink("seal") if item.tone is Tone.BAD else ink("brand")
    box(shapes, (x, y, 4, height), edge)
    inner = width - 20
    runs = [Run(shorten(item.title, 22, inner, 3), 22, ink("ink"), bold=True)]
    if item.text:
        runs.append(Run(shorten(item.text, 18, inner, 4), 18, ink("ink-2")))
    words(shapes, (x + 20, y, inner, height), runs, gap=4, anchor="middle", name=item.figure)


@place_block.register
def _(block: Statements, shapes: Any, area: Area, summary: Summary) -> None:
    """Two columns of claims on paper."""
    x, y, width, height = area
    columns = 1 if len(block.items) <= 2 else 2
    rows = -(-len(block.items) // columns)
    gap = 18
    wide = (width - gap * (columns - 1)) / columns
    high = min((height - gap * (rows - 1)) / max(rows, 1), 235)
    for place, item in enumerate(block.items):
        left, top = x + (wide + gap) * (place % columns), y + (high + gap) * (place // columns)
        box(shapes, (left, top, wide, high), ink("paper"), 12)
        box(shapes, (left, top + 18, 5, high - 36), ink("seal" if item.tone is Tone.BAD else "brand"))
        inner = wide - 56
        lines = max(1, int((high - 64) / 26))
        runs = [
            Run(shorten(item.title, 22, inner, 1 if high < 140 else 2), 22, ink("ink"), bold=True),
            Run(shorten(item.text, 18, inner, lines), 18, ink("ink-2")),
        ]
        words(shapes, (left + 28, top + 12, inner, high - 24), runs, gap=4, anchor="middle", name=item.figure)


@place_block.register
def _(block: TableBlock, shapes: Any, area: Area, summary: Summary) -> None:
    x, y, width, height = area
    lines = lines_needed(block.conclusion, 22, width - 24) if block.conclusion else 0
    foot = (16 + 32 * min(lines, 2)) if lines else 0
    foot += 24 if block.more else 0
    end = place_table(shapes, (x, y, width, height - foot), block)
    if block.more:
        words(shapes, (x, end + 4, width, 22), Run(shorten(block.more, 14, width), 14, ink("ink-3")))
        end += 24
    if block.conclusion:
        edge = ink("seal") if block.conclusion_tone is Tone.BAD else ink("brand")
        box(shapes, (x, end + 14, 4, foot - 14 - (24 if block.more else 0)), edge)
        told = Run(shorten(block.conclusion, 22, width - 24, 2), 22, ink("ink"), bold=True)
        words(shapes, (x + 20, end + 12, width - 20, 34 * min(lines, 2)), told)


@place_block.register
def _(block: Findings, shapes: Any, area: Area, summary: Summary) -> None:
    x, y, width, height = area
    wide = (width - 28) / 2
    phrases = summary.phrases
    sides = (
        (phrases.good, BRAND_INK, block.good, block.nothing_good),
        (phrases.bad, SEAL_INK, block.bad, block.nothing_bad),
    )
    for place, (name, colour, items, nothing) in enumerate(sides):
        left = x + (wide + 28) * place
        box(shapes, (left, y, wide, height), ink("paper"), 12)
        sign = "✓" if place == 0 else "!"
        dot(shapes, left + 41, y + 38, 13, colour)
        words(
            shapes,
            (left + 28, y + 25, 26, 26),
            Run(sign, 16, "#ffffff", bold=True),
            align="center",
            anchor="middle",
        )
        words(shapes, (left + 64, y + 22, wide - 90, 32), Run(name, 22, colour, bold=True), anchor="middle")
        if not items:
            words(shapes, (left + 28, y + 76, wide - 56, 80), Run(nothing, 18, ink("ink-2")))
        high = (height - 76) / max(len(items[:3]), 2)
        for at, item in enumerate(items[:3]):
            if at:
                line = y + 68 + high * at
                perforation(shapes, (left + 28, line), (left + wide - 28, line), ink("surface"), 3)
            _finding(shapes, (left + 28, y + 70 + high * at, wide - 56, high), item, summary)


def _finding(shapes: Any, area: Area, item: Finding, summary: Summary) -> None:
    x, y, width, height = area
    size = best_size(item.value, 170, ((38.0, 1), (30.0, 1), (24.0, 1)))[0]
    stub = summary.figures[item.figure].serial if item.figure in summary.figures else ""
    right = max(text_width(item.value, size) + 8, 110)
    left = width - right - 16
    titles = min(lines_needed(item.title, 21, left), 2)
    texts = max(1, int((height - titles * 28 - 28) / 23))  # the stub keeps the last line
    runs = [
        Run(shorten(item.title, 21, left, 2), 21, ink("ink"), bold=True),
        Run(shorten(item.text, 17, left, texts), 17, ink("ink-2")),
    ]
    if stub:
        runs.append(Run(shorten(stub, 14, left), 14, ink("ink-3")))
    words(shapes, (x, y, left, height), runs, anchor="middle", gap=3)
    figure = Run(item.value, size, ink("ink"), bold=True)
    place = (x + left + 16, y, right, height)
    words(shapes, place, figure, align="right", anchor="middle", name=item.figure)
