"""Rollups that a day's own events make (members, visitors, viewers, heat, views, acts), and counts."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tiantang.common.time import site_zone
from tiantang.metrics.hours import local_hours_sql
from tiantang.metrics.raw import day_us
from tiantang.metrics.rollups import store
from tiantang.metrics.rollups.runs import ONE_DAY, Run

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
  count(*) FILTER (event = 40) AS reports
FROM (
  SELECT b.number, b.hour, b.board, b.actor_class, b.event,
    coalesce(u.undone_us >= b.ts_us, false)
      OR (b.event IN (20, 21, 22) AND coalesce(p.gone, false))
      OR (b.event IN (21, 22) AND coalesce(t.gone, false)) AS gone
  FROM (SELECT * FROM acts WHERE number IN ({numbers}) AND actor_class <> 3) AS b
  LEFT JOIN undone AS u ON u.event = b.event AND u.subject = b.subject AND u.object_id = b.object_id
  LEFT JOIN gone_pieces AS p ON p.event = b.event AND p.object_id = b.object_id
  LEFT JOIN gone_pieces AS t ON t.event = 20 AND t.object_id = b.topic
  WHERE b.event IN (20, 21, 22, 23, 25, 27, 40)
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
    "views": """
        SELECT number, hour, board, actor_class, count(*) AS views
        FROM batch WHERE event = 1 GROUP BY number, hour, board, actor_class""",
    "acts": f"""
        SELECT number, event, hour, ts_us, subject, object_id, topic, board, actor_class
        FROM whole_batch WHERE event IN {(20, 21, 22, 23, 25, 27, 40, 41, 42, *UNDOING)}""",
}
"""SQL of each table over ``batch``: the run's events by others than bots, with ``number`` and ``hour``."""
COLUMNS = "ts_us, event, subject, visitor, actor_class, object_id, topic, board, value"
MOST_KEPT = 10_000_000
"""A run of more events is read from the lake again for each table, so that memory stays bounded."""


def make_batch(connection: DuckDBPyConnection, run: Run) -> None:
    """``whole_batch``, the run's events read from the lake once, and ``batch``, those of others than bots."""
    from tiantang.events import stream

    first, after = run.days[0], run.days[-1] + ONE_DAY
    stream.attach(connection, first - ONE_DAY, after + ONE_DAY)
    start, end = day_us(first), day_us(after)
    hours = local_hours_sql("ts_us", start, end, site_zone())
    rows = (
        f"SELECT {COLUMNS}, ({hours} // 24)::INTEGER AS number, ({hours} % 24)::TINYINT AS hour FROM events "
        f"WHERE ts_us >= {start} AND ts_us < {end}"
    )
    if run.events <= MOST_KEPT:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE batch_rows AS {rows}")
        rows = "SELECT * FROM batch_rows"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW whole_batch AS {rows}")
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW batch AS SELECT * FROM whole_batch WHERE actor_class <> 3"
    )


def roll_counts(connection: DuckDBPyConnection, days: Collection[date]) -> set[date]:
    """Count some days by board and hour (needs ``undoing.make_undone``); returns those that differ now."""
    store.attach(connection, "acts")
    sql = COUNTS.replace("{numbers}", store.numbers_sql(days))
    return store.replace_differing(connection, "counts", sorted(days), sql)


def roll_days(connection: DuckDBPyConnection, days: Sequence[date]) -> None:
    """Make the tables of ``DAY_SQL`` for a run of days; needs ``make_batch``."""
    for table, sql in DAY_SQL.items():
        store.replace_days(connection, table, days, sql)
