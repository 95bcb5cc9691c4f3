"""Six chapters from what a community did: figures, sentences, gaps."""

from __future__ import annotations

import pytest

from tiantang.common.errors import TiantangError
from tiantang.metrics import query
from tiantang.metrics.models import Target
from tiantang.metrics.periods import parse_period
from tiantang.summary.builder import Edition, build_summary
from tiantang.summary.document import Findings, Kpis, TableBlock
from tiantang.summary.snapshot import to_json

pytestmark = pytest.mark.django_db(databases="__all__")
APRIL = "2026-04"


def build(period: str = APRIL, language: str = "en"):
    return build_summary(parse_period(period), language, Edition())


@pytest.fixture(scope="module")
def april(standing):
    """April of the standing community, built once."""
    return build()


def pages(summary, kind=None):
    return [
        page
        for chapter in summary.chapters
        for page in chapter.pages
        if kind is None or isinstance(page.block, kind)
    ]


def test_every_figure_equals_the_query(community, april):
    summary = april
    assert len(summary.figures) > 12
    for key, facts in summary.figures.items():
        board = int(key.split("board=")[1]) if "board=" in key else None
        figure = query.figure(facts.metric, parse_period(APRIL), query.Where(board=board))
        assert (facts.value, facts.numerator, facts.denominator) == (
            figure.value,
            figure.numerator,
            figure.denominator,
        )
        assert (facts.previous, facts.change_previous) == (figure.previous, figure.change_previous)


def test_every_tile_shows_its_figure(community, april):
    summary = april
    for page in pages(summary, Kpis):
        for tile in page.block.tiles:
            if tile.figure:
                assert summary.figures[tile.figure].shown.startswith(tile.value)


@pytest.mark.parametrize(
    ("period", "language"),
    [
        ("2026-Q1", "en"),
        ("2026-H1", "zh-hans"),
        ("2026", "en"),
        ("2026-02-10..2026-03-20", "zh-hans"),
        ("2026-W15", "en"),
    ],
)
def test_every_kind_of_period_gives_six_chapters(community, period, language):
    summary = build(period, language)
    assert [chapter.number for chapter in summary.chapters] == [1, 2, 3, 4, 5, 6]
    assert all(chapter.answer and chapter.finding for chapter in summary.chapters)
    assert all(page.title for page in pages(summary))
    assert "{" not in to_json(summary).replace('{"', "").replace("{names}", "").replace("{}", "")


def test_same_period_gives_the_same_document(community, april):
    assert to_json(build()) == to_json(april)


def test_no_slide_table_has_more_than_seven_rows(community):
    for page in pages(build("2026-Q1"), TableBlock):
        assert len(page.block.rows) <= 7
        assert all(len(row) == len(page.block.columns) for row in page.block.rows)


def test_partners_say_in_one_line_what_is_missing(april):
    partners = april.chapters[3]
    assert not partners.pages
    assert [one.name for one in partners.missing] == ["Partners"]


def test_targets_become_goals_with_completion(community):
    period = parse_period(APRIL)
    posts = query.figure("posts", period).value
    Target.objects.create(metric="posts", start=period.start, end=period.end, value=posts / 2)
    Target.objects.create(metric="likes", start=period.start, end=period.end, value=1000)
    summary = build()
    goals = next(page for page in pages(summary) if page.section == "Goals and completion")
    assert goals.title == "1 of 2 targets met; likes is the one gap"
    assert [row[3].text for row in goals.block.rows][-1] == "200%"
    found = next(page for page in pages(summary) if isinstance(page.block, Findings))
    assert any(item.figure == "likes" for item in found.block.bad)


def test_without_targets_the_goals_are_named_as_missing(april):
    overview = april.chapters[0]
    assert "Goals and completion" in [one.name for one in overview.missing]


def test_running_period_is_said_to_run(community):
    summary = build("2026-05")
    assert summary.partial
    remarks = " ".join(page.remark for page in pages(summary))
    assert "still running" in remarks
    assert "11 finished days" in remarks


def test_future_period_is_refused(community):
    with pytest.raises(TiantangError, match="has not begun"):
        build("2031-01")


def test_spring_festival_is_remarked_where_it_shifts_a_comparison(community):
    february = " ".join(page.remark for page in pages(build("2026-02", "zh-hans")))
    assert "春节" in february
    assert "春节" not in " ".join(page.remark for page in pages(build("2026-04", "zh-hans")))


def test_spring_festival_means_nothing_elsewhere(community, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    assert "Spring" not in " ".join(page.remark for page in pages(build("2026-02")))


def test_lead_presents_unless_somebody_else_is_named(community, april):
    assert april.cover.presenter == "成员0"
    named = build_summary(parse_period(APRIL), "en", Edition(3, "Kapok"))
    assert (named.cover.presenter, named.cover.release) == ("Kapok", "Release 3, frozen")


def test_both_languages_say_the_same_figures(community, april):
    english, chinese = april, build(language="zh-hans")
    assert {k: f.value for k, f in english.figures.items()} == {
        k: f.value for k, f in chinese.figures.items()
    }
    assert chinese.cover.title == "运营工作总结"
