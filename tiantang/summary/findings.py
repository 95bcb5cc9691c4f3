"""What went well and what must change, proposed from the facts: targets beaten or missed, changes beyond the usual."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from django.utils.translation import pgettext

from tiantang.dashboards.targets import LENGTHLESS
from tiantang.metrics import query
from tiantang.metrics.periods import Period
from tiantang.metrics.query import Figure, Where
from tiantang.metrics.registry import METRICS
from tiantang.summary.document import Finding
from tiantang.summary.facts import SMALL, Facts, distinct
from tiantang.summary.narrative import (
    against_previous,
    arrow,
    compared,
    in_points,
    missed,
    moved,
    percent,
    run_on,
    sentence,
    short_of,
)

WATCHED = (
    "active_members",
    "new_members",
    "contributing_members",
    "posts",
    "comments",
    "likes",
    "reply_rate",
    "time_to_first_response",
    "report_rate",
    "retention",
    "stickiness",
    "time_on_site",
    "interaction_rate",
)
"""Figures that findings are drawn from, the more important first."""
LOOK_BACK = 6
AT_LEAST = 4
"""Earlier periods needed before one may speak of a usual range."""
NOTABLE, NOTABLE_POINTS = 0.1, 0.03
"""Without a usual range: relative change and points from which a change is worth a finding."""
PARTS = ("posts", "comments", "likes", "contributing_members")
"""Figures that boards add up to or share in, so that a board can be named as their driver."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure with its verdict: ``weight`` is positive for good news, the larger the clearer."""

    metric: str
    weight: float
    reason: str


def earlier_values(facts: Facts, metric: str) -> list[float]:
    """The figure in up to six periods before, oldest first, as far back as there is anything."""
    if ("earlier", metric) not in facts.memory:
        facts.memory["earlier", metric] = _earlier(facts, metric)
    held: list[float] = facts.memory["earlier", metric]
    return held


def _earlier(facts: Facts, metric: str) -> list[float]:
    period = facts.period
    first = period
    for _ in range(LOOK_BACK):
        first = first.previous()
    if period.kind == "custom":
        values = [_value(metric, part) for part in _back(period)]
    else:
        points = query.series(metric, Period(first.start, period.start), period.kind, Where())
        values = [point.value for point in points if point.value is not None]
    while values and values[0] == 0:
        values.pop(0)
    return values


def _back(period: Period) -> list[Period]:
    """The periods before, oldest first."""
    parts = [period.previous()]
    while len(parts) < LOOK_BACK:
        parts.append(parts[-1].previous())
    return parts[::-1]


def _value(metric: str, period: Period) -> float:
    return query.figure(metric, period, Where(), compare=False).value or 0.0


def usual(values: list[float]) -> tuple[float, float] | None:
    """Median ± two robust deviations of earlier periods; None with too few."""
    if len(values) < AT_LEAST:
        return None
    middle = median(values)
    spread = max(2 * 1.4826 * median(abs(value - middle) for value in values), abs(middle) * 0.03)
    return middle - spread, middle + spread


def judge(facts: Facts, metric: str) -> Judged | None:
    """What the figure deserves to be said about it, if anything."""
    figure = facts.figure(metric)
    better = METRICS[metric].better
    if figure.value is None or not better:
        return None
    if figure.completion is not None and not _still_filling(figure):
        gap = figure.completion - 1
        reason = pgettext("summary finding", "{share} of the target.").format(
            share=percent(round(figure.completion, 2))
        )
        return Judged(metric, gap * 2 if abs(gap) > 0.001 else 0.01, reason)
    change = figure.change_previous
    if change is None or _thin(facts, metric):
        return None
    sign = 1 if (change > 0) == (better == "higher") else -1
    band = _usual_band(facts, figure) if not figure.partial else None
    if band is not None:
        if band[0] <= figure.value <= band[1]:
            return None
        reason = pgettext("summary finding", "Beyond its usual range of the last periods.")
        side = 1 if (figure.value > band[1]) == (better == "higher") else -1
        return Judged(metric, side * max(abs(change) * (4 if in_points(metric) else 1), 0.05), reason)
    if abs(change) < (NOTABLE_POINTS if in_points(metric) else NOTABLE):
        return None
    return Judged(metric, sign * abs(change) * (4 if in_points(metric) else 1), "")


def _usual_band(facts: Facts, figure: Figure) -> tuple[float, float] | None:
    """The usual range of earlier periods; a day is held against its own weekday, a Saturday is no Friday."""
    if facts.period.kind != "day":
        return usual(earlier_values(facts, figure.metric))
    return None if figure.low is None or figure.high is None else (figure.low, figure.high)


def _still_filling(figure: Figure) -> bool:
    """A count of a running period that has not reached its target yet: time will tell."""
    return figure.partial and METRICS[figure.metric].kind not in LENGTHLESS and (figure.completion or 0) < 1


def _thin(facts: Facts, metric: str) -> bool:
    """Too few cases for a verdict."""
    figure = facts.figure(metric)
    return figure.n < SMALL and not (METRICS[metric].unit == "count" and (figure.value or 0) >= SMALL)


def judged(facts: Facts) -> list[Judged]:
    """Every verdict, the clearest first."""
    if "judged" not in facts.memory:
        names = distinct((*facts.targets, *WATCHED))
        found = [verdict for metric in names if (verdict := judge(facts, metric)) is not None]
        facts.memory["judged"] = sorted(found, key=lambda one: -abs(one.weight))
    held: list[Judged] = facts.memory["judged"]
    return held


def strengths(facts: Facts) -> list[Judged]:
    """Up to three good ones."""
    return [one for one in judged(facts) if one.weight > 0][:3]


def weaknesses(facts: Facts) -> list[Judged]:
    """Up to three bad ones."""
    return [one for one in judged(facts) if one.weight < 0][:3]


def finding(facts: Facts, verdict: Judged) -> Finding:
    """The verdict in words with its figure."""
    figure = facts.figure(verdict.metric)
    value = arrow(verdict.metric, figure.change_previous)
    if figure.completion is not None:
        value = percent(round(figure.completion, 2))
    if verdict.weight < 0 and missed(facts, verdict.metric):
        title = sentence(short_of(facts, verdict.metric))
        change = against_previous(facts, verdict.metric)
    else:
        title, change = sentence(moved(facts, verdict.metric)), ""
    text = run_on(driver_line(facts, verdict.metric), verdict.reason, change)
    return Finding(title, text or compared(facts, verdict.metric), value, facts.cite(verdict.metric))


def driver_line(facts: Facts, metric: str) -> str:
    """Which board moved the figure most, in its own direction; nothing for a single board."""
    figure = facts.figure(metric)
    if metric not in PARTS or figure.change_previous is None or len(facts.by_board(metric)) < 2:
        return ""
    now = {part.key: part.value or 0 for part in facts.by_board(metric)}
    period = facts.period.previous()
    if figure.partial:
        period = period.first_days(figure.compared_days or period.days)
    before = {part.key: part.value or 0 for part in query.breakdown(metric, period, "board")}
    moves = {key: now.get(key, 0) - before.get(key, 0) for key in {*now, *before} if key in facts.boards}
    sign = 1 if figure.change_previous > 0 else -1
    key = max(moves, key=lambda one: moves[one] * sign)
    moved_by = round(moves[key])
    if not moved_by or (moved_by > 0) != (figure.change_previous > 0):
        return ""
    board = facts.board_name(facts.boards[key])
    return pgettext("summary finding", "“{board}” moved it most: {n}.").format(
        board=board, n=f"{moved_by:+,}"
    )
