"""6 未来规划: targets for the next period as proposals, and measures drawn from the weaknesses."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from math import ceil
from statistics import median

from django.utils.translation import npgettext, pgettext

from tiantang.community.members.models import Role
from tiantang.dashboards.targets import LENGTHLESS
from tiantang.metrics import query
from tiantang.metrics.periods import MONTHS, Period, period_of
from tiantang.metrics.registry import METRICS
from tiantang.summary.chapters.draft import Draft, chapter_of
from tiantang.summary.chapters.measures import measure_for
from tiantang.summary.chapters.problems import first_topics, silent_newcomers
from tiantang.summary.document import Cell, Chapter, Column, Missing, TableBlock, Tone
from tiantang.summary.facts import SMALL, Facts, distinct
from tiantang.summary.findings import Judged, earlier_values, weaknesses
from tiantang.summary.narrative import in_points, percent, problem, run_on, sentence, short_name
from tiantang.summary.wording import cell_text

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
    if facts.silent:
        return pgettext("summary outlook", "Nothing happened in this period: there is nothing to go on from.")
    weak = weaknesses(facts)
    if not weak:
        return pgettext(
            "summary outlook", "No gap to close first: keep the pace and raise the targets a little."
        )
    return pgettext("summary outlook", "To work on first: {problem}.").format(
        problem=problem(facts, weak[0].metric)
    )


def _finding(facts: Facts) -> str:
    if facts.silent:
        return pgettext("summary outlook", "Nothing to go on from yet")
    weak = weaknesses(facts)
    if not weak:
        return pgettext("summary outlook", "Keep the pace, raise the targets a little")
    return pgettext("summary outlook", "To work on first: {name}").format(name=short_name(weak[0].metric))


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
        return _rounded(metric, step, lower), _median_reason(facts, len(values))
    if lower:
        return _rounded(metric, figure.value * 0.9, lower), pgettext("summary outlook", "a tenth quicker")
    if in_points(metric):
        step = min(max(_pace(values, points=True), POINTS[0]), POINTS[1])
        return min(_rounded(metric, figure.value + step, lower), max(CEILING, figure.value)), _pace_reason(
            facts, values
        )
    step = min(max(_pace(values, points=False), GROWTH[0]), GROWTH[1])
    return _rounded(metric, figure.value * (1 + step), lower), _pace_reason(facts, values)


def _pace(values: list[float], *, points: bool) -> float:
    """The median step from one period to the next."""
    if points:
        steps = [after - before for before, after in pairwise(values)]
    else:
        steps = [(after - before) / before for before, after in pairwise(values) if before]
    return median(steps) if steps else 0.0


def _pace_reason(facts: Facts, values: list[float]) -> str:
    n = len(values)
    if n < 3:
        return pgettext("summary outlook", "a careful step: there is little history")
    text = {
        "day": pgettext("summary outlook", "the trend of the last {n} days"),
        "week": pgettext("summary outlook", "the trend of the last {n} weeks"),
        "month": pgettext("summary outlook", "the trend of the last {n} months"),
        "quarter": pgettext("summary outlook", "the trend of the last {n} quarters"),
        "half": pgettext("summary outlook", "the trend of the last {n} half-years"),
        "year": pgettext("summary outlook", "the trend of the last {n} years"),
    }.get(
        facts.period.kind, pgettext("summary outlook", "the trend of the last {n} stretches of equal length")
    )
    return text.format(n=n)


def _median_reason(facts: Facts, n: int) -> str:
    text = {
        "month": pgettext("summary outlook", "towards the median of the last {n} months"),
        "quarter": pgettext("summary outlook", "towards the median of the last {n} quarters"),
        "year": pgettext("summary outlook", "towards the median of the last {n} years"),
    }.get(facts.period.kind, pgettext("summary outlook", "towards the median of the last {n} periods"))
    return text.format(n=n)


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


Goal = tuple[str, float, str]
"""A metric, its target for the next period, and why."""


def _set_goals(facts: Facts) -> list[Goal]:
    """Targets that are already set for the next period, with how far this period would have got."""
    held = facts.set_targets(next_period(facts.period))
    names = sorted(distinct(held), key=lambda metric: _reach(facts, metric, held[metric]) or 0)
    return [(metric, held[metric], _set_reason(facts, metric, held[metric])) for metric in names]


def _reach(facts: Facts, metric: str, target: float) -> float | None:
    """How much of the next period's target this period's figure would be; None while it still grows."""
    if _grows(facts, metric):
        return None
    return query.completion(METRICS[metric], facts.figure(metric).value, target)


def _set_reason(facts: Facts, metric: str, target: float) -> str:
    done = _reach(facts, metric, target)
    if done is None:
        return pgettext("summary outlook", "set")
    return pgettext("summary outlook", "already set; this period reached {share}").format(
        share=percent(round(done, 2))
    )


def _grows(facts: Facts, metric: str) -> bool:
    """Whether the figure still grows with every day of a running period."""
    return facts.period.is_partial() and METRICS[metric].kind not in LENGTHLESS


def _goals(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Goals of the next period")
    held = _set_goals(facts)
    known = [metric for metric, _, _ in held]
    made: list[Goal] = []
    for name in distinct((*known, *facts.targets, *AIMED)):
        proposal = propose(facts, name) if name not in known else None
        if proposal:
            made.append((name, *proposal))
    if not held and not made:
        return Missing(
            section,
            pgettext("summary missing", "Goals: proposals follow when the period is over and has figures."),
        )
    shown = [*held, *made][:7]
    made = [goal for goal in shown if goal not in held]
    return Draft(
        section,
        _goals_title(facts, len(held), len(made)),
        TableBlock(
            (
                Column(pgettext("summary column", "Metric"), 2),
                Column(pgettext("summary column", "This period"), 1.4, number=True),
                Column(pgettext("summary column", "Target"), 1.4, number=True),
                Column(pgettext("summary column", "Why"), 3),
            ),
            tuple(_goal_row(facts, *goal) for goal in shown),
            None,
            run_on(_passed(facts, held), pgettext("summary conclusion", "Proposals drawn from the trend; the lead decides and sets them as targets.") if made else ""),
            more=_goals_left(len(held) - len(shown)),
        ),
        [facts.cite(name) for name, _, _ in shown],
    )  # fmt: skip


def _passed(facts: Facts, held: list[Goal]) -> str:
    """How many of the set targets ask for less than there already is."""
    reach = [_reach(facts, metric, target) for metric, target, _ in held]
    count = sum(done is not None and done >= 1 for done in reach)
    if not count:
        return ""
    return npgettext(
        "summary conclusion",
        "{n} of the set targets is reached by this period's figure already; the lead decides whether to raise it.",
        "{n} of the set targets are reached by this period's figures already; the lead decides whether to raise them.",
        count,
    ).format(n=count)


def _goal_row(facts: Facts, name: str, target: float, reason: str) -> tuple[Cell, ...]:
    return (
        Cell(sentence(short_name(name))),
        Cell(cell_text(name, facts.figure(name).value), figure=facts.cite(name)),
        Cell(cell_text(name, target)),
        Cell(reason),
    )


def _goals_left(count: int) -> str:
    if count <= 0:
        return ""
    return npgettext("summary table", "and {n} more target", "and {n} more targets", count).format(n=count)


def _goals_title(facts: Facts, held: int, made: int) -> str:
    coming = next_period(facts.period).label(facts.language)
    if not held:
        return npgettext(
            "summary title", "Proposal for {period}: {n} target", "Proposal for {period}: {n} targets", made
        ).format(period=coming, n=made)
    text = npgettext("summary title", "{period}: {n} target is set", "{period}: {n} targets are set", held)
    said = text.format(period=coming, n=held)
    if not made:
        return said
    return said + npgettext("summary title", ", {n} proposed", ", {n} proposed", made).format(n=made)


Problem = tuple[str, str, Role, str]
"""What fell short, what usually helps, whose duty that is, and the figure behind it."""


def _measures(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Measures")
    rows = _measure_rows(facts)
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
            rows,
            0,
            pgettext("summary conclusion", "Each measure is judged by the figure it started from."),
            Tone.PLAIN,
        ),
        [facts.cite(one.metric) for one in weaknesses(facts)],
        remark=pgettext("summary remark", "Proposed from the weaknesses found; owner and resources are for the team to settle."),
    )  # fmt: skip


def _measure_rows(facts: Facts) -> tuple[tuple[Cell, ...], ...]:
    """A row for each measure; problems that the same measure helps against share it."""
    until = next_period(facts.period).last_day.isoformat()
    found = [_weakness(facts, one) for one in weaknesses(facts)]
    found += [one for one in (_silent(facts), _first_posts(facts), _few_hands(facts)) if one]
    by_measure: dict[str, list[Problem]] = {}
    for one in found:
        by_measure.setdefault(one[1], []).append(one)
    glue = pgettext("summary clause", "; ")
    return tuple(
        (
            Cell(glue.join([ones[0][0], *(lower(text) for text, *_ in ones[1:])]), figure=ones[0][3]),
            Cell(measure),
            Cell(str(ones[0][2].label)),
            Cell(until),
        )
        for measure, ones in by_measure.items()
    )


def lower(text: str) -> str:
    """A sentence as the second half of another one."""
    return text[:1].lower() + text[1:]


def _weakness(facts: Facts, verdict: Judged) -> Problem:
    measure, role = measure_for(verdict.metric)
    return sentence(problem(facts, verdict.metric)), measure, role, verdict.metric


def _silent(facts: Facts) -> Problem | None:
    """Newcomers of whom most have not written."""
    silent = silent_newcomers(facts)
    if silent is None or not silent.alarming or silent.of < SMALL:
        return None
    welcome = pgettext("summary measure", "Greet newcomers, answer every first post within a day")
    return silent.title, welcome, Role.MEMBERS, ""


def _first_posts(facts: Facts) -> Problem | None:
    """First posters without an answer are worth a measure of their own."""
    unanswered = first_topics(facts)[1]
    if not unanswered:
        return None
    text = npgettext(
        "summary measure",
        "{n} first topic without an answer",
        "{n} first topics without an answer",
        unanswered,
    ).format(n=unanswered)
    welcome = pgettext("summary measure", "Greet newcomers, answer every first post within a day")
    return text, welcome, Role.MEMBERS, ""


def _few_hands(facts: Facts) -> Problem | None:
    """Talk that rests on few shoulders."""
    hands = facts.hands
    if (hands.top_10 or 0) <= HEAVY or hands.contributors < SMALL:
        return None
    text = pgettext("summary measure", "A tenth of the writers produce {share} of the talk").format(
        share=percent(round(hands.top_10 or 0, 2))
    )
    measure = pgettext("summary measure", "Ask ten regular readers for a first post on what they know")
    return text, measure, Role.CONTENT, ""


def _roadmap(facts: Facts) -> Missing:
    return Missing(
        pgettext("summary section", "Roadmap"),
        pgettext("summary missing", "Roadmap: no long-term plan is recorded. With one this page shows its stages and what is due."),
    )  # fmt: skip
