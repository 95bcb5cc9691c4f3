"""Native tables: text, figures to the right, one row highlighted, bars drawn over their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn

from tiantang.summary.document import Cell, TableBlock
from tiantang.summary.renderers.measure import best_size, lines_needed, shorten, text_width
from tiantang.summary.renderers.palette import SEAL_TINT, board, ink, tone_ink
from tiantang.summary.renderers.pptx.ink import Run, Z, box, px, rgb, rule, write
from tiantang.ui.charts.model import Chart
from tiantang.ui.charts.numbers import format_value

HEAD, ROW, PAD = 36, 54, 14
LINE = 26
"""What each further line of a row takes."""
SIZES = (20.0, 18.0, 16.0, 14.0)
"""Type sizes of a cell, the largest that fits first."""
METER = 110


def place_table(shapes: Any, area: Sequence[float], block: TableBlock) -> float:
    """Draw the table at (x, y, width, height) and give the y where it ends."""
    x, y, width, height = area
    total = sum(column.share for column in block.columns)
    widths = [width * column.share / total for column in block.columns]
    heights = _row_heights(block, widths, height - HEAD)
    table = _grid(shapes, (x, y, width), widths, heights)
    for place, column in enumerate(block.columns):
        text = shorten(column.label, 16, widths[place] - 2 * PAD)
        _fill(table.cell(0, place), Run(text, 16, ink("ink-3")), column.number, (ink("ink"), 2))
    top = y + HEAD
    for at, (cells, row) in enumerate(zip(block.rows, heights, strict=True)):
        left = x
        for place, (column, cell) in enumerate(zip(block.columns, cells, strict=True)):
            held = table.cell(at + 1, place)
            room = (widths[place], max(1, int((row - 20) / LINE)))
            _fill_cell(held, cell, column.number, room, lit=at == block.highlight)
            if cell.meter is not None:
                _meter(shapes, (left + PAD, top + row / 2 - 4), cell)
            left += widths[place]
        top += row
    return top


def _row_heights(block: TableBlock, widths: Sequence[float], room: float) -> list[float]:
    """One line each, more where a text needs them and there is room; few rows stand further apart."""
    each = room / max(len(block.rows), 1)
    plain = min(ROW if len(block.rows) > 4 else 64, each)
    lines = [_lines(block, cells, widths) for cells in block.rows]
    heights = [plain if count == 1 else 20 + LINE * count for count in lines]
    return heights if sum(heights) <= room else [min(ROW, each)] * len(block.rows)


def _lines(block: TableBlock, cells: Sequence[Cell], widths: Sequence[float]) -> int:
    """The most lines a text of the row takes; figures stay on one."""
    return max(
        1 if column.number else lines_needed(cell.text, SIZES[0], _room(cell, width))
        for column, cell, width in zip(block.columns, cells, widths, strict=True)
    )


def _room(cell: Cell, width: float) -> float:
    return width - 2 * PAD - (METER + 12 if cell.meter is not None else 0)


def _grid(shapes: Any, area: Sequence[float], widths: Sequence[float], heights: Sequence[float]) -> Any:
    x, y, width = area
    rows = len(heights)
    frame = shapes.add_table(rows + 1, len(widths), px(x), px(y), px(width), px(HEAD + sum(heights)))
    table = frame.table
    properties = table._tbl.tblPr
    for flag in ("firstRow", "bandRow"):
        properties.set(flag, "0")
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
    for place, each in enumerate(widths):
        table.columns[place].width = px(each)
    for place, height in enumerate((HEAD, *heights)):
        table.rows[place].height = px(height)
    return table


def _fill_cell(held: Any, cell: Cell, number: bool, room: tuple[float, int], *, lit: bool) -> None:
    width, lines = room
    colour = tone_ink(cell.tone) if not cell.hue else board(cell.hue)["ink"]
    bold = number or bool(cell.hue) or cell.meter is not None
    inner = _room(cell, width)
    size, lines = best_size(cell.text, inner, tuple((size, lines) for size in SIZES))
    run = Run(shorten(cell.text, size, inner, lines), size, colour, bold)
    _fill(held, run, number, (ink("line"), 1), SEAL_TINT if lit else None)
    if cell.meter is not None:
        held.margin_left = px(PAD + METER + 12)


def _fill(held: Any, run: Run, number: bool, edge: tuple[str, float], ground: str | None = None) -> None:
    write(held.text_frame, run, align="right" if number else "left", anchor="middle")
    held.margin_left = held.margin_right = px(PAD)
    held.margin_top = held.margin_bottom = px(2)
    held.vertical_anchor = MSO_ANCHOR.MIDDLE
    properties = held._tc.get_or_add_tcPr()
    line = etree.SubElement(properties, f"{Z}lnB", w=str(px(edge[1])))
    solid = etree.SubElement(line, f"{Z}solidFill")
    etree.SubElement(solid, f"{Z}srgbClr", val=edge[0].lstrip("#").upper())
    if ground is None:
        etree.SubElement(properties, f"{Z}noFill")
    else:
        held.fill.solid()
        held.fill.fore_color.rgb = rgb(ground)


def _meter(shapes: Any, at: Sequence[float], cell: Cell) -> None:
    x, y = at
    share = max(0.0, min(1.0, cell.meter or 0))
    box(shapes, (x, y, METER, 8), ink("line"), 4)
    if share > 0:
        missed = cell.mark is not None and share < cell.mark
        box(shapes, (x, y, max(METER * share, 8), 8), ink("seal" if missed else "brand"), 4)
    if cell.mark is not None:
        place = x + METER * min(1.0, cell.mark)
        rule(shapes, (place, y - 5), (place, y + 13), ink("ink"), 2)


def place_heat(shapes: Any, area: Sequence[float], chart: Chart) -> None:
    """A heatmap as a table of tinted cells; up to twelve columns carry their figures."""
    x, y, width, height = area
    longest = max((text_width(series.name, 16) for series in chart.series), default=40)
    names = min(longest + PAD, width * 0.3)
    columns = len(chart.categories)
    rows = len(chart.series)
    row = min(52.0, (height - HEAD) / max(rows, 1))
    each = (width - names) / max(columns, 1)
    table = _grid(shapes, (x, y, width), [names, *[each] * columns], [row] * rows)
    written = columns <= 12
    every = 1 if written else 3
    top = (
        max((value for series in chart.series for value in series.values if value is not None), default=0)
        or 1
    )
    for place, name in enumerate(("", *chart.categories)):
        shown = name if place == 0 or (place - 1) % every == 0 else ""
        _tint(table.cell(0, place), shown, None, align="center", wide=not written)
    for at, series in enumerate(chart.series, start=1):
        _tint(table.cell(at, 0), shorten(series.name, 16, names), None, align="left")
        for place, value in enumerate(series.values, start=1):
            text = _written(chart, value) if written and value is not None else ""
            _tint(table.cell(at, place), text, None if value is None else value / top)


def _written(chart: Chart, value: float) -> str:
    return format_value(
        round(value, 2) if chart.percent else value, chart.language or "en", percent=chart.percent
    )


def _tint(held: Any, text: str, share: float | None, *, align: str = "center", wide: bool = False) -> None:
    step = None if share is None else min(7, int(share * 7) + 1)
    colour = ink("ink-2") if step is None else ("#ffffff" if step >= 5 else ink("ink"))
    write(
        held.text_frame,
        Run(text, 14 if step or wide else 15, colour, step is not None),
        align=align,
        anchor="middle",
    )
    held.text_frame.word_wrap = not wide
    held.vertical_anchor = MSO_ANCHOR.MIDDLE
    held.margin_left = held.margin_right = held.margin_top = held.margin_bottom = px(1)
    properties = held._tc.get_or_add_tcPr()
    for side in ("lnL", "lnR", "lnT", "lnB"):
        line = etree.SubElement(properties, Z + side, w=str(px(1.5)))
        solid = etree.SubElement(line, f"{Z}solidFill")
        etree.SubElement(solid, f"{Z}srgbClr", val=ink("surface").lstrip("#").upper())
    if step is None:
        etree.SubElement(properties, f"{Z}noFill")
        return
    held.fill.solid()
    held.fill.fore_color.rgb = rgb(ink(f"seq{step}"))
