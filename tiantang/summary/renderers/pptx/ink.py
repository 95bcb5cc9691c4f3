"""Drawing on a slide: boxes, words, circles, perforations and the mark, in pixels of a 1280 × 720 slide.

One pixel is one point, so a type size means the same here as in look.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

PIXEL = 12700
WIDTH, HEIGHT = 1280, 720
Z = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def px(pixels: float) -> Emu:
    """Pixels as the slide's unit of length."""
    return Emu(round(pixels * PIXEL))


def rgb(colour: str) -> RGBColor:
    """``#rrggbb`` as a colour."""
    parsed: RGBColor = RGBColor.from_string(colour.lstrip("#").upper())
    return parsed


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    size: float = 18
    colour: str = "#082324"
    bold: bool = False


def paint(shape: Any, fill: str | None, line: str | None = None, width: float = 1) -> Any:
    """Fill and outline of a shape; None for neither."""
    if fill is None:
        shape.fill.background()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    if line is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb = rgb(line)
        shape.line.width = px(width)
    style = shape._element.find(qn("p:style"))
    if style is not None:  # the theme's shadow and effects
        shape._element.remove(style)
    return shape


def box(shapes: Any, area: Sequence[float], fill: str, radius: float = 0, name: str = "") -> Any:
    """A filled rectangle (x, y, width, height) with round corners."""
    x, y, w, h = area
    kind = MSO_SHAPE.ROUNDED_RECTANGLE if radius else MSO_SHAPE.RECTANGLE
    shape = paint(shapes.add_shape(kind, px(x), px(y), px(w), px(h)), fill)
    if radius:
        shape.adjustments[0] = min(radius / min(w, h), 0.5)
    shape.name = name or shape.name
    return shape


def dot(shapes: Any, x: float, y: float, radius: float, fill: str) -> Any:
    """A filled circle around (x, y)."""
    side = px(2 * radius)
    return paint(shapes.add_shape(MSO_SHAPE.OVAL, px(x - radius), px(y - radius), side, side), fill)


def perforation(shapes: Any, start: Sequence[float], end: Sequence[float], colour: str, width: float) -> Any:
    """A row of round holes from one point to another: a dotted line, native in every slide editor."""
    line = shapes.add_connector(1, px(start[0]), px(start[1]), px(end[0]), px(end[1]))
    line.line.color.rgb = rgb(colour)
    line.line.width = px(width)
    style = line._element.find(qn("p:style"))
    if style is not None:
        line._element.remove(style)
    stroke = line._element.spPr.find(qn("a:ln"))
    stroke.set("cap", "rnd")
    dash = etree.SubElement(stroke, f"{Z}custDash")
    etree.SubElement(dash, f"{Z}ds", d="1000", sp="200000")
    return line


def rule(shapes: Any, start: Sequence[float], end: Sequence[float], colour: str, width: float = 1) -> Any:
    """A straight line."""
    line = shapes.add_connector(1, px(start[0]), px(start[1]), px(end[0]), px(end[1]))
    line.line.color.rgb = rgb(colour)
    line.line.width = px(width)
    return line


def words(
    shapes: Any,
    area: Sequence[float],
    runs: Run | Sequence[Run | Sequence[Run]],
    *,
    align: str = "left",
    anchor: str = "top",
    spacing: float = 1.0,
    gap: float = 0,
    vertical: str = "",
    name: str = "",
) -> Any:
    """A text box with one paragraph per item; an item of several runs is one paragraph of several styles."""
    x, y, w, h = area
    shape = shapes.add_textbox(px(x), px(y), px(w), px(h))
    shape.name = name or shape.name
    write(shape.text_frame, runs, align=align, anchor=anchor, spacing=spacing, gap=gap, vertical=vertical)
    return shape


def write(
    frame: Any,
    runs: Run | Sequence[Run | Sequence[Run]],
    *,
    align: str = "left",
    anchor: str = "top",
    spacing: float = 1.0,
    gap: float = 0,
    vertical: str = "",
) -> None:
    """Fill a text frame; see ``words``."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}[
        anchor
    ]
    if vertical:
        frame._txBody.find(qn("a:bodyPr")).set("vert", vertical)
    for place, item in enumerate([runs] if isinstance(runs, Run) else runs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}[
            align
        ]
        paragraph.line_spacing = spacing
        paragraph.space_before = Pt(gap) if place else Pt(0)
        for run in [item] if isinstance(item, Run) else item:
            _add_run(paragraph, run)


def _add_run(paragraph: Any, run: Run) -> None:
    added = paragraph.add_run()
    added.text = run.text
    added.font.size = Pt(run.size)
    added.font.bold = run.bold
    added.font.color.rgb = rgb(run.colour)
    han = any(ord(sign) >= 0x2E80 for sign in run.text)
    properties = added._r.get_or_add_rPr()
    properties.set("lang", "zh-CN" if han else "en-US")
    properties.set("altLang", "en-US" if han else "zh-CN")
    properties.set("noProof", "1")


def fade(shape: Any, percent: float) -> Any:
    """Make a filled shape see-through: ``percent`` of its ink stays."""
    colour = shape._element.spPr.find(qn("a:solidFill"))[0]
    etree.SubElement(colour, f"{Z}alpha", val=str(round(percent * 1000)))
    return shape
