"""The retention triangle from bitmaps: cohorts by joining unit, and who came back in which later unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tiantang.metrics.answers import Where
from tiantang.metrics.periods import Period
from tiantang.metrics.rollups import store
from tiantang.metrics.rollups.bitmaps import Activity, load_days, load_joined, union_of
from tiantang.metrics.rollups.wanted import numbers_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyroaring import BitMap

CohortCounts = tuple[int, list[int | None]]


def read_triangle(
    connection: DuckDBPyConnection,
    units: Sequence[Period],
    cohorts: int,
    steps: int,
    unbounded: bool,
    where: Where,
    today: date,
) -> list[CohortCounts]:
    """(size, members back after 0…``steps`` units) of the first ``cohorts`` units; None for units not over.

    ``units`` are consecutive and, for ``unbounded``, reach up to today.
    """
    days = load_days(
        connection, Activity.ACTIVE, where, range(numbers_of(units[0])[0], numbers_of(units[-1])[-1] + 1)
    )
    joined = load_joined(connection, where)
    active = [_everyone(days, unit) for unit in units]
    back = _from_then_on(active) if unbounded else active
    found: list[CohortCounts] = []
    for place in range(cohorts):
        members = _everyone(joined, units[place])
        found.append(
            (len(members), [_back(members, back, units, place + step, today) for step in range(steps + 1)])
        )
    return found


def _everyone(days: dict[int, BitMap], unit: Period) -> BitMap:
    return union_of(days, store.number_of(unit.start), store.number_of(unit.end))


def _from_then_on(active: Sequence[BitMap]) -> list[BitMap]:
    """For each unit everyone active in it or later."""
    later = [active[-1]]
    for members in reversed(active[:-1]):
        later.append(later[-1] | members)
    return later[::-1]


def _back(
    members: BitMap, back: Sequence[BitMap], units: Sequence[Period], place: int, today: date
) -> int | None:
    if place >= len(units) or units[place].end > today:
        return None
    return int(members.intersection_cardinality(back[place]))
