"""The deck: native, complete, inside its slides, with notes."""

from __future__ import annotations

from io import BytesIO

import pytest
from pptx import Presentation
from pptx.util import Pt

from tiantang.summary.document import ChartBlock
from tiantang.summary.renderers.pptx import render_pptx
from tiantang.summary.renderers.pptx.charts import NATIVE
from tiantang.summary.renderers.pptx.deck import slide_count
from tiantang.summary.tests.sample import sample_summary


@pytest.fixture(scope="module")
def deck():
    return Presentation(BytesIO(render_pptx(sample_summary())))


def _texts(slide):
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if getattr(shape, "has_table", False) and shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def test_deck_has_cover_contents_dividers_and_pages(deck):
    assert len(deck.slides) == slide_count(sample_summary()) == 18


def test_layouts_are_ours(deck):
    assert [layout.name for layout in deck.slide_layouts] == ["Cover", "Sheet", "Chapter"]
    names = [shape.name for shape in deck.slide_layouts[1].shapes]
    assert any(name.startswith("stub") for name in names)
    assert any(name.startswith("mark") for name in names)


def test_every_chart_is_native_and_holds_its_numbers(deck):
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    said = [chart for chart in sample_summary().charts() if chart.kind in NATIVE]
    assert len(charts) == len(said)
    for drawn, chart in zip(charts, said, strict=True):
        held = [tuple(series.values) for plot in drawn.plots for series in plot.series]
        assert chart.series[0].values in held


def test_heatmaps_become_tables_of_cells(deck):
    heats = [chart for chart in sample_summary().charts() if chart.kind not in NATIVE]
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    sizes = [(len(table.rows) - 1, len(table.columns) - 1) for table in tables]
    for chart in heats:
        assert (len(chart.series), len(chart.categories)) in sizes


def test_notes_tell_definition_version_and_filters(deck):
    summary = sample_summary()
    slide = next(slide for slide in deck.slides if any("六项核心指标" in text for text in _texts(slide)))
    notes = slide.notes_slide.notes_text_frame.text
    facts = summary.figures["dau"]
    assert facts.formula in notes and facts.filters in notes and "NO.DAU-v1" in notes
    assert "2026-10-01 – 2026-10-31" in notes and "2026-11-01" not in notes


def test_nothing_stands_outside_its_slide(deck):
    for number, slide in enumerate(deck.slides, start=1):
        for shape in slide.shapes:
            assert shape.left >= -Pt(1), (number, shape.name)
            assert shape.left + shape.width <= deck.slide_width + Pt(1), (number, shape.name)
            if shape.name != "number":
                assert shape.top >= 0, (number, shape.name)
                assert shape.top + shape.height <= deck.slide_height + Pt(1), (number, shape.name)


def test_no_text_is_smaller_than_fourteen(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
            for frame in frames:
                for paragraph in frame.paragraphs:
                    for run in paragraph.runs:
                        assert run.font.size is None or run.font.size >= Pt(14), run.text


def test_every_statement_is_on_its_slide(deck):
    said = "\n".join(text for slide in deck.slides for text in _texts(slide))
    for chapter in sample_summary().chapters:
        for page in chapter.pages:
            if isinstance(page.block, ChartBlock):
                for statement in page.block.statements:
                    assert statement.title in said
