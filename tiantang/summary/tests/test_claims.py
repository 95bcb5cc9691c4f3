"""What the summary claims follows from its figures: one basis, one count, one wording."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from tiantang.community.forum.models import Post
from tiantang.community.moderation.models import Report, ReportReason, ReportState
from tiantang.metrics import clock, query
from tiantang.metrics.models import Target
from tiantang.metrics.periods import parse_period
from tiantang.summary.builder import Edition, build_summary, data_until
from tiantang.summary.chapters import outlook
from tiantang.summary.chapters.data import _beside_activity, _outside
from tiantang.summary.chapters.outlook import propose
from tiantang.summary.chapters.staying import Moves
from tiantang.summary.document import ChartBlock, Findings, Summary, TableBlock, Tone
from tiantang.summary.facts import Facts, distinct
from tiantang.summary.findings import finding, weaknesses
from tiantang.summary.narrative import apart, problem
from tiantang.summary.tests.community import at
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole

pytestmark = pytest.mark.django_db(databases="__all__")
APRIL, MAY = parse_period("2026-04"), parse_period("2026-05")


def build(period=APRIL, language: str = "en") -> Summary:
    return build_summary(period, language, Edition())


def page_of(summary: Summary, section: str, kind: type | None = None):
    return next(
        page
        for chapter in summary.chapters
        for page in chapter.pages
        if page.section == section and (kind is None or isinstance(page.block, kind))
    )


def set_target(metric: str, value: float, period=APRIL) -> None:
    Target.objects.create(metric=metric, start=period.start, end=period.end, value=value)


def texts(table: TableBlock) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("moves", "claim"),
    [
        (Moves(164, 513, 14, 192), "More fell silent than came: 14 lost"),
        (Moves(5, 10, 1, 2), "More came than fell silent: 4 gained"),
        (Moves(1, 10, 1, 2), "As many came as fell silent"),
    ],
)
def test_gain_is_the_difference_of_active_members(moves, claim):
    with translation.override("en"):
        assert moves.claim == claim
    assert moves.before + moves.new + moves.back - moves.silent == moves.now


def test_coming_and_going_counts_the_period_itself(community):
    page = page_of(build(), "Coming and going")
    active = query.figure("active_members", APRIL)
    assert page.block.statements[2].title == f"Active members: {active.previous:.0f} → {active.value:.0f}"
    assert page.block.chart.categories[-1] == "Apr"


def test_retention_title_is_the_cited_figure_and_names_its_cohort(community):
    march = parse_period("2026-03")
    figure = query.figure("retention", march)
    title = page_of(build(march), "Retention").title
    came = f"{figure.value:.0%} came back the week after"
    assert title == f"Of {figure.denominator:.0f} who joined in this period {came}"


def test_metrics_that_mirror_one_another_count_once(community):
    set_target("unanswered_rate", 0.01)
    set_target("reply_rate", 0.99)
    summary = build()
    goals = page_of(summary, "Goals and completion")
    assert goals.title.startswith("0 of 1 target")
    assert "count once" in goals.remark
    assert [item.figure for item in page_of(summary, "Findings").block.bad] == ["reply_rate"]
    sheet = texts(page_of(summary, "Evaluation").block)
    assert not any(row[0].startswith("Unanswered") for row in sheet)
    assert distinct(["unanswered_rate", "posts"]) == ["unanswered_rate", "posts"]


def test_one_measure_stands_in_one_row_with_all_its_problems(community):
    set_target("reply_rate", 0.99)
    set_target("time_to_first_response", 60.0)
    page = page_of(build(), "Measures")
    measures = [row[1] for row in texts(page.block)]
    assert len(measures) == len(set(measures))
    assert page.title.startswith(f"{len(measures)} measure")
    watch = next(row[0] for row in texts(page.block) if row[1].startswith("Evening watch"))
    assert "reply takes" in watch.lower() and "; reply rate at" in watch


def test_missed_target_reads_as_missed_even_when_the_figure_got_better(community):
    set_target("time_to_first_response", 1800.0)
    with translation.override("en"):
        facts = Facts(APRIL, "en")
        item = finding(
            facts, next(one for one in weaknesses(facts) if one.metric == "time_to_first_response")
        )
        said = problem(facts, "time_to_first_response")
    assert item.title == "The first reply takes 1 h, target 30 min"
    assert item.text.startswith("50% of the target.")
    assert said == "the first reply takes 1 h, target 30 min (50% of the target)"


def test_lowest_day_is_not_followed_by_the_comparisons_of_the_period(community):
    page = next(
        page for page in build().chapters[4].pages if page.number == "5.1" and hasattr(page.block, "chart")
    )
    edges, whole = page.block.statements[:2]
    assert re.fullmatch(r"Lowest: Apr\s\d+ with \d+ members\.", edges.text)
    assert whole.title.startswith("Mean of the whole period")
    assert "last month" in whole.text


def test_targets_already_set_for_the_next_period_are_shown_not_proposed(community):
    set_target("posts", 10.0, MAY)
    page = page_of(build(), "Goals of the next period")
    rows = {row[0]: row for row in texts(page.block)}
    assert page.title.startswith("May 2026: 1 target is set, ")
    assert rows["Posts"][2] == "10" and rows["Posts"][3].startswith("already set; ")
    assert "reached by this period's figure already" in page.block.conclusion
    assert all(not row[3].startswith("already set") for name, row in rows.items() if name != "Posts")
    assert "months" in rows["Active members"][3]


def test_running_period_counts_finished_days_only_and_says_until_when(community):
    summary = build(MAY)
    finished = MAY.finished_part()
    assert summary.phrases.data_until == "data until 11 May 2026, 24:00 (UTC+8)"
    for facts in summary.figures.values():
        figure = query.figure(facts.metric, finished, compare=False)
        assert (facts.value, facts.end) == (figure.value, "2026-05-12"), facts.metric


def test_a_running_month_is_drawn_with_the_usual_range_of_its_finished_days(community, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(APRIL.start + timedelta(days=20), 9))
    pages = (page for chapter in build(APRIL).chapters for page in chapter.pages)
    charts = [page.block.chart for page in pages if isinstance(page.block, ChartBlock)]
    lines = [chart for chart in charts if chart.kind is ChartKind.LINE]
    assert any(len(line.series) == 4 and len(line.categories) == 20 for line in lines)
    for line in lines:
        assert {len(series.values) for series in line.series} == {len(line.categories)}, line.title


def test_first_hours_of_a_period_say_the_minute(community, monkeypatch):
    now = at(MAY.start, 9) + timedelta(minutes=30)
    monkeypatch.setattr(clock, "now", lambda: now)
    with translation.override("en"):
        assert data_until(Facts(MAY, "en")) == "data until 1 May 2026, 09:30 (UTC+8)"


def test_goals_say_how_many_the_table_leaves_out(community):
    for metric in ("posts", "likes", "topics", "replies", "active_members", "dau", "mau", "wau", "visits"):
        set_target(metric, 1.0)
    page = page_of(build(), "Goals and completion")
    assert (len(page.block.rows), page.block.more) == (7, "and 2 more targets, all reached")


def test_problems_lead_with_the_largest_share_and_explain_both_counts_of_reports(community):
    _, members = community
    march = parse_period("2026-03")
    Report.objects.create(
        reporter=members[1], post=Post.objects.first(),
        reason=ReportReason.values[0], state=ReportState.UPHELD,
        created_at=at(march.start), decided_at=at(march.start),
    )  # fmt: skip
    page = page_of(build(march), "Problems")
    assert "Reports count by the day they were made: 1 of 1 upheld so far." in page.block.more
    people = [row for row in page.block.rows if not row[0].text.startswith("Reported")]
    assert people, page.block.rows
    assert page.block.rows[page.block.highlight][3].meter == max(row[3].meter for row in people)


@pytest.mark.parametrize(("name", "written"), [("广东", "广东"), ("Japan", " Japan ")])
def test_spaces_stand_between_chinese_and_latin_only(name, written):
    with translation.override("zh-hans"):
        assert apart(name) == written


def test_weekends_are_compared_with_the_weekend_days_the_period_has(community):
    page = page_of(build(), "Participation", ChartBlock)
    weekend = next(one for one in page.block.statements if one.title.startswith("Weekends"))
    assert weekend.text == "Of the days 27% were Saturdays and Sundays."


def test_reports_stand_beside_those_of_the_period_before(community):
    _, members = community
    for day in (APRIL.start, APRIL.start, APRIL.previous().start):
        Report.objects.create(
            reporter=members[1], post=Post.objects.first(), reason=ReportReason.SPAM, created_at=at(day)
        )
    reports = next(one for one in page_of(build(), "Responsiveness").block.tiles if one.label == "Reports")
    assert [(one.text, one.tone) for one in reports.deltas] == [("▲100%", Tone.BAD), ("—", Tone.PLAIN)]


def test_reports_of_the_unfinished_day_wait_for_its_end(community, monkeypatch):
    _, members = community
    monkeypatch.setattr(clock, "now", lambda: at(APRIL.start + timedelta(days=20), 9))
    for days in (3, 20):
        Report.objects.create(
            reporter=members[1],
            post=Post.objects.first(),
            reason=ReportReason.SPAM,
            created_at=at(APRIL.start + timedelta(days=days), 1),
        )
    reports = next(one for one in page_of(build(), "Responsiveness").block.tiles if one.label == "Reports")
    assert reports.value == "1"


def test_findings_stay_within_what_the_figures_show(community):
    said = " ".join(
        statement.text
        for chapter in build(language="zh-hans").chapters
        for page in chapter.pages
        for statement in getattr(page.block, "statements", ())
    )
    for unfounded in ("没有人值守", "很多人撑着", "都有份"):
        assert unfounded not in said
    assert any(isinstance(page.block, Findings) for page in build().chapters[4].pages)


def _days_against_a_range(values: tuple[float, ...]) -> Chart:
    """Days whose usual range is four to six."""
    return Chart(
        kind=ChartKind.LINE, title="", summary="", categories=tuple(str(day) for day in range(len(values))),
        series=(
            Series("now", values),
            Series("low", (4.0,) * len(values), SeriesRole.BAND_LOW),
            Series("high", (6.0,) * len(values), SeriesRole.BAND_HIGH),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "said", "tone"),
    [
        ((7.0, 5.0, 5.0), "1 day above, 0 below the usual range", Tone.GOOD),
        ((7.0, 3.0, 5.0), "1 day above, 1 below the usual range", Tone.PLAIN),
        ((7.0, 7.0, 5.0), "2 days above, 0 below the usual range", Tone.GOOD),
        ((5.0, 3.0, 3.0), "0 days above, 2 below the usual range", Tone.BAD),
    ],
)
def test_days_outside_the_usual_range_are_counted_and_judged(community, values, said, tone):
    with translation.override("en"):
        told = _outside(Facts(APRIL, "en"), _days_against_a_range(values))
    assert (told.title, told.tone) == (said, tone)


def test_a_figure_that_only_repeats_another_is_left_out(monkeypatch):
    figures = {"engaged_members": 9.0, "contributing_members": 9.0}
    facts = SimpleNamespace(has_visits=False, figure=lambda name: SimpleNamespace(value=figures[name]))
    assert _beside_activity(facts) == ["contributing_members"]
    figures["engaged_members"] = 12.0
    assert _beside_activity(facts) == ["engaged_members", "contributing_members"]


def test_no_reports_at_all_make_no_headline(community):
    assert query.figure("report_rate", APRIL).value == 0
    assert "report" not in page_of(build(), "Atmosphere").title.lower()


def test_a_proposal_towards_the_median_says_of_how_many_months(monkeypatch):
    monkeypatch.setattr(outlook, "earlier_values", lambda facts, metric: [100.0, 100.0, 100.0])
    figure = SimpleNamespace(value=50.0, partial=False, target=None, completion=None)
    facts = SimpleNamespace(figure=lambda metric: figure, period=APRIL)
    with translation.override("en"):
        assert propose(facts, "posts")[1] == "towards the median of the last 4 months"


def test_funnel_says_that_its_steps_may_end_after_the_period(community):
    assert "Each step has 30 days" in page_of(build(parse_period("2026-03")), "Conversion").remark


def test_english_figures_in_chart_tables_carry_no_plural_after_one(community):
    assert page_of(build(), "Coming and going").block.chart.unit == ""
