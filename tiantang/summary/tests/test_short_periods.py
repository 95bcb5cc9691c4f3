"""Periods that are short, empty or the first ones, and reports of the team: what may not be claimed then."""

from __future__ import annotations

import pytest

from tiantang.community.forum.models import Post
from tiantang.community.moderation.models import Report, ReportReason
from tiantang.metrics.periods import Period, parse_period
from tiantang.summary.builder import Edition, build_summary
from tiantang.summary.document import ChartBlock, Page, Summary
from tiantang.summary.facts import Facts
from tiantang.summary.findings import _usual_band, earlier_values, usual
from tiantang.summary.tests.community import add_replies, add_report, at
from tiantang.ui.charts.model import ChartKind

pytestmark = pytest.mark.django_db(databases="__all__")
APRIL = parse_period("2026-04")
BUSY = parse_period("2026-04-02")


def build(period: Period) -> Summary:
    return build_summary(period, "en", Edition())


def pages(summary: Summary, section: str) -> list[Page]:
    return [page for chapter in summary.chapters for page in chapter.pages if page.section == section]


def said(page: Page) -> str:
    return " ".join(f"{one.title} {one.text}" for one in page.block.statements)


def test_a_single_day_has_hours_but_neither_a_week_nor_a_busiest_day(growing):
    boards, members = growing
    add_replies(members[0], boards[0], 30)
    told = build(BUSY)
    hours = next(page for page in pages(told, "Participation") if isinstance(page.block, ChartBlock))
    assert (hours.block.chart.kind, hours.title) == (ChartKind.BARS, "15:00 was the busiest hour")
    assert "Weekends" not in said(hours)
    assert "busiest day" not in said(pages(told, "Volume")[0])


def test_a_day_is_held_against_its_own_weekday(growing):
    facts = Facts(BUSY, "en")
    figure = facts.figure("active_members")
    assert _usual_band(facts, figure) == (figure.low, figure.high)
    assert usual(earlier_values(facts, "active_members")) != (figure.low, figure.high)


def test_a_period_in_which_nothing_happened_is_not_called_steady(growing):
    told = build(parse_period("2024-03"))
    data, outlook = told.chapters[4], told.chapters[5]
    assert data.finding == "Nothing happened in this period"
    assert "keep the pace" not in f"{outlook.answer} {outlook.finding}".lower()
    assert not pages(told, "Findings") and not pages(told, "Evaluation")
    assert {missing.name for missing in data.missing} >= {"Findings", "Evaluation"}


def test_a_first_period_says_that_there_is_none_to_compare(growing):
    page = pages(build(parse_period("2026-01")), "Evaluation")[0]
    assert page.title == "7 core figures, with no earlier period to compare"


def test_the_teams_own_reports_are_told_where_the_queue_and_the_rate_differ(growing):
    _, members = growing
    for _ in range(2):
        Report.objects.create(
            reporter=members[1],
            post=Post.objects.first(),
            reason=ReportReason.SPAM,
            created_at=at(APRIL.start),
        )
    assert "the team" not in pages(build(APRIL), "Problems")[0].remark
    add_report(members[0], actor_class=2)
    told = build(APRIL)
    told_why = "1 of the reports came from the team and stay out of the report rate."
    assert pages(told, "Problems")[0].remark == told_why
    reports = next(one for one in pages(told, "Responsiveness")[0].block.tiles if one.label == "Reports")
    assert reports.note == "2 still open. 1 by the team, not in the report rate."
