"""Rollups cut by board or hour, and the topics and members that stand out."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from typing import TYPE_CHECKING

from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.rollups import sums
from tiantang.metrics.rollups.bitmaps import CONDITIONS
from tiantang.metrics.rollups.people import ACTIVITY_OF
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
    if by == "board":
        return name in ACTIVITY_OF or (name in sums.RECIPES and sums.RECIPES[name].table != "session_days")
    return by in KEYS and name in sums.RECIPES and sums.RECIPES[name].table in ("counts", "views")


def read_split(
    connection: DuckDBPyConnection, name: str, period: Period, by: str, where: Where, now_us: int
) -> dict[int, Cell]:
    """The metric's Cell for every key that occurs; board 0 (outside of any) is left out."""
    make_wanted(connection, [period])
    if name in ACTIVITY_OF:
        return _people(connection, name, period, where)
    return sums.read_keys(connection, name, period, KEYS[by], where, now_us)


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
