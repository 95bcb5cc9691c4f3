"""The printed report, the web page and Markdown."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO

import pytest
from pypdf import PdfReader

from tiantang.common.errors import TiantangError
from tiantang.summary.document import TableBlock
from tiantang.summary.renderers import report
from tiantang.summary.renderers.formats import draw
from tiantang.summary.tests.sample import sample_summary
from tiantang.ui.charts.palette import colours

SUMMARY = sample_summary()


@pytest.fixture(scope="module")
def pdf():
    return PdfReader(BytesIO(draw(SUMMARY, "pdf")))


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_pdf_is_a4_and_tells_its_text(pdf):
    box = pdf.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    text = _flat("".join(page.extract_text() for page in pdf.pages))
    for chapter in SUMMARY.chapters:
        assert _flat(chapter.title) in text
        for page in chapter.pages:
            assert _flat(page.title) in text, page.title


def test_contents_name_the_pages_on_which_chapters_begin(pdf):
    contents = pdf.pages[1].extract_text()
    fifth = next(n for n, page in enumerate(pdf.pages, 1) if n > 2 and "第五章" in page.extract_text())
    assert re.search(rf"数据、评估与改进\n.*\n5\s+{fifth}\s", contents)


def test_every_page_after_the_cover_carries_its_number_and_the_data_date(pdf):
    for number, page in enumerate(pdf.pages[1:], start=2):
        text = page.extract_text()
        assert str(number) in text
        assert "数据截至" in text


def test_missing_font_says_what_to_install(monkeypatch):
    monkeypatch.setattr(report, "has_han_font", lambda: False)
    with pytest.raises(TiantangError, match="fonts-noto-cjk"):
        report.render_pdf(SUMMARY)


def test_web_page_needs_nothing_but_itself():
    page = draw(SUMMARY, "html").decode()
    loaded = re.findall(r"""(?:src|href)=["'](?!#)([^"']+)""", page)
    assert all(address.startswith(("data:", "http")) for address in loaded)
    assert not re.search(r"<(script|link|iframe)", page)
    assert not re.search(r"""src=["']http""", page)


def test_stubs_lead_to_the_proof_of_their_figure(settings):
    page = draw(SUMMARY, "html").decode()
    assert f"{settings.SITE_URL}/console/data/figures/dau/?start=2026-10-01" in page


def test_definitions_name_the_last_day_that_counts():
    page = draw(SUMMARY, "html").decode()
    assert "2026-10-01 – 2026-10-31" in page and "– 2026-11-01" not in page


def test_markdown_holds_every_figure_and_every_table_cell():
    text = draw(SUMMARY, "md").decode()
    for facts in SUMMARY.figures.values():
        assert facts.shown in text and facts.formula in text
    assert "名字很长很长的版块一直写到放不下为止" in text
    assert "合作伙伴：还没有合作登记" in text


def test_markdown_sets_only_numbers_right():
    text = draw(SUMMARY, "md").decode()
    lines = text.splitlines()
    heads = [place for place, line in enumerate(lines) if line.startswith("|---")]
    table = next(
        page.block
        for chapter in SUMMARY.chapters
        for page in chapter.pages
        if isinstance(page.block, TableBlock)
    )
    head = "| " + " | ".join(column.label for column in table.columns) + " |"
    rule = lines[next(place for place in heads if lines[place - 1] == head)]
    assert rule == "|" + "|".join("---:" if column.number else "---" for column in table.columns) + "|"
    assert "\\`" not in text


def test_markdown_escapes_what_would_break_a_table():
    from tiantang.summary.renderers.markdown import _safe

    assert _safe("a|b *c* <d>\nnext") == r"a\|b \*c\* \<d> next"


def test_tables_on_a_phone_name_each_figure_and_charts_are_drawn_for_it():
    page = draw(SUMMARY, "html").decode()
    labels = {column.label for chapter in SUMMARY.chapters for one in chapter.pages
              for column in getattr(one.block, "columns", ())}  # fmt: skip
    assert labels
    for label in labels:
        assert f'data-label="{label}"' in page
    assert '<source media="screen and (max-width: 600px)"' in page


def test_the_page_is_dark_at_night_and_light_on_paper():
    page = draw(SUMMARY, "html").decode()
    pictures = re.findall(r"<picture>(.*?)</picture>", page, re.DOTALL)
    assert pictures and page.count('<img class="chart"') == len(pictures)
    ink = {theme: colours(theme)["ink"].encode() for theme in ("light", "dark")}
    for picture in pictures:
        sources = re.findall(r'<source media="([^"]*)" srcset="data:[^,]*,([^"]*)"', picture)
        drawn = {media: b64decode(data) for media, data in sources}
        night = [svg for media, svg in drawn.items() if "prefers-color-scheme: dark" in media]
        shown = b64decode(re.findall(r'src="data:[^,]*,([^"]*)"', picture)[0])
        assert night and all(ink["light"] not in svg for svg in night)
        assert ink["dark"] not in shown
        assert all(media.startswith("screen") for media in drawn)


def test_a_stub_that_stands_beside_its_figure_is_not_shown_again_at_the_foot():
    assert ".foot .told { display: none; }" in draw(SUMMARY, "html").decode()
    assert 'class="told"' in draw(SUMMARY, "html").decode()
