"""Level 1: a metric's own SQL, run on the events. Slow and exact; the other levels must agree with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tiantang.common.errors import TiantangError
from tiantang.common.time import day_start, microseconds
from tiantang.metrics import clock
from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.declaration import Metric
from tiantang.metrics.periods import Period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RESPONSE_WINDOW_US = 72 * 3600 * 1_000_000
"""How long a topic may wait for its first reply."""
CLASSES: Mapping[str, str] = {"members": "(0, 1)", "staff": "(2)", "all": "(0, 1, 2)"}
DAY_NUMBER_ZERO = date(1970, 1, 1)
STANDARD = ("value", "numerator", "denominator", "n")
MARGIN_BEFORE = timedelta(days=45)
MARGIN_AFTER = timedelta(days=100)


class UnknownDimensionError(TiantangError):
    """A metric cannot be narrowed that way."""


def check_dimensions(metric: Metric, where: Where) -> None:
    """Raise UnknownDimensionError when ``where`` asks for a cut that the metric does not know."""
    unknown = where.dimensions - set(metric.dimensions)
    if unknown:
        known = ", ".join(("member_class", *metric.dimensions))
        raise UnknownDimensionError(
            f"{metric.name} cannot be narrowed by {', '.join(sorted(unknown))}; it can by {known}."
        )


def filters_sql(where: Where) -> str:
    """The condition that keeps the events that count."""
    parts = [f"actor_class IN {CLASSES[where.member_class]}"]
    if where.board is not None:
        parts.append(f"board = {int(where.board)}")
    if where.client is not None:
        parts.append(f"client = {int(where.client)}")
    if where.source is not None:
        parts.append("source = '" + where.source.replace("'", "''") + "'")
    return " AND ".join(parts)


def day_us(day: date) -> int:
    """When a site-local day begins, in microseconds since 1970 UTC."""
    return microseconds(day_start(day))


def filled_sql(metric: Metric, period: Period, where: Where, now: datetime) -> str:
    """The metric's SQL with every name replaced by its value; it runs as it stands."""
    values = {
        "start_us": str(day_us(period.start)),
        "end_us": str(day_us(period.end)),
        "before_us": str(day_us(period.previous().start)),
        "now_us": str(microseconds(now)),
        "window_us": str(RESPONSE_WINDOW_US),
        "filters": filters_sql(where),
    }
    return re.sub(r"\$(\w+)", lambda match: values[match[1]], metric.sql)


@contextmanager
def open_lake(days_from: date | None = None, days_until: date | None = None) -> Iterator[DuckDBPyConnection]:
    """A DuckDB connection with the view ``events`` and the calendar ``days`` for those days."""
    from tiantang.events import stream

    connection = stream.connect()
    try:
        stream.attach(connection)
        if days_from and days_until:
            make_calendar(connection, days_from, days_until)
        yield connection
    finally:
        connection.close()


def make_calendar(connection: DuckDBPyConnection, start: date, end: date) -> None:
    """The table ``days``: number since 1970, the number of its Monday, first and end instant."""
    from pyarrow import Table

    days = [start + timedelta(days=offset) for offset in range((end - start).days + 1)]
    bounds = [day_us(day) for day in days]
    numbers = [(day - DAY_NUMBER_ZERO).days for day in days[:-1]]
    calendar = Table.from_pydict(
        {
            "day": days[:-1],
            "number": numbers,
            "week": [number - day.weekday() for number, day in zip(numbers, days, strict=False)],
            "start_us": bounds[:-1],
            "end_us": bounds[1:],
        }
    )
    connection.register("calendar_rows", calendar)
    connection.execute("CREATE OR REPLACE TEMP TABLE days AS SELECT * FROM calendar_rows")
    connection.unregister("calendar_rows")


def files_of(period: Period) -> int:
    """How many files of the lake hold events of the period."""
    from tiantang.events.manifest import live_paths

    return len(live_paths(period.start, period.end))


@contextmanager
def lake_for(period: Period) -> Iterator[DuckDBPyConnection]:
    """The lake with a calendar wide enough for every question about ``period``."""
    with open_lake(period.previous().start - MARGIN_BEFORE, period.end + MARGIN_AFTER) as connection:
        yield connection


def compute(
    connection: DuckDBPyConnection, metric: Metric, period: Period, where: Where, now: datetime | None = None
) -> Cell:
    """The metric by its own SQL; nothing for a period that has not begun. Raises UnknownDimensionError."""
    check_dimensions(metric, where)
    moment = now or clock.now()
    if day_us(period.start) > microseconds(moment):
        return Cell(None)
    found = connection.execute(filled_sql(metric, period, where, moment))
    names = [column[0] for column in found.description]
    row = found.fetchone()
    return _cell(dict(zip(names, row or (), strict=True)))


def _cell(found: Mapping[str, Any]) -> Cell:
    extra = {name: _number(value) for name, value in found.items() if name not in STANDARD}
    return Cell(
        value=_number(found["value"]),
        numerator=_number(found["numerator"]),
        denominator=_number(found["denominator"]),
        n=int(found["n"] or 0),
        extra=extra,
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
