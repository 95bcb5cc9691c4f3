"""Which folder of the lake an event belongs to: its day, or its month once that is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from tiantang.events.lake import day_counts


def folder_of(day: date, now: date) -> str:
    """``dt=2018-03-12`` for a day of the running month or later, else ``month=2018-03``."""
    return month_folder(day) if month_is_over(day, now) else day_folder(day)


def day_folder(day: date) -> str:
    """The folder of one day's files."""
    return f"dt={day.isoformat()}"


def month_folder(day: date) -> str:
    """The folder of the files that hold a whole month or scattered days of it."""
    return f"month={day:%Y-%m}"


def month_is_over(day: date, now: date) -> bool:
    """Whether the month of ``day`` lies before that of ``now``."""
    return (day.year, day.month) < (now.year, now.month)


def split_by_folder(table: pa.Table, now: date) -> Iterator[tuple[str, pa.Table]]:
    """Cut a table in the lake's order into one piece for each folder."""
    start, folder, rows = 0, "", 0
    for day, first, count in day_counts(table):
        name = folder_of(day, now)
        if name != folder and rows:
            yield folder, table.slice(start, rows)
            start, rows = first, 0
        folder = name
        rows += count
    if rows:
        yield folder, table.slice(start, rows)
