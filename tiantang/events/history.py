"""Write a past straight into the lake: the fast way for the sample community."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from tiantang.common.errors import TiantangError
from tiantang.common.time import today
from tiantang.events import manifest
from tiantang.events.envelope import LAKE_COLUMNS
from tiantang.events.lake import lake_table, with_days, write_segment
from tiantang.events.locks import lake_lock
from tiantang.events.models import History
from tiantang.events.periods import split_by_folder

STREAM = 3
SET_HERE = ("stream", "seq", "lag_s")
ROW_BITS = 32


class HistoryRefused(TiantangError):
    """Columns that do not fit the lake."""


def write_history(name: str, columns: Mapping[str, Sequence[object]]) -> int:
    """Seal events of any days under ``name``, in place of what it held before; returns their number.

    ``columns`` are LAKE_COLUMNS without stream, seq and lag_s, as lists or arrays of one length; ``ts_us``
    and ``event`` are needed, others default to 0, "" or null. The same columns again leave the days'
    versions as they were. Needs about 500 bytes of memory an event: write a long history in parts, each
    with its own name.
    """
    rows = _checked(columns)
    with lake_lock():
        number, _ = History.objects.get_or_create(name=name)
        table = with_days(_numbered(columns, rows, number.pk))
        sealed = [write_segment(piece, folder) for folder, piece in split_by_folder(table, today())]
        before = list(manifest.live("default").filter(stream=STREAM, name=name))
        manifest.replace("default", before, sealed, name)
    return rows


def forget_history(name: str) -> None:
    """Take away what was written under ``name``."""
    with lake_lock():
        manifest.replace("default", list(manifest.live("default").filter(stream=STREAM, name=name)), [])


def _checked(columns: Mapping[str, Sequence[object]]) -> int:
    allowed = {name for name, _ in LAKE_COLUMNS} - set(SET_HERE)
    if unknown := sorted(set(columns) - allowed):
        raise HistoryRefused(f"History has no column {', '.join(unknown)}.")
    if missing := [name for name in ("ts_us", "event") if name not in columns]:
        raise HistoryRefused(f"History needs the column {', '.join(missing)}.")
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1:
        raise HistoryRefused(f"The columns of a history have different lengths: {sorted(lengths)}.")
    return lengths.pop()


def _numbered(columns: Mapping[str, Sequence[object]], rows: int, number: int) -> pa.Table:
    first = number << ROW_BITS
    fixed = {
        "stream": pa.repeat(pa.scalar(STREAM, pa.int8()), rows),
        "seq": pa.array(range(first, first + rows), pa.int64()),
    }
    return lake_table({**columns, **fixed}, rows)
