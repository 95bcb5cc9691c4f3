"""6 未来规划: targets for the next period as proposals, and measures drawn from the weaknesses."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from math import ceil
from statistics import median

from django.utils.translation import npgettext, pgettext

from tiantang.community.members.models import Role
from tiantang.metrics.periods import MONTHS, Period, period_of
from tiantang.metrics.registry import METRICS
from tiantang.summary.chapters.draft import Draft, chapter_of
from tiantang.summary.chapters.members import first_topics
from tiantang.summary.document import Cell, Chapter, Column, Missing, TableBlock, Tone
from tiantang.summary.facts import SMALL, Facts
from tiantang.summary.findings import Judged, earlier_values, weaknesses
from tiantang.summary.narrative import in_points, moved, percent, sentence, short_name
from tiantang.summary.wording import value_text

AIMED = ("active_members", "new_members", "posts", "reply_rate", "time_to_first_response", "retention")
"""Figures that get a proposed target when the period had none."""
GROWTH = (0.02, 0.15)
"""A proposed rise is never smaller or bolder than this."""
POINTS = (0.01, 0.03)
CEILING = 0.98
HEAVY = 0.6
"""Share of the top tenth from which the talk rests on too few."""


def build(facts: Facts) -> Chapter:
    """The sixth chapter."""
    title = pgettext("summary chapter", "Outlook")
    return chapter_of(
        facts, 6, "outlook", title, (_goals, _measures, _roadmap), (_answer(facts), _finding(facts))
    )


def next_period(period: Period) -> Period:
    """The period after this one: the calendar's, or one of equal length."""
    if period.kind in MONTHS or period.kind in ("week", "day"):
        return period_of(period.end, period.kind)  # type: ignore[arg-type]
    return Period(period.end, period.end + timedelta(days=period.days))


def _answer(facts: Facts) -> str:
    weak = weaknesses(facts)
    if not weak:
        return pgettext(
            "summary outlook", "No gap to close first: keep the pace and raise the targets a little."
        )
    return pgettext(
        "summary outlook", "First {name}, then the targets: what fell back decides the next period."
    ).format(name=short_name(weak[0].metric))


def _finding(facts: Facts) -> str:
    weak = weaknesses(facts)
    if not weak:
        return pgettext("summary outlook", "Keep the pace, raise the targets a little")
    return pgettext("summary outlook", "Work on {name} first").format(name=short_name(weak[0].metric))


def propose(facts: Facts, metric: str) -> tuple[float, str] | None:
    """A target for the next period and why; None where there is no figure to start from."""
    figure = facts.figure(metric)
    if not figure.value or figure.partial:
        return None
    if figure.target is not None and (figure.completion or 0) < 1:
        return figure.target, pgettext("summary outlook", "the target that was missed stays")
    better = METRICS[metric].better
    values = [*earlier_values(facts, metric), figure.value]
    middle = median(values)
    lower = better == "lower"
    fell = (figure.value > middle * 1.05) if lower else (figure.value < middle * 0.95)
    if fell and len(values) >= 3:
        step = max(middle, figure.value * 0.75) if lower else min(middle, figure.value * (1 + GROWTH[1]))
        return _rounded(metric, step, lower), pgettext(
            "summary outlook", "towards the median of the last periods"
        )
    if lower:
        return _rounded(metric, figure.value * 0.9, lower), pgettext("summary outlook", "a tenth quicker")
    if in_points(metric):
        step = min(max(_pace(values, points=True), POINTS[0]), POINTS[1])
        return min(_rounded(metric, figure.value + step, lower), max(CEILING, figure.value)), _pace_reason(
            values
        )
    step = min(max(_pace(values, points=False), GROWTH[0]), GROWTH[1])
    return _rounded(metric, figure.value * (1 + step), lower), _pace_reason(values)


def _pace(values: list[float], *, points: bool) -> float:
    """The median step from one period to the next."""
    if points:
        steps = [after - before for before, after in pairwise(values)]
    else:
        steps = [(after - before) / before for before, after in pairwise(values) if before]
    return median(steps) if steps else 0.0


def _pace_reason(values: list[float]) -> str:
    if len(values) < 3:
        return pgettext("summary outlook", "a careful step: there is little history")
    return pgettext("summary outlook", "the pace of the last {n} periods").format(n=len(values))


def _rounded(metric: str, value: float, lower: bool) -> float:
    """A target people can remember: two leading digits, whole per cent, whole minutes."""
    if in_points(metric):
        return ceil(value * 100 - 1e-9) / 100
    if METRICS[metric].unit == "seconds":
        unit = 60 if value < 7200 else 600
        return max(60.0, round(value / unit) * unit)
    if value < 20 and METRICS[metric].unit != "count":
        return round(value, 1)
    size = 10 ** max(0, len(str(int(abs(value)))) - 2)
    return float((int(value // size) if lower else ceil(value / size)) * size)


def _goals(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Goals of the next period")
    names = list(dict.fromkeys((*facts.targets, *AIMED)))[:7]
    made = [(name, proposal) for name in names if (proposal := propose(facts, name))]
    if not made:
        return Missing(
            section,
            pgettext("summary missing", "Goals: proposals follow when the period is over and has figures."),
        )
    coming = next_period(facts.period).label(facts.language)
    rows = tuple(
        (
            Cell(sentence(short_name(name))),
            Cell(facts.text(name), figure=facts.cite(name)),
            Cell(value_text(name, target)),
            Cell(reason),
        )
        for name, (target, reason) in made
    )
    return Draft(
        section,
        npgettext("summary title", "Proposal for {period}: {n} target", "Proposal for {period}: {n} targets", len(rows)).format(period=coming, n=len(rows)),
        TableBlock(
            (
                Column(pgettext("summary column", "Metric"), 2),
                Column(pgettext("summary column", "This period"), 1.4, number=True),
                Column(pgettext("summary column", "Proposed target"), 1.4, number=True),
                Column(pgettext("summary column", "Why"), 3),
            ),
            rows,
            None,
            pgettext("summary conclusion", "Proposals drawn from the trend; the lead decides and sets them as targets."),
        ),
        [facts.cite(name) for name, _ in made],
    )  # fmt: skip


def _measures(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Measures")
    weak = weaknesses(facts)
    until = next_period(facts.period).last_day.isoformat()
    rows = [_measure_row(facts, one, until) for one in weak]
    rows += [row for row in (_first_post_row(facts, until), _few_hands_row(facts, until)) if row]
    if not rows:
        return Missing(
            section, pgettext("summary missing", "Measures: no weakness stood out, so none is proposed.")
        )
    return Draft(
        section,
        npgettext("summary title", "{n} measure against what fell short", "{n} measures against what fell short", len(rows)).format(n=len(rows)),
        TableBlock(
            (
                Column(pgettext("summary column", "Problem"), 3.2),
                Column(pgettext("summary column", "Proposed measure"), 4.2),
                Column(pgettext("summary column", "Duty"), 1.3),
                Column(pgettext("summary column", "Until"), 1.4, number=True),
            ),
            tuple(rows),
            0,
            pgettext("summary conclusion", "Each measure is judged by the figure it started from."),
            Tone.PLAIN,
        ),
        [facts.cite(one.metric) for one in weak],
        remark=pgettext("summary remark", "Proposed from the weaknesses found; owner and resources are for the team to settle."),
    )  # fmt: skip


def _measure_row(facts: Facts, verdict: Judged, until: str) -> tuple[Cell, ...]:
    measure, role = _measure(verdict.metric)
    return (
        Cell(sentence(moved(facts, verdict.metric)), figure=verdict.metric),
        Cell(measure),
        Cell(str(role.label)),
        Cell(until),
    )


def _first_post_row(facts: Facts, until: str) -> tuple[Cell, ...] | None:
    """First posters without an answer are worth a measure of their own."""
    unanswered = first_topics(facts)[1]
    if not unanswered:
        return None
    problem = npgettext(
        "summary measure",
        "{n} first topic without an answer",
        "{n} first topics without an answer",
        unanswered,
    ).format(n=unanswered)
    welcome = pgettext("summary measure", "Greet newcomers, answer every first post within a day")
    return (Cell(problem), Cell(welcome), Cell(str(Role.MEMBERS.label)), Cell(until))


def _few_hands_row(facts: Facts, until: str) -> tuple[Cell, ...] | None:
    """Talk that rests on few shoulders."""
    hands = facts.hands
    if (hands.top_10 or 0) <= HEAVY or hands.contributors < SMALL:
        return None
    problem = pgettext("summary measure", "A tenth of the writers produce {share}").format(
        share=percent(round(hands.top_10 or 0, 2))
    )
    measure = pgettext("summary measure", "Ask ten regular readers for a first post on what they know")
    return (Cell(problem), Cell(measure), Cell(str(Role.CONTENT.label)), Cell(until))


def _measure(metric: str) -> tuple[str, Role]:
    """What usually helps, and whose duty it is."""
    answers = pgettext("summary measure", "Evening watch: answer what is open for a day")
    welcome = pgettext("summary measure", "Greet newcomers, answer every first post within a day")
    topics = pgettext("summary measure", "Two guided topics a week in the boards that fell")
    table = {
        "reply_rate": (answers, Role.CONTENT),
        "unanswered_rate": (answers, Role.CONTENT),
        "time_to_first_response": (answers, Role.CONTENT),
        "retention": (welcome, Role.MEMBERS),
        "new_members": (pgettext("summary measure", "Share links on the best topics, ask members to invite"), Role.MEMBERS),
        "funnel": (welcome, Role.MEMBERS),
        "report_rate": (pgettext("summary measure", "Guidance notes and slow mode where reports gather"), Role.MEMBERS),
        "likes": (pgettext("summary measure", "Feature one good post a day"), Role.CONTENT),
        "interaction_rate": (pgettext("summary measure", "Feature one good post a day"), Role.CONTENT),
        "active_members": (pgettext("summary measure", "Write to members who fell silent, with what they missed"), Role.MEMBERS),
        "dau": (pgettext("summary measure", "One fixed activity each week on the quietest day"), Role.EVENTS),
        "stickiness": (pgettext("summary measure", "One fixed activity each week on the quietest day"), Role.EVENTS),
        "time_on_site": (pgettext("summary measure", "Link related topics at the end of long ones"), Role.CONTENT),
    }  # fmt: skip
    return table.get(metric, (topics, Role.CONTENT))


def _roadmap(facts: Facts) -> Missing:
    return Missing(
        pgettext("summary section", "Roadmap"),
        pgettext("summary missing", "Roadmap: no long-term plan is recorded. With one this page shows its stages and what is due."),
    )  # fmt: skip
