"""Rollups cut by board or hour, and the topics and members that stand out."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tiantang.common.time import microseconds, site_day, site_zone
from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.hours import local_hours_sql
from tiantang.metrics.periods import Period
from tiantang.metrics.raw import day_us
from tiantang.metrics.rollups import store, sums
from tiantang.metrics.rollups.bitmaps import CONDITIONS, Activity
from tiantang.metrics.rollups.people import ACTIVITY_OF, counted_days
from tiantang.metrics.rollups.wanted import attach_for, condition, make_wanted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WEEKDAY = "(r.number + 3) % 7"
KEYS = {
    "board": "r.board",
    "hour": "r.hour",
    "weekday": WEEKDAY,
    "weekday_hour": f"{WEEKDAY} * 24 + r.hour",
}
"""Day 0 of the numbers, 1970-01-01, was a Thursday; 0 is Monday."""


def can_split(name: str, by: str) -> bool:
    """True when rollups know the metric by that key."""
    table = sums.RECIPES[name].table if name in sums.RECIPES else ""
    if by == "board":
        return name == "dau" or name in ACTIVITY_OF or table not in ("", "session_days")
    return by in KEYS and (name == "new_members" or table in ("counts", "views"))


def read_split(
    connection: DuckDBPyConnection, name: str, period: Period, by: str, where: Where, now: datetime
) -> dict[int, Cell]:
    """The metric's Cell for every key that occurs; board 0 (outside of any) is left out."""
    make_wanted(connection, [period])
    if name == "dau":
        return _daily(connection, counted_days(period, store.number_of(site_day(now))), period, where)
    if name == "new_members":
        return _joined(connection, period, KEYS[by], where)
    if name in ACTIVITY_OF:
        return _people(connection, name, period, where)
    return sums.read_keys(connection, name, period, KEYS[by], where, microseconds(now))


def _daily(
    connection: DuckDBPyConnection, counted: Sequence[int], period: Period, where: Where
) -> dict[int, Cell]:
    attach_for(connection, ["members"], [period])
    found = connection.execute(
        "SELECT board, count(DISTINCT (number, subject)) FROM members "
        f"WHERE {condition(where)} AND {CONDITIONS[Activity.ACTIVE]} AND board > 0 "
        f"AND number IN ({', '.join(map(str, counted)) or '-1'}) GROUP BY board"
    ).fetchall()
    days = len(counted)
    return {board: Cell(total / days, float(total), float(days), days) for board, total in found}


def _joined(connection: DuckDBPyConnection, period: Period, key: str, where: Where) -> dict[int, Cell]:
    """Members by when they signed up first."""
    store.attach(connection, "joined")
    hours = local_hours_sql("min(at_us)", day_us(period.start), day_us(period.end), site_zone())
    found = connection.execute(
        f"SELECT {key} AS key, count(*) FROM wanted AS w JOIN ("
        f"  SELECT min(number) AS number, {hours} % 24 AS hour FROM joined"
        f"  WHERE {condition(where)} GROUP BY subject"
        ") AS r ON r.number = w.number GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return {part: Cell(float(count), float(count), None, count) for part, count in found}


def _people(connection: DuckDBPyConnection, name: str, period: Period, where: Where) -> dict[int, Cell]:
    attach_for(connection, ["members"], [period])
    found = connection.execute(
        "SELECT m.board, count(DISTINCT m.subject) FROM members AS m JOIN wanted AS w ON w.number = m.number "
        f"WHERE {condition(where)} AND {CONDITIONS[ACTIVITY_OF[name]]} AND m.board > 0 GROUP BY m.board"
    ).fetchall()
    return {board: Cell(float(count), float(count), None, count) for board, count in found}


def read_roles(connection: DuckDBPyConnection, period: Period, where: Where) -> tuple[int, int, int]:
    """How many active members created, only interacted, only read."""
    make_wanted(connection, [period])
    attach_for(connection, ["members"], [period])
    found = connection.execute(
        f"""
        SELECT count(*) FILTER (creations > 0), count(*) FILTER (creations = 0 AND interactions > 0),
          count(*) FILTER (creations = 0 AND interactions = 0)
        FROM (
          SELECT m.subject, sum(m.creations) AS creations, sum(m.interactions) AS interactions
          FROM members AS m JOIN wanted AS w ON w.number = m.number
          WHERE {condition(where)} GROUP BY m.subject
        )
        """
    ).fetchone()
    creators, interactors, readers = found or (0, 0, 0)
    return int(creators), int(interactors), int(readers)


def read_top_members(
    connection: DuckDBPyConnection, period: Period, limit: int, where: Where
) -> list[tuple[int, int]]:
    """(subject, contributions), most first."""
    make_wanted(connection, [period])
    attach_for(connection, ["members"], [period])
    found = connection.execute(
        f"""
        SELECT m.subject, sum(m.contributions) AS contributions
        FROM members AS m JOIN wanted AS w ON w.number = m.number
        WHERE {condition(where)} AND m.contributions > 0
        GROUP BY m.subject ORDER BY contributions DESC, m.subject LIMIT {int(limit)}
        """
    ).fetchall()
    return [(int(subject), int(count)) for subject, count in found]
