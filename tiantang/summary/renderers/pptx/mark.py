"""The mark, 天 drawn as a gate on a ticket, and the large gate of the cover, as native shapes."""

from __future__ import annotations

from collections.abc import Sequence
from math import acos, cos, sin
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from tiantang.summary.renderers.pptx.ink import Z, box, dot, paint, px, rgb

Move = tuple[Any, ...]

TICKET: tuple[Move, ...] = (
    ("M", 8, 3),
    ("L", 40, 3),
    ("A", 5, 270, 90),
    ("L", 45, 19),
    ("A", 5, 270, -180),
    ("L", 45, 40),
    ("A", 5, 0, 90),
    ("L", 8, 45),
    ("A", 5, 90, 90),
    ("L", 3, 29),
    ("A", 5, 90, -180),
    ("L", 3, 8),
    ("A", 5, 180, 90),
    ("Z",),
)
LEFT: tuple[Move, ...] = (("M", 24, 12.5), ("L", 24, 20.5), ("C", 24, 28, 19, 34, 11, 37.3))
RIGHT: tuple[Move, ...] = (("M", 24, 20.5), ("C", 24, 28, 29, 34, 37, 37.3))
GATE_LEFT: tuple[Move, ...] = (("M", 300, 96), ("L", 300, 226), ("C", 300, 356, 224, 472, 64, 536))
GATE_RIGHT: tuple[Move, ...] = (("M", 300, 226), ("C", 300, 356, 376, 472, 536, 536))


def _step(path: Any, move: Move, grid: int) -> None:
    names = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo", "A": "arcTo", "Z": "close"}
    step = etree.SubElement(path, Z + names[move[0]])
    if move[0] == "A":
        radius, start, sweep = move[1:]
        for key, value in (("wR", radius * grid), ("hR", radius * grid)):
            step.set(key, str(round(value)))
        step.set("stAng", str(start * 60000))
        step.set("swAng", str(sweep * 60000))
        return
    for x, y in zip(move[1::2], move[2::2], strict=True):
        etree.SubElement(step, f"{Z}pt", x=str(round(x * grid)), y=str(round(y * grid)))


def outline(shapes: Any, area: Sequence[float], view: float, moves: Sequence[Move], *, filled: bool) -> Any:
    """A shape drawn by ``moves`` in a square of ``view`` units, placed at (x, y) with a side."""
    x, y, side = area
    shape = box(shapes, (x, y, side, side), "#000000")
    geometry = shape._element.spPr
    preset = geometry.find(qn("a:prstGeom"))
    custom = etree.Element(f"{Z}custGeom")
    for part in ("avLst", "gdLst", "ahLst", "cxnLst"):
        etree.SubElement(custom, Z + part)
    etree.SubElement(custom, f"{Z}rect", l="0", t="0", r="r", b="b")
    grid = 100
    extent = str(round(view * grid))
    path = etree.SubElement(etree.SubElement(custom, f"{Z}pathLst"), f"{Z}path", w=extent, h=extent)
    if not filled:
        path.set("fill", "none")
    for move in moves:
        _step(path, move, grid)
    geometry.replace(preset, custom)
    return shape


def _stroke(
    shapes: Any, area: Sequence[float], view: float, moves: Sequence[Move], ink: tuple[str, float]
) -> None:
    shape = paint(outline(shapes, area, view, moves, filled=False), None, ink[0], ink[1] * area[2] / view)
    shape.line.color.rgb = rgb(ink[0])
    shape._element.spPr.find(qn("a:ln")).set("cap", "flat")


def draw_mark(shapes: Any, x: float, y: float, side: float, paper: str, gate: str, sun: str) -> None:
    """The mark in a square: a ticket of ``paper``, the gate, the sun in its doorway."""
    unit = side / 48
    ticket = paint(outline(shapes, (x, y, side), 48, TICKET, filled=True), paper)
    ticket.name = "mark"
    dot(shapes, x + 24 * unit, y + 36.5 * unit, 4.5 * unit, sun)
    box(shapes, (x + 13.7 * unit, y + 10.7 * unit, 20.6 * unit, 3.6 * unit), gate)
    box(shapes, (x + 10.7 * unit, y + 18.7 * unit, 26.6 * unit, 3.6 * unit), gate)
    for half in (LEFT, RIGHT):
        _stroke(shapes, (x, y, side), 48, half, (gate, 3.6))


def draw_gate(shapes: Any, x: float, y: float, side: float, gate: str, sun: str, floor: float) -> None:
    """The large gate of the cover with the sun rising behind its threshold, cut at the slide's edge."""
    unit = side / 600
    centre, radius = y + 556 * unit, 98 * unit
    cut = paint(_risen(shapes, (x + 300 * unit, centre), radius, floor), sun)
    cut.name = "sun"
    for left, width, top in ((121, 358, 67), (67, 466, 197)):
        box(shapes, (x + left * unit, y + top * unit, width * unit, 58 * unit), gate)
    for half in (GATE_LEFT, GATE_RIGHT):
        _stroke(shapes, (x, y, side), 600, half, (gate, 58))


def _risen(shapes: Any, centre: Sequence[float], radius: float, floor: float) -> Any:
    """The part of a circle above ``floor``, as a polygon fine enough to look round."""
    half = acos(max(-1.0, min(1.0, (centre[1] - floor) / radius)))
    steps = 96
    angles = [-half + 2 * half * step / steps for step in range(steps + 1)]
    points = [(centre[0] + radius * sin(a), centre[1] - radius * cos(a)) for a in angles]
    builder = shapes.build_freeform(px(points[0][0]), px(points[0][1]))
    builder.add_line_segments([(px(a), px(b)) for a, b in points[1:]], close=True)
    return builder.convert_to_shape()
