"""Rollups that a day's own events make: counts, members, visitors, viewers, heat, undoing."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tiantang.common.time import site_zone
from tiantang.metrics.hours import local_hours_sql
from tiantang.metrics.raw import day_us
from tiantang.metrics.rollups import store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UNDOING = (24, 26, 30, 31, 32, 33, 34, 39)
"""Events that take something back or bring it back."""

COUNTS = """
SELECT number, hour, board, actor_class,
  count(*) FILTER (event = 20 AND NOT gone) AS topics,
  count(*) FILTER (event = 21 AND NOT gone) AS replies,
  count(*) FILTER (event = 22 AND NOT gone) AS comments,
  count(*) FILTER (event = 23 AND NOT gone) AS likes,
  count(*) FILTER (event = 25 AND NOT gone) AS bookmarks,
  count(*) FILTER (event = 27) AS shares,
  count(*) FILTER (event = 40) AS reports,
  count(*) FILTER (event = 1) AS views
FROM (
  SELECT b.number, b.hour, b.board, b.actor_class, b.event,
    coalesce(u.undone_us >= b.ts_us, false)
      OR (b.event IN (20, 21, 22) AND coalesce(p.gone, false))
      OR (b.event IN (21, 22) AND coalesce(t.gone, false)) AS gone
  FROM batch AS b
  LEFT JOIN undone AS u ON u.event = b.event AND u.subject = b.subject AND u.object_id = b.object_id
  LEFT JOIN gone_pieces AS p ON p.event = b.event AND p.object_id = b.object_id
  LEFT JOIN gone_pieces AS t ON t.event = 20 AND t.object_id = b.topic
  WHERE b.event IN (20, 21, 22, 23, 25, 27, 40)
  UNION ALL
  SELECT number, hour, board, actor_class, event, false FROM batch WHERE event = 1
)
GROUP BY number, hour, board, actor_class
"""
DAY_SQL: dict[str, str] = {
    "members": """
        SELECT number, subject, actor_class, board,
          min(ts_us) AS first_us,
          min(CASE WHEN event IN (20, 21) THEN ts_us END) AS post_us,
          count(*) AS acts,
          count(*) FILTER (event IN (20, 21, 22)) AS contributions,
          count(*) FILTER (event IN (20, 21, 22, 23, 27)) AS engagements,
          count(*) FILTER (event IN (20, 21)) AS creations,
          count(*) FILTER (event IN (22, 23, 25, 27)) AS interactions
        FROM batch WHERE subject > 0 GROUP BY number, subject, actor_class, board""",
    "joined": """
        SELECT number, subject, visitor, actor_class, ts_us AS at_us
        FROM batch WHERE event = 10 AND subject > 0""",
    "visitors": """
        SELECT number, visitor, actor_class, min(ts_us) AS first_us
        FROM batch WHERE event = 1 AND visitor <> 0 GROUP BY number, visitor, actor_class""",
    "viewers": """
        SELECT DISTINCT number, board, actor_class, subject,
          CASE WHEN subject > 0 THEN 0 ELSE visitor END AS visitor
        FROM batch WHERE event = 1 AND topic > 0 AND (subject > 0 OR visitor <> 0)""",
    "heat": """
        SELECT number, topic, board, actor_class, subject,
          count(*) FILTER (event = 21) AS replies, count(*) FILTER (event = 23) AS likes
        FROM batch WHERE event IN (21, 23) AND topic > 0
        GROUP BY number, topic, board, actor_class, subject""",
    "undoing": f"""
        SELECT number, event, subject, object_id, ts_us
        FROM undo_batch WHERE event IN {UNDOING}""",
}
"""SQL of each table over ``batch``: the run's events by others than bots, with ``number`` and ``hour``."""


def make_batch(connection: DuckDBPyConnection, days: Sequence[date]) -> None:
    """The views ``batch`` (no bots) and ``undo_batch`` over the events of a run of days without gaps."""
    start, end = day_us(days[0]), day_us(days[-1] + timedelta(days=1))
    hours = local_hours_sql("ts_us", start, end, site_zone())
    wide = (
        f"SELECT *, ({hours} // 24)::INTEGER AS number, ({hours} % 24)::TINYINT AS hour FROM events "
        f"WHERE ts_us >= {start} AND ts_us < {end}"
    )
    connection.execute(f"CREATE OR REPLACE TEMP VIEW undo_batch AS {wide}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW batch AS {wide} AND actor_class <> 3")


def roll_counts(connection: DuckDBPyConnection, days: Sequence[date]) -> None:
    """Count a run of days by board and hour; needs ``make_batch`` and ``undoing.make_undone``."""
    store.replace_days(connection, "counts", days, COUNTS)


def roll_days(connection: DuckDBPyConnection, days: Sequence[date]) -> None:
    """Make the tables of ``DAY_SQL`` for a run of days; needs ``make_batch``."""
    for table, sql in DAY_SQL.items():
        store.replace_days(connection, table, days, sql)
