"""The empty deck: theme, master and the layouts that carry our brand."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from tiantang.summary.renderers.palette import ON_GATE_2, ON_LAMP, ink
from tiantang.summary.renderers.pptx.ink import HEIGHT, WIDTH, Run, Z, box, dot, perforation, px, rgb, words
from tiantang.summary.renderers.pptx.mark import draw_gate, draw_mark

STUB = 1190
"""Where the sheet ends and the stub begins: 90 pixels of stub and the dotted line."""

LATIN, HAN = "Arial", "Microsoft YaHei"
COVER, SHEET, DIVIDER = "Cover", "Sheet", "Chapter"

ACCENTS = ("c1", "c2", "c3", "c4", "c5", "c6")


def open_stage() -> Any:
    """A presentation with one master, three layouts and no slide."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = px(WIDTH), px(HEIGHT)
    _dress_theme(deck.slide_master)
    _dress_master(deck.slide_master)
    layouts = list(deck.slide_layouts)
    for layout in layouts[3:]:
        deck.slide_layouts.remove(layout)
    bench = deck.slides.add_slide(layouts[2])
    for layout, name, draw in zip(
        layouts[:3], (COVER, SHEET, DIVIDER), (_draw_cover, _draw_sheet, _draw_chapter), strict=True
    ):
        _empty(layout)
        layout.name = name
        _clear(bench.shapes._spTree)
        draw(bench.shapes)
        _move(bench.shapes._spTree, layout.shapes._spTree)
    _background(layouts[0], ink("gate"))
    _background(layouts[1], ink("surface"))
    _background(layouts[2], ink("gate"))
    _drop_bench(deck)
    return deck


def layout_of(deck: Any, name: str) -> Any:
    """The layout with this name."""
    return next(layout for layout in deck.slide_layouts if layout.name == name)


def saved(deck: Any) -> bytes:
    """The deck as a file."""
    held = BytesIO()
    deck.save(held)
    return held.getvalue()


def _dress_theme(master: Any) -> None:
    part = master.part.part_related_by(RT.THEME)
    theme: Any = etree.fromstring(part.blob)
    theme.set("name", "Tiantang")
    colours = {
        "dk1": "ink", "lt1": "surface", "dk2": "gate", "lt2": "paper", "hlink": "brand", "folHlink": "ink-3",
        **{f"accent{place}": token for place, token in enumerate(ACCENTS, start=1)},
    }  # fmt: skip
    scheme = theme.find(f".//{Z}clrScheme")
    scheme.set("name", "Tiantang")
    for slot, token in colours.items():
        held = scheme.find(Z + slot)
        for child in list(held):
            held.remove(child)
        etree.SubElement(held, f"{Z}srgbClr", val=ink(token).lstrip("#").upper())
    theme.find(f".//{Z}fontScheme").set("name", "Tiantang")
    for group in ("majorFont", "minorFont"):
        fonts = theme.find(f".//{Z}{group}")
        fonts.find(f"{Z}latin").set("typeface", LATIN)
        fonts.find(f"{Z}ea").set("typeface", HAN)
        for font in fonts.findall(f"{Z}font"):
            if font.get("script") == "Hans":
                font.set("typeface", HAN)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _dress_master(master: Any) -> None:
    _background(master, ink("surface"))
    for shape in list(master.shapes):
        if shape.is_placeholder and shape.placeholder_format.type is not None:
            kind = shape._element.find(".//" + qn("p:ph")).get("type")
            if kind in ("dt", "ftr"):
                shape._element.getparent().remove(shape._element)
                continue
            area = {"title": (64, 40, 1068, 72), "body": (64, 132, 1068, 510)}.get(kind, (1192, 660, 88, 36))
            shape.left, shape.top, shape.width, shape.height = map(px, area)
    styles = master._element.find(qn("p:txStyles"))
    for name, size in (("p:titleStyle", 3600), ("p:bodyStyle", 2000)):
        style = styles.find(qn(name))
        for level in style:
            for bullet in level.findall(qn("a:buChar")) + level.findall(qn("a:buNone")):
                place = level.index(bullet)
                level.remove(bullet)
                level.insert(place, etree.Element(f"{Z}buNone"))
            level.set("algn", "l")
            level.set("marL", "0")
            level.set("indent", "0")
            run = level.find(qn("a:defRPr"))
            run.set("sz", str(size))
            run.set("b", "1" if name == "p:titleStyle" else "0")


def _background(owner: Any, colour: str) -> None:
    fill = owner.background.fill
    fill.solid()
    fill.fore_color.rgb = rgb(colour)


def _draw_cover(shapes: Any) -> None:
    draw_gate(shapes, 556, 70, 680, ink("gate-2"), ink("lamp"), HEIGHT)
    box(shapes, (STUB, 0, WIDTH - STUB, HEIGHT), ink("lamp"), name="stub")
    perforation(shapes, (STUB, 20), (STUB, HEIGHT - 20), ink("gate"), 4)
    _notches(shapes)
    draw_mark(shapes, 72, 64, 52, ink("on-gate"), ink("gate"), ink("seal"))
    words(shapes, (STUB + 4, 24, 84, 28), Run("NO.", 20, ON_LAMP, bold=True), align="center")
    _placeholder(shapes, "ctrTitle", 0, (72, 480, 900, 110), 84, ink("on-gate"), bold=True)
    _placeholder(shapes, "subTitle", 1, (72, 424, 900, 54), 40, ink("lamp"), bold=True)
    _placeholder(shapes, "body", 10, (140, 70, 700, 40), 22, ink("on-gate"), bold=True)
    _placeholder(shapes, "body", 11, (72, 620, 1040, 40), 20, ON_GATE_2)


def _draw_sheet(shapes: Any) -> None:
    _draw_stub(shapes, ink("surface"))
    _placeholder(shapes, "title", 0, (64, 40, 1068, 72), 36, ink("ink"), bold=True, anchor="ctr")
    _placeholder(shapes, "body", 10, (64, 668, 640, 24), 14, ink("ink-3"))
    _placeholder(shapes, "body", 11, (704, 668, 428, 24), 14, ink("ink-3"), align="r")


def _draw_chapter(shapes: Any) -> None:
    _draw_stub(shapes, ink("on-gate"))
    _placeholder(shapes, "title", 0, (72, 376, 1060, 100), 76, "#ffffff", bold=True, anchor="ctr")
    _placeholder(shapes, "body", 10, (72, 334, 600, 44), 32, "#ffffff", bold=True)
    _placeholder(shapes, "body", 11, (72, 484, 1060, 72), 26, "#ffffff")


def _draw_stub(shapes: Any, holes: str) -> None:
    box(shapes, (STUB, 0, WIDTH - STUB, HEIGHT), ink("gate"), name="stub")
    perforation(shapes, (STUB, 20), (STUB, HEIGHT - 20), holes, 4)
    _notches(shapes)
    draw_mark(shapes, 1214, 28, 44, ink("on-gate"), ink("gate"), ink("seal"))
    page = words(shapes, (STUB + 4, 664, 84, 34), Run("0", 26, ink("on-gate"), bold=True), align="center")
    run = page.text_frame.paragraphs[0]._p.find(qn("a:r"))
    field = etree.Element(f"{Z}fld", id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    for child in list(run):
        field.append(child)
    run.getparent().replace(run, field)


def _notches(shapes: Any) -> None:
    for y in (0, HEIGHT):
        dot(shapes, STUB, y, 16, ink("sunken"))


def _placeholder(
    shapes: Any,
    kind: str,
    place: int,
    area: tuple[float, float, float, float],
    size: float,
    colour: str,
    *,
    bold: bool = False,
    align: str = "l",
    anchor: str = "t",
) -> None:
    """Turn a text box into a placeholder of the layout with its own type size and colour."""
    shape = words(shapes, area, Run(" ", size, colour, bold))
    body = shape._element.find(qn("p:txBody"))
    body.find(qn("a:bodyPr")).set("anchor", anchor)
    body.find(qn("a:bodyPr")).set("wrap", "square")
    style = body.find(qn("a:lstStyle"))
    style = _list_style(body) if style is None else style
    level = etree.SubElement(style, f"{Z}lvl1pPr", marL="0", indent="0", algn=align)
    etree.SubElement(level, f"{Z}buNone")
    run = etree.SubElement(level, f"{Z}defRPr", sz=str(round(size * 100)), b="1" if bold else "0")
    etree.SubElement(etree.SubElement(run, f"{Z}solidFill"), f"{Z}srgbClr", val=colour.lstrip("#").upper())
    application = shape._element.find(".//" + qn("p:nvPr"))
    mark = etree.SubElement(application, qn("p:ph"), type=kind)
    if place:
        mark.set("idx", str(place))
    lock = shape._element.find(".//" + qn("p:cNvSpPr"))
    lock.attrib.pop("txBox", None)
    shape.name = {0: "Title"}.get(place, f"Text {place}")


def _list_style(body: Any) -> Any:
    style = etree.Element(f"{Z}lstStyle")
    body.insert(1, style)
    return style


def _empty(layout: Any) -> None:
    _clear(layout.shapes._spTree)


def _clear(tree: Any) -> None:
    for child in list(tree)[2:]:
        tree.remove(child)


def _move(source: Any, target: Any) -> None:
    for place, child in enumerate(list(source)[2:], start=2):
        identity = child.find(".//" + qn("p:cNvPr"))
        identity.set("id", str(place))
        identity.set("name", re.sub(r" \d+$", "", identity.get("name")) + f" {place}")
        target.append(child)


def _drop_bench(deck: Any) -> None:
    listed = deck.slides._sldIdLst
    for entry in list(listed):
        deck.part.drop_rel(entry.rId)
        listed.remove(entry)
