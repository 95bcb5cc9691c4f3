"""Who came, who came back, who stayed away: life cycle and retention of members."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import pgettext

from tiantang.metrics import query
from tiantang.metrics.periods import Grain, Period
from tiantang.metrics.query import Cohort, LifecyclePoint, RetentionTable
from tiantang.summary.chapters.draft import Draft
from tiantang.summary.document import ChartBlock, Missing, Statement, Tone
from tiantang.summary.facts import Facts
from tiantang.summary.findings import LOOK_BACK
from tiantang.summary.narrative import base_name, few, moved, percent, remarks, run_on, sentence, tone_of
from tiantang.summary.plots import grain_word, part_name
from tiantang.ui.charts.model import Chart, ChartKind, Series
from tiantang.ui.charts.numbers import plain

LONG_PERIOD = 200
"""From so many days on, cohorts are counted by month."""


def coming_and_going(facts: Facts) -> Draft | None:
    """New, returned and silent members of the period, beside the periods before: one grain for all figures."""
    names = ("new_members", "returning_members", "resurrecting_members", "dormant_members")
    moves = Moves(*(round(facts.value(name)) for name in names))
    chart = _moves_chart(facts)
    if chart is None or not moves.now:
        return None
    return Draft(
        pgettext("summary section", "Coming and going"),
        moves.claim,
        ChartBlock(chart, _moves_statements(facts, moves)),
        [facts.cite(name) for name in names],
        remark=remarks(facts),
    )


@dataclass(frozen=True, slots=True)
class Moves:
    """How the active members of the period before became those of this one."""

    new: int
    stayed: int
    back: int
    silent: int

    @property
    def before(self) -> int:
        return self.stayed + self.silent

    @property
    def now(self) -> int:
        return self.stayed + self.new + self.back

    @property
    def claim(self) -> str:
        gained = self.now - self.before
        if gained > 0:
            return pgettext("summary title", "More came than fell silent: {n} gained").format(n=plain(gained))
        if gained < 0:
            return pgettext("summary title", "More fell silent than came: {n} lost").format(n=plain(-gained))
        return pgettext("summary title", "As many came as fell silent")


def _moves_statements(facts: Facts, moves: Moves) -> tuple[Statement, ...]:
    base = base_name(facts.counted)
    return (
        Statement(
            pgettext("summary statement", "{new} new, {back} came back").format(
                new=plain(moves.new), back=plain(moves.back)
            ),
            pgettext("summary statement", "Came back: not active {base}, but before that.").format(base=base),
            figure="new_members",
        ),
        Statement(
            pgettext("summary statement", "{silent} fell silent").format(silent=plain(moves.silent)),
            pgettext("summary statement", "{share} of the {n} active {base}.").format(
                share=percent(round(moves.silent / moves.before, 2)) if moves.before else "—",
                n=plain(moves.before),
                base=base,
            ),
            Tone.BAD if moves.now < moves.before else Tone.PLAIN,
            "dormant_members",
        ),
        Statement(
            pgettext("summary statement", "Active members: {before} → {now}").format(
                before=plain(moves.before), now=plain(moves.now)
            ),
            f"{plain(moves.before)} + {plain(moves.new)} + {plain(moves.back)} − {plain(moves.silent)} = {plain(moves.now)}",
        ),
    )


def _moves_chart(facts: Facts) -> Chart | None:
    """The last finished periods of the same kind; of days chosen freely the weeks that lie in them."""
    by, points = _moves_points(facts)
    while points and not points[0].new + points[0].returning + points[0].resurrecting:
        points = points[1:]
    if len(points) < 2:
        return None
    kinds = (
        (pgettext("summary chart", "Returning"), [point.returning for point in points]),
        (pgettext("summary chart", "New"), [point.new for point in points]),
        (pgettext("summary chart", "Back after a break"), [point.resurrecting for point in points]),
        (pgettext("summary chart", "Fell silent"), [-point.dormant for point in points]),
    )
    title = pgettext("summary chart", "Active members by how they came, {by}").format(by=grain_word(by))
    return Chart(
        kind=ChartKind.STACKED,
        title=title,
        summary=title,
        categories=tuple(part_name(facts, point.start, by) for point in points),
        series=tuple(Series(name, tuple(float(value) for value in values)) for name, values in kinds),
        unit=pgettext("summary unit", "members") if facts.zh else "",
        language=facts.language,
    )


def _moves_points(facts: Facts) -> tuple[Grain, list[LifecyclePoint]]:
    period = facts.period
    if period.kind == "custom":
        weeks = query.lifecycle(facts.counted, "week")
        return "week", [w for w in weeks if w.start >= period.start and w.end <= facts.counted.end]
    first = period
    for _ in range(LOOK_BACK):
        first = first.previous()
    points = query.lifecycle(Period(first.start, period.end), period.kind)
    return period.kind, [point for point in points if not point.partial]


def retention(facts: Facts) -> Draft | Missing:
    """The triangle of those who joined: who came back in which later week or month."""
    section = pgettext("summary section", "Retention")
    unit: Grain = "week" if facts.period.days <= LONG_PERIOD else "month"
    asked = facts.counted
    if facts.period.days < 49:  # a month has too few weekly cohorts for a triangle: look back
        asked = type(asked)(asked.start - timedelta(weeks=6), asked.end)
    table = query.retention(asked, unit, 8)
    cohorts = [one for one in table.cohorts if one.size and any(cell is not None for cell in one.cells[1:])][
        -9:
    ]
    if len(cohorts) < 2:
        return Missing(
            section,
            pgettext("summary missing", "Retention: too few joined, or too recently, to see who comes back."),
        )
    steps = max(place for one in cohorts for place, cell in enumerate(one.cells) if cell is not None)
    name = {
        "week": pgettext("summary chart", "week {n}"),
        "month": pgettext("summary chart", "month {n}"),
    }[unit]
    chart = Chart(
        kind=ChartKind.HEATMAP,
        title=pgettext("summary chart", "Share of those who joined that came back, by week of joining")
        if unit == "week"
        else pgettext("summary chart", "Share of those who joined that came back, by month of joining"),
        summary=pgettext("summary chart", "Rows are cohorts with their size; unfinished cells stay empty."),
        categories=tuple(name.format(n=step) for step in range(1, steps + 1)),
        series=tuple(
            Series(
                pgettext("summary chart", "{start} ({size})").format(
                    start=part_name(facts, one.start, unit),
                    size=plain(one.size),
                ),
                tuple(one.cells[1 : steps + 1]),
            )
            for one in cohorts
        ),
        percent=True,
        language=facts.language,
        note=pgettext("summary chart", "In brackets: members who joined. Unfinished cells stay empty."),
    )
    return Draft(
        section, _retention_title(facts, table, cohorts), ChartBlock(chart, _retention_statements(facts, table, cohorts)), [facts.cite("retention")]
    )  # fmt: skip


def _cohorts_named(facts: Facts, unit: Grain, cohorts: Sequence[Cohort]) -> str:
    """Which cohorts a mean is taken over: the 9 weeks of joining from 8/31 to 10/26."""
    if len(cohorts) == 1:
        one = {
            "week": pgettext("summary statement", "those who joined in the week of {first}"),
            "month": pgettext("summary statement", "those who joined in {first}"),
        }
        return one[unit].format(first=part_name(facts, cohorts[0].start, unit))
    names = {
        "week": pgettext("summary statement", "the {n} weeks of joining shown, {first} to {last}"),
        "month": pgettext("summary statement", "the {n} months of joining shown, {first} to {last}"),
    }
    return names[unit].format(
        n=len(cohorts),
        first=part_name(facts, cohorts[0].start, unit),
        last=part_name(facts, cohorts[-1].start, unit),
    )


def _mean(cohorts: Sequence[Cohort], step: int) -> tuple[float | None, int]:
    """Share and size of the cohorts whose step is over."""
    held = [(one.counts[step], one.size) for one in cohorts if len(one.counts) > step]
    known = [(count, size) for count, size in held if count is not None and size]
    size = sum(size for _, size in known)
    return (sum(count for count, _ in known) / size if size else None), size


def _retention_title(facts: Facts, table: RetentionTable, cohorts: Sequence[Cohort]) -> str:
    """By week the cited figure itself; by month the mean of the cohorts drawn."""
    figure = facts.figure("retention")
    if table.unit == "week" and figure.value is not None and figure.denominator:
        text = pgettext("summary title", "Of {n} who joined in this period {share} came back the week after")
        return text.format(n=plain(figure.denominator), share=facts.text("retention"))
    share, _ = _mean(cohorts, 1)
    if share is None:
        return pgettext("summary title", "Who joined, and who came back")
    text = pgettext("summary title", "{share} of those who join come back the month after")
    if table.unit == "week":
        text = pgettext("summary title", "{share} of those who join come back the week after")
    return text.format(share=percent(round(share, 2)))


def _retention_statements(
    facts: Facts, table: RetentionTable, cohorts: Sequence[Cohort]
) -> tuple[Statement, ...]:
    last = max(place for one in cohorts for place, count in enumerate(one.counts) if count is not None)
    share, size = _mean(cohorts, last)
    statements = []
    if last > 1 and share is not None:
        text = {
            "week": pgettext("summary statement", "{share} are still there in week {n}"),
            "month": pgettext("summary statement", "{share} are still there in month {n}"),
        }[table.unit]
        told = [one for one in cohorts if len(one.counts) > last and one.counts[last] is not None]
        among = pgettext("summary statement", "Of {n} members: {cohorts}.").format(
            n=plain(size), cohorts=_cohorts_named(facts, "month" if table.unit == "month" else "week", told)
        )
        statements.append(
            Statement(text.format(share=percent(round(share, 2)), n=last), run_on(among, few(size)))
        )
    figure = facts.figure("retention")
    among = ""
    if figure.denominator:
        among = pgettext("summary statement", "First-week return: of {n} who joined in this period.").format(
            n=plain(figure.denominator)
        )
    statements.append(
        Statement(
            sentence(moved(facts, "retention")),
            run_on(among, few(figure.n)),
            tone_of("retention", figure.change_previous),
            "retention",
        )
    )
    return tuple(statements)
