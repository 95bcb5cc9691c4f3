"""The deck: cover, contents, and for each chapter its divider and its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.oxml.ns import qn

from tiantang.summary.document import Chapter, Page, Summary
from tiantang.summary.renderers.measure import best_size, shorten, text_width
from tiantang.summary.renderers.palette import ON_LAMP, ink
from tiantang.summary.renderers.palette import chapter as chapter_inks
from tiantang.summary.renderers.pptx.blocks import place_block
from tiantang.summary.renderers.pptx.ink import HEIGHT, Run, box, dot, perforation, rgb, words, write
from tiantang.summary.renderers.pptx.stage import COVER, DIVIDER, SHEET, STUB, layout_of, open_stage, saved

TITLE_WIDTH = 1068
TITLE_SIZES = ((36.0, 1), (32.0, 1), (28.0, 2), (26.0, 2))


def render_pptx(summary: Summary) -> bytes:
    """The summary as an editable slide deck."""
    deck = open_stage()
    deck.core_properties.title = f"{summary.cover.site} {summary.cover.period} {summary.cover.title}"
    deck.core_properties.author = summary.cover.presenter
    deck.core_properties.language = summary.language
    _add_cover(deck, summary)
    first_pages = _first_pages(summary)
    _add_contents(deck, summary, first_pages)
    for chapter in summary.chapters:
        _add_divider(deck, summary, chapter)
        for page in chapter.pages:
            _add_page(deck, summary, chapter, page)
    return saved(deck)


def slide_count(summary: Summary) -> int:
    """How many slides the deck has: cover, contents, a divider each, a slide for each page."""
    return 2 + sum(1 + len(chapter.pages) for chapter in summary.chapters)


def _first_pages(summary: Summary) -> list[int]:
    pages, place = [], 3
    for chapter in summary.chapters:
        pages.append(place)
        place += 1 + len(chapter.pages)
    return pages


def _fill(slide: Any, place: int, runs: Run | Sequence[Run | Sequence[Run]]) -> None:
    """Write into a placeholder, keeping its own paragraph style."""
    held = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == place)
    write(held.text_frame, runs)
    properties = held.text_frame._txBody.find(qn("a:bodyPr"))
    for key in ("anchor",):
        properties.attrib.pop(key, None)
    for paragraph in held.text_frame.paragraphs:
        paragraph.alignment = None


def _side_text(
    slide: Any, summary: Summary, text: str, top: float = 96, colour: str = "", bold: bool = False
) -> None:
    """Words down the stub: Chinese one sign under the other, Latin turned by a quarter."""
    inked = colour or ink("on-gate")
    if summary.language.startswith("zh"):
        signs = [Run(sign, 17, inked, bold) for sign in text if sign not in "、 "]
        area = (STUB + 4, top, 84, HEIGHT - 2 * top)
        words(slide.shapes, area, signs, align="center", anchor="middle", spacing=1.25, name="chapter")
        return
    run = Run(shorten(text, 17, 460), 17, inked, bold)
    area = (STUB + 32, top, 28, HEIGHT - 2 * top)
    words(slide.shapes, area, run, align="center", anchor="middle", vertical="vert", name="chapter")


def _add_cover(deck: Any, summary: Summary) -> None:
    slide = deck.slides.add_slide(layout_of(deck, COVER))
    cover = summary.cover
    size = best_size(cover.title, 900, ((84.0, 1), (72.0, 1), (60.0, 1), (52.0, 1)))[0]
    _fill(slide, 0, Run(shorten(cover.title, size, 980), size, ink("on-gate"), bold=True))
    _fill(slide, 1, Run(shorten(cover.stamp, 40, 900), 40, ink("lamp"), bold=True))
    _fill(slide, 10, Run(shorten(cover.site, 22, 700), 22, ink("on-gate"), bold=True))
    quiet = [Run(f"{cover.date}     {cover.release}", 20, "#b4d7cb")]
    if cover.presenter:
        name = shorten(cover.presenter, 20, 400)
        quiet = [
            Run(f"{summary.phrases.presenter} ", 20, "#b4d7cb"),
            Run(name, 20, ink("on-gate"), bold=True),
            Run("     ", 20, "#b4d7cb"),
            *quiet,
        ]
    _fill(slide, 11, [quiet])
    _side_text(slide, summary, cover.motto, 120, ON_LAMP, bold=True)
    size = best_size(cover.serial, 80, ((26.0, 1), (20.0, 1), (16.0, 1), (14.0, 1)))[0]
    words(slide.shapes, (STUB + 4, 662, 84, 36), Run(cover.serial, size, ON_LAMP, bold=True), align="center")
    slide.notes_slide.notes_text_frame.text = f"{cover.site} · {cover.period} · {cover.title}"


def _add_contents(deck: Any, summary: Summary, pages: Sequence[int]) -> None:
    slide = deck.slides.add_slide(layout_of(deck, SHEET))
    _write_title(slide, "00", summary.phrases.contents_title, "#057256")
    _side_text(slide, summary, summary.phrases.contents)
    for place, (chapter, page) in enumerate(zip(summary.chapters, pages, strict=True)):
        x, y = 64 + 544 * (place % 2), 132 + 176 * (place // 2)
        _contents_ticket(slide.shapes, (x, y, 524, 160), chapter, page)
    _write_foot(slide, _release_serial(summary), summary.phrases.open_stub)
    slide.notes_slide.notes_text_frame.text = "\n".join(
        f"{chapter.number} {chapter.title}: {chapter.finding}" for chapter in summary.chapters
    )


def _contents_ticket(shapes: Any, area: Sequence[float], chapter: Chapter, page: int) -> None:
    x, y, width, height = area
    inks = chapter_inks(chapter.number)
    box(shapes, area, ink("paper"), 8)
    box(shapes, (x, y, 92, height), inks["fill"], 8)
    box(shapes, (x + 60, y, 32, height), inks["fill"])
    perforation(shapes, (x + 92, y + 14), (x + 92, y + height - 14), ink("surface"), 3)
    for edge in (y, y + height):
        dot(shapes, x + 92, edge, 9, ink("surface"))
    number = Run(str(chapter.number), 44, inks["on"], bold=True)
    words(shapes, (x, y, 92, height), number, align="center", anchor="middle")
    room = width - 92 - 24 - 60
    size = best_size(chapter.title, room, ((28.0, 1), (24.0, 1), (22.0, 1), (20.0, 1)))[0]
    title = Run(shorten(chapter.title, size, room), size, ink("ink"), bold=True)
    told = Run(shorten(chapter.finding, 18, room, 2), 18, ink("ink-2"))
    words(shapes, (x + 116, y, room, height), [title, told], anchor="middle", gap=4, spacing=1.05)
    words(
        shapes,
        (x + width - 64, y, 44, height),
        Run(str(page), 22, ink("ink-3")),
        align="right",
        anchor="middle",
    )


def _add_divider(deck: Any, summary: Summary, chapter: Chapter) -> None:
    slide = deck.slides.add_slide(layout_of(deck, DIVIDER))
    inks = chapter_inks(chapter.number)
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = rgb(inks["fill"])
    big = words(
        slide.shapes,
        (700, -60, 450, 480),
        Run(str(chapter.number), 420, inks["on"], bold=True),
        align="right",
    )
    big.name = "number"
    colour = big.text_frame.paragraphs[0].runs[0]._r.find(".//" + qn("a:srgbClr"))
    colour.append(colour.makeelement(qn("a:alpha"), {"val": "16000"}))
    size = best_size(chapter.title, 1060, ((76.0, 1), (64.0, 1), (52.0, 1)))[0]
    _fill(slide, 10, Run(summary.phrases.chapter[chapter.number - 1], 32, inks["on"], bold=True))
    _fill(slide, 0, Run(chapter.title, size, inks["on"], bold=True))
    size, lines = best_size(chapter.answer, 1060, ((26.0, 1), (24.0, 2), (20.0, 2)))
    _fill(slide, 11, Run(shorten(chapter.answer, size, 1060, lines), size, inks["on"]))
    _divider_foot(slide.shapes, summary, chapter, inks["on"])
    _side_text(slide, summary, chapter.title)
    slide.notes_slide.notes_text_frame.text = chapter.answer + "".join(
        f"\n{missing.name}: {missing.text}" for missing in chapter.missing
    )


def _divider_foot(shapes: Any, summary: Summary, chapter: Chapter, colour: str) -> None:
    """The sections with their numbers and, in one line, what has no data yet."""
    sections = chapter.sections
    gap = summary.phrases.not_yet.format(names=_joined(summary, [one.name for one in chapter.missing]))
    if sections or chapter.missing:
        perforation(shapes, (72, 570), (1120, 570), colour, 3)
    if sections:
        room = 1048 / max(len(sections), 3) - 24
        for place, (number, name) in enumerate(sections):
            x = 72 + place * (room + 24)
            size, most = best_size(name, room, ((18.0, 1), (18.0, 2), (15.0, 2)))
            label = Run(shorten(name, size, room, most), size, colour)
            words(shapes, (x, 582, room, 78), [Run(number, 18, colour, bold=True), label], gap=2)
    if chapter.missing and sections:
        words(shapes, (72, 662, 1048, 28), Run(shorten(gap, 16, 1048), 16, colour))
    elif chapter.missing:
        lines = [Run(shorten(one.text, 20, 1048, 2), 20, colour) for one in chapter.missing[:3]]
        words(shapes, (72, 590, 1048, 100), lines, gap=6)


def _joined(summary: Summary, names: list[str]) -> str:
    return ("、" if summary.language.startswith("zh") else ", ").join(names)


def _add_page(deck: Any, summary: Summary, chapter: Chapter, page: Page) -> None:
    slide = deck.slides.add_slide(layout_of(deck, SHEET))
    _write_title(slide, page.number, page.title, ink("brand"))
    _side_text(slide, summary, chapter.title)
    bottom = 652.0
    if page.remark:
        size, lines = best_size(page.remark, TITLE_WIDTH, ((16.0, 1), (14.0, 1), (14.0, 2)))
        room = 26 * lines
        remark = Run(shorten(page.remark, size, TITLE_WIDTH, lines), size, ink("ink-3"))
        words(slide.shapes, (64, bottom - room + 4, TITLE_WIDTH, room), remark, anchor="bottom")
        bottom -= room + 6
    place_block(page.block, slide.shapes, (64, 132, TITLE_WIDTH, bottom - 132), summary)
    _write_foot(slide, _stub(summary, page), f"{summary.cover.period} · {summary.phrases.data_until}")
    slide.notes_slide.notes_text_frame.text = "\n\n".join(speaker_notes(summary, page))


def _write_title(slide: Any, number: str, title: str, colour: str) -> None:
    """The number and the claim in one placeholder, so that the outline view reads as the report does."""
    room = TITLE_WIDTH - text_width(number + "  ", 36)
    size, lines = best_size(title, room, TITLE_SIZES)
    shown = shorten(title, size, room if lines == 1 else room * 1.02, lines)
    _fill(slide, 0, [[Run(f"{number}  ", size, colour, bold=True), Run(shown, size, ink("ink"), bold=True)]])
    held = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 0)
    held.text_frame._txBody.find(qn("a:bodyPr")).set("anchor", "ctr")


def _release_serial(summary: Summary) -> str:
    return f"NO.SUM-{summary.start}-{summary.cover.serial}"


def _stub(summary: Summary, page: Page) -> str:
    """What the foot prints on the left: the serials of the page's figures, or where its rows come from."""
    serials = list(dict.fromkeys(summary.figures[key].serial for key in page.figures))
    if not serials:
        return page.source
    head = " · ".join(serials[:2])
    return f"{head} +{len(serials) - 2}" if len(serials) > 2 else head


def _write_foot(slide: Any, left: str, right: str) -> None:
    _fill(slide, 10, Run(shorten(left, 14, 560), 14, ink("ink-3")))
    _fill(slide, 11, Run(shorten(right, 14, 500), 14, ink("ink-3")))
    held = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 11)
    for name, pixels in (("left", 624), ("top", 668), ("width", 508), ("height", 24)):
        setattr(held, name, pixels * 12700)
    held.text_frame.paragraphs[0]._p.get_or_add_pPr().set("algn", "r")


def speaker_notes(summary: Summary, page: Page) -> list[str]:
    """Definition, version, filters and exact figure of everything a page rests on."""
    phrases = summary.phrases
    notes = [page.title]
    if page.remark:
        notes.append(page.remark)
    for key in page.figures:
        facts = summary.figures[key]
        notes.append(
            f"{facts.label} {facts.shown} ({facts.start} – {facts.last_day}) · {facts.serial}\n"
            f"{phrases.definition}: {facts.formula}\n{phrases.filters}: {facts.filters}"
        )
    if page.source:
        notes.append(page.source)
    return notes
