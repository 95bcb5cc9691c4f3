"""The stream of all events as one DuckDB view: the sealed lake and, when wanted, what still waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from django.conf import settings

from tiantang.common.time import day_start, microseconds
from tiantang.events.envelope import LAKE_COLUMNS
from tiantang.events.lake import with_days
from tiantang.events.locks import lake_lock
from tiantang.events.manifest import day_versions, live_paths
from tiantang.events.waiting import sources

__all__ = ["attach", "connect", "day_versions"]

COLUMNS = ", ".join([*(name for name, _ in LAKE_COLUMNS), "dt"])
NO_ROWS = "SELECT {} WHERE false".format(
    ", ".join([*(f"NULL::{kind} AS {name}" for name, kind in LAKE_COLUMNS), "NULL::DATE AS dt"])
)
ATTEMPTS = 4


def connect(threads: int = 2, memory: str = "1GB") -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in memory that never downloads anything; it spills beside the lake."""
    spill = Path(settings.LAKE) / "spill"
    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "threads": threads,
            "memory_limit": memory,
            "temp_directory": str(spill),
        },
    )


def attach(
    connection: duckdb.DuckDBPyConnection,
    start: date | None = None,
    end: date | None = None,
    live: bool = False,
) -> list[str]:
    """Make the view ``events`` (LAKE_COLUMNS and ``dt``) over the days in [start, end).

    With ``live`` the rows still waiting belong to it too, as of now. Returns the lake files it reads.
    """
    if live:
        paths, waiting = _snapshot(start, end)
        connection.register("waiting_rows", waiting)
        connection.execute("CREATE OR REPLACE TEMP TABLE waiting_events AS SELECT * FROM waiting_rows")
        connection.unregister("waiting_rows")
    else:
        paths = live_paths(start, end)
    tail = f" UNION ALL SELECT {COLUMNS} FROM waiting_events" if live else ""  # noqa: S608 - constants
    connection.execute(f"CREATE OR REPLACE TEMP VIEW events AS {_sealed(paths, start, end)}{tail}")
    return paths


def _sealed(paths: Sequence[str], start: date | None, end: date | None) -> str:
    if not paths:
        return NO_ROWS
    files = ", ".join(_quoted(str(Path(settings.LAKE) / path)) for path in paths)
    bounds = [
        *([f"dt >= DATE '{start.isoformat()}'"] if start else []),
        *([f"dt < DATE '{end.isoformat()}'"] if end else []),
    ]
    where = f" WHERE {' AND '.join(bounds)}" if bounds else ""
    return f"SELECT {COLUMNS} FROM read_parquet([{files}], hive_partitioning=false){where}"  # noqa: S608


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _snapshot(start: date | None, end: date | None) -> tuple[list[str], pa.Table]:
    """Files and waiting rows of the same moment, so that no event is seen twice or not at all.

    A move changes the list of files; when it is the same before and after reading the rows, nothing moved.
    """
    for _ in range(ATTEMPTS):
        before = live_paths(start, end)
        waiting = _waiting(start, end)
        if live_paths(start, end) == before:
            return before, waiting
    with lake_lock():
        return live_paths(start, end), _waiting(start, end)


def _waiting(start: date | None, end: date | None) -> pa.Table:
    bounds = [
        *([("ts_us >= %s", microseconds(day_start(start)))] if start else []),
        *([("ts_us < %s", microseconds(day_start(end)))] if end else []),
    ]
    where = f"WHERE {' AND '.join(text for text, _ in bounds)}" if bounds else ""
    values = [value for _, value in bounds]
    return pa.concat_tables([with_days(source.read(where=where, values=values)) for source in sources()])
