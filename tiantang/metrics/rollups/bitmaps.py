"""Sets of members per day as roaring bitmaps: who was active, contributing, engaged; the team apart."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from tiantang.metrics.answers import Where
from tiantang.metrics.rollups import store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyarrow import ChunkedArray
    from pyroaring import BitMap


class Activity(IntEnum):
    """How far a member took part on a day."""

    ACTIVE = 0
    CONTRIBUTING = 1
    ENGAGED = 2


CONDITIONS: Mapping[Activity, str] = {
    Activity.ACTIVE: "true",
    Activity.CONTRIBUTING: "contributions > 0",
    Activity.ENGAGED: "engagements > 0",
}
TEAMS: Mapping[str, tuple[int, ...]] = {"members": (0,), "staff": (1,), "all": (0, 1)}
"""Which parts of the people a member class unites: 0 everyone else, 1 the team."""


def roll_bitmaps(connection: DuckDBPyConnection, days: Sequence[date]) -> None:
    """Make the bitmaps of some days from the ``new_members`` that ``roll_days`` has left behind."""
    from pyarrow import Table, binary, int8, int32, schema

    people = (
        "SELECT number, (actor_class = 2)::INTEGER AS team, subject, sum(contributions) AS contributions, "
        "sum(engagements) AS engagements FROM new_members GROUP BY ALL"
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE people AS {people} ORDER BY ALL")
    rows: dict[str, list[Any]] = {"number": [], "team": [], "activity": [], "bits": []}
    for activity, condition in CONDITIONS.items():
        sql = f"SELECT number, team, subject FROM people WHERE {condition}"
        for number, team, bits in _bitmaps(connection, sql):
            rows["number"].append(number)
            rows["team"].append(team)
            rows["activity"].append(int(activity))
            rows["bits"].append(bits.serialize())
    types = schema([("number", int32()), ("team", int8()), ("activity", int8()), ("bits", binary())])
    connection.register("bitmap_rows", Table.from_pydict(rows, schema=types))
    store.replace_days(connection, "bitmaps", days, "SELECT * FROM bitmap_rows")
    connection.unregister("bitmap_rows")


def _bitmaps(connection: DuckDBPyConnection, sql: str) -> list[tuple[int, int, BitMap]]:
    """(number, team, set) of rows (number, team, subject)."""
    from pyroaring import BitMap

    sizes = connection.execute(
        f"SELECT number, team, count(*) FROM ({sql}) GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    subjects = _plain(connection.sql(f"{sql} ORDER BY ALL").to_arrow_table()["subject"])
    found, start = [], 0
    for number, team, size in sizes:
        found.append((number, team, BitMap(subjects[start : start + size])))
        start += size
    return found


def _plain(column: ChunkedArray) -> array[int]:
    """The column as plain 32-bit numbers, without a Python object for each."""
    from pyarrow import concat_arrays, uint32

    numbers = array("I")
    if len(column):
        plain = concat_arrays(column.cast(uint32()).chunks)
        numbers.frombytes(plain.buffers()[1][plain.offset * 4 : (plain.offset + len(plain)) * 4])
    return numbers


def load_days(
    connection: DuckDBPyConnection, activity: Activity, where: Where, numbers: Collection[int]
) -> dict[int, BitMap]:
    """The sets of the days with those numbers; days without anyone are missing."""
    if not numbers:
        return {}
    if where.board is not None:
        return _load_board(connection, activity, where, numbers)
    from pyroaring import BitMap

    store.attach(connection, "bitmaps", store.day_of(min(numbers)), store.day_of(max(numbers) + 1))
    teams = ", ".join(map(str, TEAMS[where.member_class]))
    found = connection.execute(
        f"SELECT number, bits FROM bitmaps WHERE activity = {int(activity)} AND team IN ({teams}) "
        f"AND number IN ({', '.join(map(str, numbers))})"
    ).fetchall()
    days: dict[int, BitMap] = {}
    for number, bits in found:
        people = BitMap.deserialize(bits)
        days[number] = days[number] | people if number in days else people
    return days


def _load_board(
    connection: DuckDBPyConnection, activity: Activity, where: Where, numbers: Collection[int]
) -> dict[int, BitMap]:
    store.attach(connection, "members", store.day_of(min(numbers)), store.day_of(max(numbers) + 1))
    classes = {"members": "(0, 1)", "staff": "(2)", "all": "(0, 1, 2)"}[where.member_class]
    sql = (
        f"SELECT DISTINCT number, 0 AS team, subject FROM members WHERE board = {where.board} "
        f"AND actor_class IN {classes} AND {CONDITIONS[activity]} "
        f"AND number IN ({', '.join(map(str, numbers))})"
    )
    return {number: bits for number, _, bits in _bitmaps(connection, sql)}


def load_joined(connection: DuckDBPyConnection, where: Where) -> dict[int, BitMap]:
    """Members by the day of their first sign-up."""
    store.attach(connection, "joined")
    classes = {"members": "(0, 1)", "staff": "(2)", "all": "(0, 1, 2)"}[where.member_class]
    sql = (
        "SELECT min(number) AS number, 0 AS team, subject FROM joined "
        f"WHERE actor_class IN {classes} GROUP BY subject"
    )
    return {number: bits for number, _, bits in _bitmaps(connection, sql)}


def union_of(days: Mapping[int, BitMap], start: int, end: int) -> BitMap:
    """Everyone in the days numbered [start, end)."""
    from pyroaring import BitMap

    sets = [days[number] for number in range(start, end) if number in days]
    return BitMap.union(*sets) if sets else BitMap()


def trailing_sizes(days: Mapping[int, BitMap], width: int, start: int, end: int) -> dict[int, int]:
    """For each day numbered [start, end) how many people the ``width`` days that end with it saw.

    Each block of ``width`` days is united once forwards and once backwards; a window is the end of one
    block and the beginning of the next.
    """
    from pyroaring import BitMap

    empty, sizes = BitMap(), {}
    low = start - width + 1
    for block in range(low, end, width):
        heads, tails = [empty], [empty]
        for offset in range(width):
            heads.append(heads[-1] | days.get(block + width + offset, empty))
            tails.append(tails[-1] | days.get(block + width - 1 - offset, empty))
        for offset in range(width):
            last = block + width - 1 + offset
            if start <= last < end:
                sizes[last] = tails[width - offset].union_cardinality(heads[offset])
    return sizes
