"""Level 2's door: the value of a metric in each of several periods, from rollups."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from tiantang.common.time import microseconds, site_day
from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.declaration import Metric
from tiantang.metrics.periods import Period
from tiantang.metrics.rollups import people, sums
from tiantang.metrics.rollups.journeys import read_funnel
from tiantang.metrics.rollups.wanted import make_wanted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SET_SQL = {
    "interaction_rate": sums.read_interaction,
    "concentration": sums.read_concentration,
    "funnel": read_funnel,
}
COVERED = frozenset({"board"})
"""Dimensions that rollups keep; others are answered from the events."""


def covers(where: Where) -> bool:
    """True when rollups can answer questions narrowed like that."""
    return where.dimensions <= COVERED


@contextmanager
def open_rollups() -> Iterator[DuckDBPyConnection]:
    """A DuckDB connection for rollups; its temporary tables are its own."""
    connection = _warm_engine().cursor()
    try:
        yield connection
    finally:
        connection.close()


_engine: tuple[int, DuckDBPyConnection] | None = None
_making = Lock()


def _warm_engine() -> DuckDBPyConnection:
    """This process's engine: making one takes ten times as long as most questions to it."""
    global _engine
    from tiantang.events import stream

    with _making:
        if _engine is None or _engine[0] != os.getpid():
            _engine = (os.getpid(), stream.connect())
        return _engine[1]


def read_cells(
    connection: DuckDBPyConnection,
    metrics: Sequence[Metric],
    periods: Sequence[Period],
    where: Where,
    now: datetime,
) -> dict[str, list[Cell]]:
    """Each metric's Cells, in the periods' order; nothing for periods that have not begun."""
    today = site_day(now)
    begun = [period for period in periods if period.start <= today]
    found: dict[str, list[Cell]] = {metric.name: [] for metric in metrics}
    if begun:
        make_wanted(connection, begun)
        found |= _from_sets(
            connection, [m.name for m in metrics if m.name in people.READERS], begun, where, now
        )
        added = [m.name for m in metrics if m.name in sums.RECIPES]
        found |= sums.read_sums(connection, added, begun, where, microseconds(now))
        for name in found.keys() & SET_SQL.keys():
            found[name] = SET_SQL[name](connection, begun, where)
    places = {period: place for place, period in enumerate(begun)}
    return {
        name: [cells[places[period]] if period in places else Cell(None) for period in periods]
        for name, cells in found.items()
    }


def _from_sets(
    connection: DuckDBPyConnection,
    names: Sequence[str],
    periods: Sequence[Period],
    where: Where,
    now: datetime,
) -> dict[str, list[Cell]]:
    if not names:
        return {}
    sets = people.gather(connection, names, periods, where, site_day(now))
    return {name: [people.READERS[name](sets, period) for period in periods] for name in names}
