"""5 数据、评估与改进: activity, atmosphere, conversion, the evaluation sheet and what follows from it."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import npgettext, pgettext

from tiantang.metrics import query
from tiantang.metrics.query import Point
from tiantang.summary.chapters.draft import Draft, chapter_of, tile
from tiantang.summary.document import (
    Cell,
    Chapter,
    ChartBlock,
    Column,
    Findings,
    Kpis,
    Missing,
    Statement,
    TableBlock,
    Tone,
)
from tiantang.summary.facts import SMALL, Facts, distinct
from tiantang.summary.findings import finding, strengths, weaknesses
from tiantang.summary.narrative import (
    arrow,
    base_name,
    compared,
    few,
    moved,
    percent,
    problem,
    remarks,
    run_on,
    sentence,
    short_name,
    tone_of,
)
from tiantang.summary.plots import course, known, part_name
from tiantang.summary.wording import cell_text, value_text
from tiantang.ui.charts.model import Chart, ChartKind, Series
from tiantang.ui.charts.numbers import plain

SHEET = (
    "active_members",
    "new_members",
    "contributing_members",
    "posts",
    "reply_rate",
    "time_to_first_response",
    "retention",
)
"""The evaluation sheet's figures when no target chooses others."""


def build(facts: Facts) -> Chapter:
    """The fifth chapter."""
    title = pgettext("summary chapter", "Data, evaluation and improvement")
    steps = (_activity, _days, _atmosphere, _funnel, _evaluation, _findings, _business)
    return chapter_of(facts, 5, "data", title, steps, (_answer(facts), _finding(facts)))


def _answer(facts: Facts) -> str:
    good, bad = strengths(facts), weaknesses(facts)
    if not good and not bad:
        return sentence(moved(facts, "dau")) + pgettext("summary clause", ".")
    clauses = [moved(facts, one.metric) for one in good[:1]] + [problem(facts, one.metric) for one in bad[:1]]
    return sentence(pgettext("summary clause", "; ").join(clauses)) + pgettext("summary clause", ".")


def _finding(facts: Facts) -> str:
    if facts.silent:
        return pgettext("summary title", "Nothing happened in this period")
    good, bad = strengths(facts), weaknesses(facts)
    return _findings_title(len(good), len(bad))


def _activity(facts: Facts) -> Draft:
    names = ["dau", "wau", "mau", "stickiness", *_beside_activity(facts)]
    return Draft(
        pgettext("summary section", "Activity"),
        sentence(pgettext("summary clause", "; ").join((moved(facts, "dau"), moved(facts, "stickiness")))),
        Kpis(tuple(tile(facts, name) for name in names)),
        [facts.cite(name) for name in names],
        remark=run_on(_unseen(facts), remarks(facts)),
    )


def _beside_activity(facts: Facts) -> list[str]:
    """Two more figures of activity; likes of unknown people leave joining in and posting the same."""
    if facts.has_visits:
        return ["sessions", "time_on_site"]
    same = facts.figure("engaged_members").value == facts.figure("contributing_members").value
    return ["contributing_members"] if same else ["engaged_members", "contributing_members"]


def _unseen(facts: Facts) -> str:
    if facts.has_visits:
        return ""
    return pgettext("summary remark", "No page views on record: who only read is not counted as active.")


def _days(facts: Facts) -> Draft | None:
    chart = course(facts, "dau", band=True)
    if chart is None:
        return None
    points = [point for point in known(facts.series("dau", facts.grain)) if point.start >= facts.period.start]
    if len(points) < 2:
        return None
    statements = [_edges(facts, points), _daily_change(facts)]
    outside = _outside(facts, chart)
    if outside:
        statements.append(outside)
    return Draft(
        pgettext("summary section", "Activity"),
        _days_title(facts, chart, len(points)),
        ChartBlock(chart, tuple(statements)),
        [facts.cite("dau")],
        remark=remarks(facts),
    )


def _edges(facts: Facts, points: list[Point]) -> Statement:
    """The highest and the lowest part of the course."""
    peak = max(points, key=lambda point: point.value or 0)
    low = min(points, key=lambda point: point.value or 0)
    named = [
        (part_name(facts, point.start, facts.grain), value_text("dau", point.value)) for point in (peak, low)
    ]
    return Statement(
        pgettext("summary statement", "Highest: {when} with {value}").format(
            when=named[0][0], value=named[0][1]
        ),
        pgettext("summary statement", "Lowest: {when} with {value}.").format(
            when=named[1][0], value=named[1][1]
        ),
    )


def _daily_change(facts: Facts) -> Statement:
    """How the whole period compares: a sentence of its own, so that no single day takes it for its own."""
    return Statement(
        pgettext("summary statement", "Mean of the whole period: {value}").format(value=facts.text("dau")),
        compared(facts, "dau"),
        tone_of("dau", facts.figure("dau").change_previous),
        "dau",
    )


def _band_counts(chart: Chart) -> tuple[int, int] | None:
    """How many days lay above and below their usual range; None without a band."""
    roles = {series.role.value: series.values for series in chart.series}
    if "band_low" not in roles or "band_high" not in roles:
        return None
    above = below = 0
    for value, low, high in zip(roles["current"], roles["band_low"], roles["band_high"], strict=True):
        if value is not None and low is not None and high is not None:
            above += value > high
            below += value < low
    return above, below


def _outside(facts: Facts, chart: Chart) -> Statement | None:
    counts = _band_counts(chart)
    if counts is None:
        return None
    above, below = counts
    if not above and not below:
        return Statement(
            pgettext("summary statement", "Every day within the usual range"),
            pgettext("summary statement", "No day stood out against the eight weeks before."),
        )
    return Statement(
        npgettext(
            "summary statement",
            "{above} day above, {below} below the usual range",
            "{above} days above, {below} below the usual range",
            above,
        ).format(above=above, below=below),
        pgettext("summary statement", "Measured against the same weekday in the eight weeks before."),
        Tone.GOOD if above > below else Tone.BAD if below > above else Tone.PLAIN,
    )


def _days_title(facts: Facts, chart: Chart, days: int) -> str:
    counts = _band_counts(chart)
    if counts and sum(counts):
        above, below = counts
        if above > below:
            text = npgettext(
                "summary title",
                "{n} day of {all} was busier than usual",
                "{n} days of {all} were busier than usual",
                above,
            )
            return text.format(n=above, all=days)  # fmt: skip
        text = npgettext(
            "summary title",
            "{n} day of {all} was quieter than usual",
            "{n} days of {all} were quieter than usual",
            below,
        )
        return text.format(n=below, all=days)  # fmt: skip
    return sentence(moved(facts, "dau"))


def _atmosphere(facts: Facts) -> Draft | Missing:
    names = [
        name
        for name in (
            "reply_rate",
            "time_to_first_response",
            "report_rate",
            "report_validity",
        )
        if facts.figure(name).value is not None
    ]
    section = pgettext("summary section", "Atmosphere")
    if not names:
        return Missing(
            section, pgettext("summary missing", "Atmosphere: no topic is old enough to be judged yet.")
        )
    if facts.has_visits and facts.figure("interaction_rate").value is not None:
        names.append("interaction_rate")
    clauses = [
        moved(facts, name)
        for name in names
        if name in ("reply_rate", "report_rate") and facts.figure(name).value
    ]
    return Draft(
        section,
        sentence(pgettext("summary clause", "; ").join(clauses or [moved(facts, names[0])])),
        Kpis(tuple(tile(facts, name) for name in names)),
        [facts.cite(name) for name in names],
        remark=run_on(_decided(facts, names), remarks(facts)),
    )


def _decided(facts: Facts, names: list[str]) -> str:
    """Which reports the upheld rate rests on: another number of them was made in the period."""
    decided = facts.figure("report_validity")
    if "report_validity" not in names or not decided.denominator:
        return ""
    text = pgettext(
        "summary remark",
        "Upheld reports count by the day of the decision: {upheld} of the {n} decided in this period.",
    )
    return text.format(upheld=plain(decided.numerator or 0), n=plain(decided.denominator))


def _funnel(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Conversion")
    steps = query.funnel(facts.counted)
    steps = steps[1:] if steps and not steps[0].count else steps
    if not steps or not steps[0].count:
        return Missing(section, pgettext("summary missing", "Conversion: nobody new came in this period."))
    names = {
        "visit": pgettext("summary funnel", "First visit"),
        "sign_up": pgettext("summary funnel", "Signed up"),
        "first_post": pgettext("summary funnel", "First post"),
        "active_again": pgettext("summary funnel", "Active again"),
    }
    counted = pgettext("summary chart", "People, each step within 30 days of the one before")
    chart = Chart(
        kind=ChartKind.FUNNEL,
        title=counted,
        summary=counted,
        categories=tuple(names[step.name] for step in steps),
        series=(Series(pgettext("summary chart", "People"), tuple(float(step.count) for step in steps)),),
        unit=pgettext("summary unit", "members") if facts.zh else "",
        language=facts.language,
    )
    statements = tuple(
        Statement(
            pgettext("summary statement", "{before} → {after}: {share}").format(
                before=names[first.name], after=names[then.name], share=percent(then.step_rate)
            ),
            run_on(pgettext("summary statement", "{n} of {all}.").format(n=plain(then.count), all=plain(first.count)), few(first.count)),
        )
        for first, then in pairwise(steps)
    )  # fmt: skip
    weakest = min(steps[1:], key=lambda step: step.step_rate or 0)
    place = steps.index(weakest)
    title = pgettext("summary title", "Most are lost between “{before}” and “{after}”").format(
        before=names[steps[place - 1].name], after=names[weakest.name]
    )
    if steps[0].count < SMALL:
        title = pgettext("summary title", "The way in, for {n} newcomers").format(n=steps[0].count)
    remark = pgettext("summary remark", "Each step has 30 days, so the last ones may fall after the period.")
    if steps[0].name != "visit":
        start = pgettext("summary remark", "No page views on record: the funnel begins at sign-up.")
        remark = run_on(start, remark)
    return Draft(section, title, ChartBlock(chart, statements), [facts.cite("funnel")], remark=remark)


def _evaluation(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Evaluation")
    if facts.silent:
        return Missing(
            section,
            pgettext(
                "summary missing", "Evaluation: nothing happened in this period, so nothing can be compared."
            ),
        )
    names = distinct((*facts.targets, *SHEET))[:7]
    rows = tuple(_sheet_row(facts, name, names) for name in names)
    return Draft(
        section,
        _evaluation_title(facts, names, rows),
        TableBlock(
            _sheet_columns(facts, names),
            rows,
            None,
            pgettext("summary conclusion", "Completion is actual ÷ target; where less is better, target ÷ actual.") if facts.targets else "",
        ),
        [facts.cite(name) for name in names],
        remark=remarks(facts),
    )  # fmt: skip


def _evaluation_title(facts: Facts, names: list[str], rows: Sequence[tuple[Cell, ...]]) -> str:
    """How many figures rose and fell; a community's first period has none to be compared with."""
    if all(facts.figure(name).change_previous is None for name in names):
        return pgettext("summary title", "{n} core figures, with no earlier period to compare").format(
            n=len(rows)
        )
    return pgettext("summary title", "{n} core figures: {ups} better and {downs} worse than {base}").format(
        n=len(rows),
        ups=sum(cells[3].tone is Tone.GOOD for cells in rows),
        downs=sum(cells[3].tone is Tone.BAD for cells in rows),
        base=base_name(facts.period),
    )


def _has_last_year(facts: Facts, names: list[str]) -> bool:
    return any(facts.figure(name).change_last_year is not None for name in names)


def _sheet_columns(facts: Facts, names: list[str]) -> tuple[Column, ...]:
    """Only columns that say something: no targets, no completion."""
    columns = [
        Column(pgettext("summary column", "Metric"), 2.2),
        Column(pgettext("summary column", "This period"), 1.5, number=True),
        Column(pgettext("summary column", "Period before"), 1.5, number=True),
        Column(pgettext("summary column", "vs previous"), 1.2, number=True),
    ]
    if _has_last_year(facts, names):
        columns.append(Column(pgettext("summary column", "vs last year"), 1.2, number=True))
    if facts.targets:
        columns.append(Column(pgettext("summary column", "Target"), 1.3, number=True))
        columns.append(Column(pgettext("summary column", "Completion"), 1.2, number=True))
    return tuple(columns)


def _sheet_row(facts: Facts, metric: str, names: list[str]) -> tuple[Cell, ...]:
    figure = facts.figure(metric)
    previous, year = figure.change_previous, figure.change_last_year
    cells = [
        Cell(sentence(short_name(metric))),
        Cell(cell_text(metric, figure.value), figure=metric),
        Cell(cell_text(metric, figure.previous)),
        Cell(arrow(metric, previous), tone_of(metric, previous)),
    ]
    if _has_last_year(facts, names):
        cells.append(Cell(arrow(metric, year), tone_of(metric, year)))
    if facts.targets:
        done = figure.completion
        cells.append(Cell(cell_text(metric, figure.target)))
        cells.append(
            Cell(percent(round(done, 2)), Tone.GOOD if done >= 1 else Tone.BAD)
            if done is not None
            else Cell("—")
        )
    return tuple(cells)


def _findings(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Findings")
    if facts.silent:
        return Missing(
            section,
            pgettext("summary missing", "Findings: nothing happened in this period that could be judged."),
        )
    good = tuple(finding(facts, one) for one in strengths(facts))
    bad = tuple(finding(facts, one) for one in weaknesses(facts))
    return Draft(
        section,
        _findings_title(len(good), len(bad)),
        Findings(
            good,
            bad,
            pgettext("summary findings", "Nothing stood out for the better in this period."),
            pgettext("summary findings", "No target was missed and nothing got notably worse."),
        ),
        [one.figure for one in (*good, *bad)],
        remark=pgettext("summary remark", "Proposed from the figures: targets first, then changes beyond the usual range."),
    )  # fmt: skip


def _findings_title(good: int, bad: int) -> str:
    if not good and not bad:
        return pgettext("summary title", "A steady period without surprises")
    if not bad:
        return npgettext(
            "summary title",
            "{n} thing went well, no gap stands out",
            "{n} things went well, no gap stands out",
            good,
        ).format(n=good)
    if not good:
        return npgettext("summary title", "{n} thing needs work", "{n} things need work", bad).format(n=bad)
    first = npgettext("summary title", "{n} thing went well", "{n} things went well", good).format(n=good)
    then = npgettext("summary title", "{n} needs work", "{n} need work", bad).format(n=bad)
    return pgettext("summary clause", ", ").join((first, then))  # fmt: skip


def _business(facts: Facts) -> Missing:
    return Missing(
        pgettext("summary section", "Business"),
        pgettext("summary missing", "Business: no advertising or other income is recorded. With it this page shows revenue and what it came from."),
    )  # fmt: skip
