"""Questions about the same people over time: retention, lifecycle, funnel, concentration."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from tiantang.metrics import clock, raw
from tiantang.metrics.periods import Grain, Period
from tiantang.metrics.query.answers import (
    Cohort,
    Concentration,
    LifecyclePoint,
    RetentionTable,
    Step,
    Where,
)
from tiantang.metrics.query.cells import cells
from tiantang.metrics.query.figures import EVERYONE
from tiantang.metrics.registry import metric_named

STEPS = ("visit", "sign_up", "first_post", "active_again")


def lifecycle(period: Period, by: Grain = "week", where: Where = EVERYONE) -> list[LifecyclePoint]:
    """New, returning, resurrecting and dormant members of every calendar week (or ``by``) in the period."""
    parts = period.split(by)
    names = ("new_members", "returning_members", "resurrecting_members", "dormant_members")
    found = [cells(metric_named(name), parts, where) for name in names]
    return [
        LifecyclePoint(part.start, part.end, *(cell.n for cell in quartet), partial=part.is_partial())
        for part, *quartet in zip(parts, *found, strict=True)
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
    cell = cells(metric_named("concentration"), [period], where)[0]
    with raw.lake_for(period) as connection:
        found = connection.execute(
            f"""
            SELECT count(*) FILTER (best = 3), count(*) FILTER (best = 2), count(*) FILTER (best = 1)
            FROM (
              SELECT subject, max(CASE WHEN event IN (20, 21) THEN 3
                                       WHEN event IN (22, 23, 25, 27) THEN 2 ELSE 1 END) AS best
              FROM events
              WHERE ts_us >= {raw.day_us(period.start)} AND ts_us < {raw.day_us(period.end)}
                AND subject > 0 AND {raw.filters_sql(where)}
              GROUP BY subject)
            """
        ).fetchone()
    creators, interactors, readers = found or (0, 0, 0)
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
    over are None; the mean of a step is weighted by cohort size over the cohorts that have it.
    """
    from datetime import timedelta

    units = [part for part in period.split(unit) if part.start >= period.start] or period.split(unit)
    today = clock.today()
    reach = max(units[-1].end, today) if unbounded else units[-1].end
    every = Period(units[0].start, max(reach, units[-1].end) + timedelta(days=31 * steps + 31)).split(unit)
    seen = _activity(every, len(units), where)
    cohorts = []
    for index, part in enumerate(units):
        members = seen[index]
        cohorts.append(_cohort(part, index, every, members, steps, unbounded))
    return RetentionTable(unit, unbounded, cohorts, _weighted(cohorts, steps))


def _cohort(
    part: Period, index: int, every: list[Period], members: list[set[int]], steps: int, unbounded: bool
) -> Cohort:
    today = clock.today()
    counts: list[int | None] = []
    for step in range(steps + 1):
        over = index + step < len(every) and every[index + step].end <= today
        hit = (
            (lambda seen, k=step: any(s >= k for s in seen))
            if unbounded
            else (lambda seen, k=step: k in seen)
        )
        counts.append(sum(map(hit, members)) if over else None)
    size = len(members)
    shares = [count / size if count is not None and size else None for count in counts]
    return Cohort(part.start, size, shares, counts)


def _weighted(cohorts: list[Cohort], steps: int) -> list[float | None]:
    mean: list[float | None] = []
    for step in range(steps + 1):
        known = [(c.counts[step], c.size) for c in cohorts if c.counts[step] is not None and c.size]
        size = sum(size for _, size in known)
        mean.append(sum(count or 0 for count, _ in known) / size if size else None)
    return mean


def _activity(every: list[Period], cohorts: int, where: Where) -> list[list[set[int]]]:
    """For each cohort, each member's set of unit offsets with activity."""
    bounds = ", ".join(
        f"({index}, {raw.day_us(part.start)}, {raw.day_us(part.end)})" for index, part in enumerate(every)
    )
    filters = raw.filters_sql(where)
    sql = f"""
        WITH units(place, start_us, end_us) AS (VALUES {bounds}), joined AS (
          SELECT subject, min(ts_us) AS joined_us FROM events
          WHERE event = 10 AND subject > 0 AND {filters} GROUP BY subject
        ), cohort AS (
          SELECT j.subject, u.place FROM joined AS j
          JOIN units AS u ON j.joined_us >= u.start_us AND j.joined_us < u.end_us WHERE u.place < {cohorts}
        ), active AS (
          SELECT DISTINCT e.subject, u.place FROM events AS e
          JOIN units AS u ON e.ts_us >= u.start_us AND e.ts_us < u.end_us
          WHERE e.subject > 0 AND {filters}
        )
        SELECT c.place, c.subject, a.place - c.place FROM cohort AS c
        LEFT JOIN active AS a ON a.subject = c.subject
        """
    members: list[dict[int, set[int]]] = [{} for _ in range(cohorts)]
    with raw.open_lake() as connection:
        for place, subject, offset in connection.execute(sql).fetchall():
            members[place].setdefault(subject, set()).add(-1 if offset is None else offset)
    return [list(found.values()) for found in members]
