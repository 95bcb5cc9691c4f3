"""The rollups' files: one Parquet file a table and month, replaced as a whole.

``LAKE/rollups/<table>/<YYYY-MM>.parquet`` holds that month's days; every row carries ``number``, the
site-local day counted from 1970-01-01. A file is written beside, then moved into place.
"""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4
from weakref import WeakKeyDictionary

from django.conf import settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAY_ZERO = date(1970, 1, 1)

TABLES: dict[str, str] = {
    "counts": (
        "number INTEGER, hour TINYINT, board INTEGER, actor_class TINYINT, topics INTEGER, replies INTEGER, "
        "comments INTEGER, likes INTEGER, bookmarks INTEGER, shares INTEGER, reports INTEGER"
    ),
    "views": "number INTEGER, hour TINYINT, board INTEGER, actor_class TINYINT, views INTEGER",
    "members": (
        "number INTEGER, subject INTEGER, actor_class TINYINT, board INTEGER, first_us BIGINT, "
        "post_us BIGINT, acts INTEGER, contributions INTEGER, engagements INTEGER, creations INTEGER, "
        "interactions INTEGER"
    ),
    "joined": "number INTEGER, subject INTEGER, visitor BIGINT, actor_class TINYINT, at_us BIGINT",
    "visitors": "number INTEGER, visitor BIGINT, actor_class TINYINT, first_us BIGINT",
    "viewers": "number INTEGER, board INTEGER, actor_class TINYINT, subject INTEGER, visitor BIGINT",
    "heat": (
        "number INTEGER, topic BIGINT, board INTEGER, actor_class TINYINT, subject INTEGER, "
        "replies INTEGER, likes INTEGER"
    ),
    "acts": (
        "number INTEGER, event SMALLINT, hour TINYINT, ts_us BIGINT, subject INTEGER, object_id BIGINT, "
        "topic BIGINT, board INTEGER, actor_class TINYINT"
    ),
    "decisions": (
        "number INTEGER, report BIGINT, board INTEGER, actor_class TINYINT, upheld INTEGER, rejected INTEGER"
    ),
    "topics": (
        "number INTEGER, topic BIGINT, at_us BIGINT, author INTEGER, board INTEGER, actor_class TINYINT, "
        "first_us BIGINT"
    ),
    "sessions": (
        "number INTEGER, visitor BIGINT, member INTEGER, run_us BIGINT, part INTEGER, first_us BIGINT, "
        "last_us BIGINT, actor_class TINYINT, views INTEGER, visits INTEGER, visible_ms BIGINT"
    ),
    "session_days": (
        "number INTEGER, actor_class TINYINT, sessions INTEGER, views BIGINT, estimated INTEGER, "
        "seconds DOUBLE"
    ),
    "bitmaps": "number INTEGER, team TINYINT, activity TINYINT, bits BLOB",
}
"""Every table with its columns."""
SORTED_BY = {"acts": "event, number"}
"""How the rows of a file lie, where not by their first two columns: what is searched for lies together."""
GROUP_ROWS = {"acts": 8192}
"""How many rows a reader skips or reads at once, where not as many as usual."""
USUAL_GROUP_ROWS = 122_880


def number_of(day: date) -> int:
    """A day's number: days since 1970-01-01."""
    return (day - DAY_ZERO).days


def day_of(number: int) -> date:
    """The day of a number."""
    return DAY_ZERO + timedelta(days=number)


def folder() -> Path:
    """Where rollups lie."""
    return Path(settings.LAKE) / "rollups"


def month_file(table: str, day: date) -> Path:
    """The file that holds a table's rows of the month of ``day``."""
    return folder() / table / f"{day:%Y-%m}.parquet"


def attach(
    connection: DuckDBPyConnection, table: str, start: date | None = None, end: date | None = None
) -> None:
    """Make the view ``table`` over the months that touch [start, end); all months without bounds."""
    first = f"{start:%Y-%m}" if start else ""
    last = f"{end - timedelta(days=1):%Y-%m}" if end else "9999"
    sql = _reading(table, [path for path in _files(table) if first <= path.stem <= last])
    views = _views.setdefault(connection, {})
    if views.get(table) != sql:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS {sql}")
        views[table] = sql


_views: WeakKeyDictionary[DuckDBPyConnection, dict[str, str]] = WeakKeyDictionary()
"""What each connection's views read: a round asks for the same months again and again."""


def _files(table: str) -> list[Path]:
    """A table's files, oldest first."""
    try:
        found = sorted((folder() / table).iterdir())
    except FileNotFoundError:
        return []
    return [path for path in found if path.suffix == ".parquet"]


def _reading(table: str, paths: Sequence[Path]) -> str:
    if not paths:
        nothing = ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns_of(table))
        return f"SELECT {nothing} WHERE false"
    return f"SELECT * FROM read_parquet([{', '.join(map(_quoted, paths))}])"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def columns_of(table: str) -> list[tuple[str, str]]:
    """(name, type) of each column."""
    return [(name, kind) for name, kind in (part.split() for part in TABLES[table].split(", "))]


def replace_days(connection: DuckDBPyConnection, table: str, days: Sequence[date], rows_sql: str) -> None:
    """Put the rows of ``rows_sql`` in place of what the table holds for ``days``.

    The new rows also stay behind as the temporary table ``new_<table>``. ``flush`` makes the files safe.
    """
    _make(connection, table, rows_sql)
    filled = connection.execute(f"SELECT DISTINCT number FROM new_{table}").fetchall()
    months = {f"{day_of(number):%Y-%m}" for (number,) in filled}
    for month in by_month(days):
        path = month_file(table, month[0])
        if path.stem in months or _holds(connection, path, month):
            _write(connection, table, path, month)


def replace_differing(
    connection: DuckDBPyConnection, table: str, days: Sequence[date], rows_sql: str
) -> set[date]:
    """The same, but only where it makes a difference; returns the days whose rows are others now."""
    _make(connection, table, rows_sql)
    if not days:
        return set()
    rows = new = f"FROM new_{table}"
    if any(month_file(table, month[0]).exists() for month in by_month(days)):
        attach(connection, table, days[0], days[-1] + timedelta(days=1))
        old = f"SELECT * FROM {table} WHERE number IN ({numbers_sql(days)})"
        rows = f"FROM (({new} EXCEPT ALL {old}) UNION ALL ({old} EXCEPT ALL {new}))"
    found = connection.execute(f"SELECT DISTINCT number {rows}").fetchall()
    differing = {day_of(number) for (number,) in found}
    for month in by_month(list(differing)):
        _write(connection, table, month_file(table, month[0]), month)
    return differing


def _make(connection: DuckDBPyConnection, table: str, rows_sql: str) -> None:
    casts = ", ".join(f"{name}::{kind} AS {name}" for name, kind in columns_of(table))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE new_{table} AS SELECT {casts} FROM ({rows_sql})")


def _holds(connection: DuckDBPyConnection, path: Path, days: Collection[date]) -> bool:
    """True when the file has rows of the days."""
    if not path.exists():
        return False
    sql = f"SELECT 1 FROM read_parquet({_quoted(path)}) WHERE number IN ({numbers_sql(days)}) LIMIT 1"
    return connection.execute(sql).fetchone() is not None


def _write(connection: DuckDBPyConnection, table: str, path: Path, days: Sequence[date]) -> None:
    """The month's file again: kept rows of other days and the new ones of ``days``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    numbers = numbers_sql(days)
    rows = f"SELECT * FROM new_{table} WHERE number IN ({numbers})"
    if path.exists():
        rows = f"SELECT * FROM read_parquet({_quoted(path)}) WHERE number NOT IN ({numbers}) UNION ALL {rows}"
    beside = path.parent / f".{uuid4().hex}.new"
    order = SORTED_BY.get(table, f"number, {columns_of(table)[1][0]}")
    connection.execute(
        f"COPY (SELECT * FROM ({rows}) ORDER BY {order}) TO {_quoted(beside)} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP_ROWS.get(table, USUAL_GROUP_ROWS)})"
    )
    beside.replace(path)
    _unsafe.add(path)


_unsafe: set[Path] = set()


def flush() -> None:
    """Let everything written outlast a power cut; to be called before the state says that it is there."""
    while _unsafe:
        descriptor = os.open(_unsafe.pop(), os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def clear() -> None:
    """Throw every rollup away."""
    _unsafe.clear()
    shutil.rmtree(folder(), ignore_errors=True)


def by_month(days: Sequence[date]) -> list[list[date]]:
    """Days in order, grouped by month."""
    months: dict[tuple[int, int], list[date]] = {}
    for day in sorted(set(days)):
        months.setdefault((day.year, day.month), []).append(day)
    return list(months.values())


def numbers_sql(days: Collection[date]) -> str:
    """The days' numbers as SQL reads them in ``IN (…)``; one that never occurs when there are none."""
    return ", ".join(str(number_of(day)) for day in days) or "-1"
