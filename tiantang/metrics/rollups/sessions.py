"""Sessions: each day's pieces of them, and whole sessions by the day they started."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tiantang.metrics.raw import day_us
from tiantang.metrics.rollups import store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

IDLE_US = 30 * 60 * 1_000_000
LONGEST_US = 24 * 3600 * 1_000_000
ONE_DAY = timedelta(days=1)

PIECES = """
WITH carried AS (
  SELECT visitor, member, max(last_us) AS last_us, max_by(run_us, last_us) AS run_us
  FROM tail GROUP BY visitor, member
), marks AS (
  SELECT number, visitor, CASE WHEN visitor = 0 THEN subject ELSE 0 END AS member, ts_us // {idle} AS slot,
    min(ts_us) AS first_us, max(ts_us) AS last_us, min(ts_us) AS since_us, max(actor_class) AS actor_class,
    count(*) FILTER (event = 1) AS views, count(*) FILTER (event IN (1, 2)) AS visits,
    sum(CASE WHEN event = 2 THEN value ELSE 0 END) AS visible_ms
  FROM whole_batch WHERE visitor <> 0 OR subject > 0 GROUP BY ALL
  UNION ALL
  SELECT NULL, visitor, member, NULL, last_us, last_us, run_us, 0, 0, 0, 0 FROM carried
), begun AS (
  SELECT *, CASE
    WHEN first_us - lag(last_us) OVER (PARTITION BY visitor, member ORDER BY first_us) <= {idle} THEN NULL
    ELSE since_us END AS began_us
  FROM marks
), timed AS MATERIALIZED (
  SELECT * EXCLUDE (began_us, since_us), last_value(began_us IGNORE NULLS)
    OVER (PARTITION BY visitor, member ORDER BY first_us ROWS UNBOUNDED PRECEDING) AS run_us
  FROM begun
), parted AS (
  SELECT number, visitor, member, run_us, (first_us - run_us) // {longest} AS part,
    first_us, last_us, actor_class, views, visits, visible_ms
  FROM timed
  WHERE number IS NOT NULL AND (first_us - run_us) // {longest} = (last_us - run_us) // {longest}
  UNION ALL
  SELECT e.number, e.visitor, t.member, t.run_us, (e.ts_us - t.run_us) // {longest},
    e.ts_us, e.ts_us, e.actor_class, (e.event = 1)::INTEGER, (e.event IN (1, 2))::INTEGER,
    CASE WHEN e.event = 2 THEN e.value ELSE 0 END
  FROM timed AS t JOIN whole_batch AS e ON e.visitor = t.visitor AND e.number = t.number
    AND e.ts_us // {idle} = t.slot AND (e.visitor <> 0 OR e.subject = t.member)
  WHERE (t.first_us - t.run_us) // {longest} <> (t.last_us - t.run_us) // {longest}
)
SELECT number, visitor, member, run_us, part, min(first_us) AS first_us, max(last_us) AS last_us,
  max(actor_class) AS actor_class, sum(views) AS views, sum(visits) AS visits, sum(visible_ms) AS visible_ms
FROM parted GROUP BY number, visitor, member, run_us, part
""".replace("{idle}", str(IDLE_US)).replace("{longest}", str(LONGEST_US))
"""Pieces of a run of days: a session that goes on from the day before keeps when its run began.

Marks within the same half-hour are surely of one session, so they are put together before anything is
sorted. Only the few such marks over which the 24 hours of a session end are taken apart again.
"""

WHOLE = """
SELECT number, actor_class, count(*) AS sessions, sum(views) AS views,
  count(*) FILTER (visits = 0) AS estimated,
  sum(CASE WHEN visits > 0 THEN visible_ms / 1000.0 ELSE (last_us - first_us) / 1000000.0 END) AS seconds
FROM (
  SELECT min(number) AS number, max(actor_class) AS actor_class, sum(views) AS views, sum(visits) AS visits,
    sum(visible_ms) AS visible_ms, min(first_us) AS first_us, max(last_us) AS last_us
  FROM sessions WHERE number BETWEEN {low} AND {high} GROUP BY visitor, member, run_us, part
)
WHERE number IN ({numbers})
GROUP BY number, actor_class
"""


def roll_pieces(connection: DuckDBPyConnection, days: Sequence[date]) -> bool:
    """Make the pieces of a run of days (needs ``make_batch``); True when the next day must be made too."""
    before = days[0] - ONE_DAY
    store.attach(connection, "sessions", before, before + ONE_DAY)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE tail AS {_tail_sql(before)}")
    store.attach(connection, "sessions", days[-1], days[-1] + ONE_DAY)
    old = _tail(connection, days[-1])
    store.replace_days(connection, "sessions", days, PIECES)
    store.attach(connection, "sessions", days[-1], days[-1] + ONE_DAY)
    return old != _tail(connection, days[-1])


def _tail_sql(day: date) -> str:
    """Pieces of the day that may go on after its midnight."""
    end = day_us(day + ONE_DAY)
    return (
        f"SELECT visitor, member, run_us, last_us FROM sessions "
        f"WHERE number = {store.number_of(day)} AND last_us >= {end - IDLE_US}"
    )


def _tail(connection: DuckDBPyConnection, day: date) -> tuple[int, int]:
    mark = "coalesce(sum(hash(visitor, member, run_us, last_us) % 1000000007), 0)"
    found = connection.execute(f"SELECT count(*), {mark} FROM ({_tail_sql(day)})").fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)


def roll_whole(connection: DuckDBPyConnection, days: Collection[date]) -> set[date]:
    """Count whole sessions by the day they started, for the given days; returns those that differ now."""
    differing: set[date] = set()
    for month in store.by_month(list(days)):
        store.attach(connection, "sessions", month[0] - 2 * ONE_DAY, month[-1] + 3 * ONE_DAY)
        sql = (
            WHOLE.replace("{numbers}", store.numbers_sql(month))
            .replace("{low}", str(store.number_of(month[0]) - 2))
            .replace("{high}", str(store.number_of(month[-1]) + 2))
        )
        differing |= store.replace_differing(connection, "session_days", month, sql)
    return differing
