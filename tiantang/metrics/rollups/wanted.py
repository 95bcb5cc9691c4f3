"""The periods a question is about, as a table that rollups can be joined with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from tiantang.metrics.answers import Where
from tiantang.metrics.periods import Period
from tiantang.metrics.raw import CLASSES
from tiantang.metrics.rollups import store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def numbers_of(period: Period) -> range:
    """The day numbers of a period."""
    return range(store.number_of(period.start), store.number_of(period.end))


def make_wanted(connection: DuckDBPyConnection, periods: Sequence[Period]) -> None:
    """The table ``wanted``: one row (key, number) for each day of each period; key is its place."""
    from pyarrow import Table, int32

    keys: list[int] = []
    numbers: list[int] = []
    for key, period in enumerate(periods):
        days = numbers_of(period)
        keys.extend([key] * len(days))
        numbers.extend(days)
    rows = Table.from_pydict({"key": keys, "number": numbers})
    rows = rows.cast(rows.schema.set(1, rows.schema.field(1).with_type(int32())))
    connection.register("wanted_rows", rows)
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT * FROM wanted_rows")
    connection.unregister("wanted_rows")


def attach_for(
    connection: DuckDBPyConnection,
    tables: Sequence[str],
    periods: Sequence[Period],
    before: int = 0,
    after: int = 0,
) -> None:
    """Attach rollups over the months that the periods (and some days ``before`` and ``after``) touch."""
    start = min(period.start for period in periods) - timedelta(days=before)
    end = max(period.end for period in periods) + timedelta(days=after)
    for table in tables:
        store.attach(connection, table, start, end)


def condition(where: Where, board: bool = True) -> str:
    """The condition on a rollup's rows that keeps those that count."""
    parts = [f"actor_class IN {CLASSES[where.member_class]}"]
    if board and where.board is not None:
        parts.append(f"board = {int(where.board)}")
    return " AND ".join(parts)
