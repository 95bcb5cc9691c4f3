"""Questions about the same people over time: retention, lifecycle, funnel, concentration."""

from __future__ import annotations

from datetime import date

from tiantang.metrics import clock
from tiantang.metrics.answers import (
    Cohort,
    Concentration,
    LifecyclePoint,
    RetentionTable,
    Step,
    Where,
)
from tiantang.metrics.periods import Grain, Period, period_of
from tiantang.metrics.query.cells import cells
from tiantang.metrics.query.figures import EVERYONE
from tiantang.metrics.registry import metric_named

STEPS = ("visit", "sign_up", "first_post", "active_again")
LONGEST_TABLE = 4000
"""Units that an unbounded table may look ahead."""


def lifecycle(period: Period, by: Grain = "week", where: Where = EVERYONE) -> list[LifecyclePoint]:
    """New, returning, resurrecting and dormant members of every calendar week (or ``by``) in the period."""
    parts = period.split(by)
    names = ("new_members", "returning_members", "resurrecting_members", "dormant_members")
    found = [cells(metric_named(name), parts, where) for name in names]
    return [
        LifecyclePoint(part.start, part.end, new.n, returning.n, back.n, dormant.n, part.is_partial())
        for part, new, returning, back, dormant in zip(parts, *found, strict=True)
    ]


def funnel(period: Period, where: Where = EVERYONE) -> list[Step]:
    """Visit → sign-up → first post → active again, each within 30 days of the one before.

    For imported history without visits the first step has count 0 and the rates start at the sign-up.
    """
    extra = cells(metric_named("funnel"), [period], where)[0].extra
    counts = [int(extra.get(name) or 0) for name in STEPS]
    first = next((count for count in counts if count), 0)
    steps = []
    for name, count, before in zip(STEPS, counts, [0, *counts], strict=False):
        steps.append(
            Step(name, count, count / before if before else None, count / first if first and count else None)
        )
    return steps


def concentration(period: Period, where: Where = EVERYONE) -> Concentration:
    """How contributions gather in few hands, and who only interacts or reads.

    Creators published a topic or a reply; interactors did not, but commented, liked, shared or bookmarked;
    readers are the other active members.
    """
    from tiantang.metrics.rollups import reading, splits

    cell = cells(metric_named("concentration"), [period], where)[0]
    with reading.open_rollups() as connection:
        creators, interactors, readers = splits.read_roles(connection, period, where)
    return Concentration(
        top_1=cell.extra.get("top_1"),
        top_10=cell.value,
        creators=creators,
        interactors=interactors,
        readers=readers,
        contributors=cell.n,
        contributions=int(cell.denominator or 0),
    )


def retention(
    period: Period, unit: Grain = "week", steps: int = 8, unbounded: bool = False, where: Where = EVERYONE
) -> RetentionTable:
    """Cohorts of the units that begin in the period: who of those who joined came back ``k`` units later.

    Cell k is the share active in unit k, with ``unbounded`` in unit k or any later one. Units that are not
    over are None; the mean of a step is weighted by cohort size over the cohorts that have it. When no unit
    begins in the period, the one it lies in is taken.
    """
    from tiantang.metrics.rollups import reading, triangle

    units = [part for part in period.split(unit) if part.start >= period.start] or period.split(unit)
    today = clock.today()
    every = _reaching(units, LONGEST_TABLE if unbounded else steps, today)
    with reading.open_rollups() as connection:
        found = triangle.read_triangle(connection, every, len(units), steps, unbounded, where, today)
    cohorts = [_cohort(part, size, counts) for part, (size, counts) in zip(units, found, strict=True)]
    return RetentionTable(unit, unbounded, cohorts, _weighted(cohorts, steps))


def _reaching(units: list[Period], ahead: int, today: date) -> list[Period]:
    """The units and up to ``ahead`` more, as far as the present."""
    every = list(units)
    while every[-1].end <= today and len(every) < len(units) + ahead:
        every.append(period_of(every[-1].end, every[-1].kind))  # type: ignore[arg-type]
    return every


def _cohort(part: Period, size: int, counts: list[int | None]) -> Cohort:
    shares = [count / size if count is not None and size else None for count in counts]
    return Cohort(part.start, size, shares, counts)


def _weighted(cohorts: list[Cohort], steps: int) -> list[float | None]:
    mean: list[float | None] = []
    for step in range(steps + 1):
        known = [(c.counts[step] or 0, c.size) for c in cohorts if c.counts[step] is not None and c.size]
        size = sum(size for _, size in known)
        mean.append(sum(count for count, _ in known) / size if size else None)
    return mean
