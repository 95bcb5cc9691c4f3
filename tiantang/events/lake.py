"""The lake's files: columns, days, and how one file is written so that it can be trusted.

A file counts only once ``manifest.register`` has named it; whatever else lies in the folder is left over
from a process that died and is removed by ``sweep``.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from tiantang.common.time import day_start, instant_of, microseconds, site_day
from tiantang.events.envelope import LAKE_COLUMNS

ARROW_TYPES = {
    "TINYINT": pa.int8(),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "VARCHAR": pa.string(),
}
SCHEMA = pa.schema([*((name, ARROW_TYPES[kind]) for name, kind in LAKE_COLUMNS), ("dt", pa.date32())])
"""What stands in every file: LAKE_COLUMNS and the site-local day."""

RISING = ("seq", "ts_us")
"""Columns stored as differences; all others as dictionaries. Together about 9 bytes an event."""
ORDER = ("dt", "event", "ts_us", "seq")
STREAMS = {1: "acts", 2: "visits", 3: "history"}


class LakeDamaged(Exception):
    """A file that does not hold what was written into it."""


@dataclass(frozen=True, slots=True)
class Day:
    """How many events of one site-local day a file holds, and the number that stands for exactly these."""

    day: date
    rows: int
    fingerprint: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that is safely on disk, not yet registered. ``path`` is relative to the lake."""

    path: str
    stream: int
    days: tuple[Day, ...]
    bytes: int

    @property
    def rows(self) -> int:
        return sum(day.rows for day in self.days)


def events_folder() -> Path:
    """Where sealed events lie."""
    return Path(settings.LAKE) / "events"


def with_days(table: pa.Table) -> pa.Table:
    """``table`` (LAKE_COLUMNS) with its site-local days, in the lake's order."""
    ordered = table.sort_by("ts_us").combine_chunks()
    days = [pa.repeat(pa.scalar(day, pa.date32()), stop - start) for day, start, stop in _day_slices(ordered)]
    column = pa.concat_arrays(days) if days else pa.array([], pa.date32())
    return in_order(ordered.append_column("dt", column).select(SCHEMA.names).cast(SCHEMA))


def in_order(table: pa.Table) -> pa.Table:
    """The same rows sorted for compactness: by day, kind and time."""
    return table.sort_by([(name, "ascending") for name in ORDER]).combine_chunks()


def _day_slices(ordered: pa.Table) -> Iterator[tuple[date, int, int]]:
    """(day, first row, end row) of a table sorted by ``ts_us``."""
    stamps = _numbers(ordered["ts_us"])
    start = 0
    while start < len(stamps):
        day = site_day(instant_of(stamps[start]))
        stop = bisect_left(stamps, _next_midnight(day), lo=start + 1)
        yield day, start, stop
        start = stop


def _numbers(column: pa.ChunkedArray) -> Sequence[int]:
    return pa.concat_arrays(column.chunks).to_pylist() if column.num_chunks else []


def _next_midnight(day: date) -> int:
    return microseconds(day_start(day + timedelta(days=1)))


def day_counts(table: pa.Table) -> list[tuple[date, int, int]]:
    """(day, first row, rows) of a table in the lake's order."""
    counted = table["dt"].combine_chunks().value_counts() if table.num_rows else []
    found: list[tuple[date, int, int]] = []
    start = 0
    for item in counted:
        day, rows = item["values"].as_py(), item["counts"].as_py()
        found.append((day, start, rows))
        start += rows
    return found


def fingerprints(table: pa.Table) -> tuple[Day, ...]:
    """One Day for each day of a table in the lake's order."""
    return tuple(
        Day(day, rows, _fingerprint(table.slice(start, rows))) for day, start, rows in day_counts(table)
    )


def _fingerprint(rows: pa.Table) -> int:
    """A number of 62 bits made of the rows' content."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows.combine_chunks())
    return int.from_bytes(blake2b(sink.getvalue(), digest_size=8).digest(), "big") >> 2


def write_segment(table: pa.Table, folder: str, days: tuple[Day, ...] | None = None) -> Sealed:
    """Write a table in the lake's order as one file of ``folder`` and make sure that it is there to stay.

    Steps: write beside, flush to disk, read back and compare, move into place, flush the folder. Raises
    LakeDamaged when the disk gives back something else. ``days`` are known when rows were sealed before.
    """
    stream = table["stream"][0].as_py()
    path = f"events/{folder}/{_file_name(stream, table)}"
    beside = events_folder() / "new" / f"{uuid4().hex}.parquet"
    try:
        _write_beside(table, beside)
        _verify(beside, table)
        _move_into_place(beside, Path(settings.LAKE) / path)
    except Exception:  # a full disk, say: do not fill it further with every attempt
        beside.unlink(missing_ok=True)
        raise
    size = (Path(settings.LAKE) / path).stat().st_size
    return Sealed(path, stream, fingerprints(table) if days is None else days, size)


def _file_name(stream: int, table: pa.Table) -> str:
    """Stream, first and last number, and a mark that no other attempt has."""
    numbers = _numbers(table["seq"])
    return f"{STREAMS[stream]}-{min(numbers)}-{max(numbers)}-{uuid4().hex[:10]}.parquet"


def _write_beside(table: pa.Table, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table,
        path,
        compression="zstd",
        use_dictionary=[name for name in SCHEMA.names if name not in RISING],
        column_encoding=dict.fromkeys(RISING, "DELTA_BINARY_PACKED"),
        dictionary_pagesize_limit=8 << 20,
        data_page_version="2.0",
        write_statistics=["dt", "ts_us", "event"],
        row_group_size=122_880,
        store_schema=False,
    )
    _flush(path)


def _verify(path: Path, table: pa.Table) -> None:
    if not _read(path).equals(table):
        raise LakeDamaged(f"{path} does not hold what was written into it")


def _move_into_place(beside: Path, path: Path) -> None:
    new_folder = not path.parent.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.replace(path)
    _flush(path.parent)
    if new_folder:
        _flush(path.parent.parent)


def _flush(path: Path) -> None:
    """Make the disk keep a file's content, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_segments(paths: Sequence[str]) -> pa.Table:
    """All rows of some files (relative paths), in the lake's order."""
    return in_order(pa.concat_tables([_read(Path(settings.LAKE) / path) for path in paths]))


def _read(path: Path) -> pa.Table:
    with pq.ParquetFile(path) as file:
        return file.read(use_threads=False)  # for files this small, threads cost more than they save


def lake_table(columns: Mapping[str, object], rows: int) -> pa.Table:
    """A table with exactly LAKE_COLUMNS from lists or arrays; missing columns are 0, "" or null."""
    return pa.table({name: _column(name, kind, columns, rows) for name, kind in LAKE_COLUMNS})


def _column(name: str, kind: str, columns: Mapping[str, object], rows: int) -> pa.Array:
    wanted = ARROW_TYPES[kind]
    if name in columns:
        given = columns[name]
        array = given if isinstance(given, pa.Array | pa.ChunkedArray) else pa.array(given, from_pandas=False)
        return array.cast(wanted) if array.type != wanted else array
    if name == "payload":
        return pa.nulls(rows, wanted)
    return pa.repeat(pa.scalar("" if kind == "VARCHAR" else 0, wanted), rows)
