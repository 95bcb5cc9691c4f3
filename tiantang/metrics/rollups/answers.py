"""Topics with their first response, and what was decided about reports."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from tiantang.metrics.raw import RESPONSE_WINDOW_US
from tiantang.metrics.rollups import store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WINDOW_DAYS = RESPONSE_WINDOW_US // 86_400_000_000 + 1
"""Days before a reply on which its topic may have been opened for the reply to be in time."""

TOPICS = """
WITH opened AS (
  SELECT number, object_id AS topic, min(ts_us) AS at_us, max(subject) AS author, board, actor_class
  FROM acts
  WHERE event = 20 AND actor_class <> 3 AND number IN ({numbers})
    AND object_id NOT IN (SELECT object_id FROM gone_pieces WHERE event = 20)
  GROUP BY number, object_id, board, actor_class
), answered AS (
  SELECT o.topic, o.author, min(r.ts_us) AS first_us
  FROM (SELECT DISTINCT topic, author FROM opened) AS o
  JOIN acts AS r ON r.topic = o.topic
  WHERE r.event = 21 AND r.subject > 0 AND r.subject <> o.author AND r.actor_class <> 3
    AND r.ts_us <= (SELECT max(at_us) FROM opened) + {window}
    AND r.object_id NOT IN (SELECT object_id FROM gone_pieces WHERE event = 21)
  GROUP BY o.topic, o.author
)
SELECT o.number, o.topic, o.at_us, o.author, o.board, o.actor_class, a.first_us
FROM opened AS o
LEFT JOIN answered AS a ON a.topic = o.topic AND a.author = o.author
""".replace("{window}", str(RESPONSE_WINDOW_US))
"""Topics of a run of days that are not removed; ``first_us`` is the first response, when in time."""

DECISIONS = """
SELECT d.number, d.object_id AS report, r.board, r.actor_class,
  count(*) FILTER (d.event = 41) AS upheld, count(*) FILTER (d.event = 42) AS rejected
FROM acts AS d
JOIN (SELECT DISTINCT object_id, board, actor_class FROM acts WHERE event = 40 AND actor_class <> 3) AS r
  ON r.object_id = d.object_id
WHERE d.event IN (41, 42) AND d.number IN ({numbers})
GROUP BY d.number, d.object_id, r.board, r.actor_class
"""


def remember_topics(connection: DuckDBPyConnection, days: Collection[date]) -> None:
    """Keep which topics the days spoke of before they are rolled up again."""
    store.attach(connection, "acts")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE topics_before AS {_topics_of(days)}")


def _topics_of(days: Collection[date]) -> str:
    return f"SELECT DISTINCT topic FROM acts WHERE event = 21 AND number IN ({store.numbers_sql(days)})"


def days_answered(connection: DuckDBPyConnection, days: Collection[date]) -> set[date]:
    """Days on which the topics were opened that the changed days reply to in time.

    A reply after the window changes no figure, so topics older than that are left as they are.
    """
    oldest = min(map(store.number_of, days), default=0) - WINDOW_DAYS
    store.attach(connection, "acts")
    sql = f"""
        SELECT DISTINCT number FROM acts
        WHERE event = 20 AND number >= {oldest}
          AND object_id IN (SELECT topic FROM topics_before UNION {_topics_of(days)})
        """
    return {store.day_of(number) for (number,) in connection.execute(sql).fetchall()}


def roll_topics(connection: DuckDBPyConnection, days: Collection[date]) -> set[date]:
    """Make the topics of some days (needs ``make_undone``); returns the days that differ now."""
    store.attach(connection, "acts")
    sql = TOPICS.replace("{numbers}", store.numbers_sql(days))
    return store.replace_differing(connection, "topics", sorted(days), sql)


def days_decided(connection: DuckDBPyConnection, days: Collection[date]) -> set[date]:
    """Days whose decisions are made again: changed ones, and those that decided changed or lost reports."""
    numbers = store.numbers_sql(days)
    for table in ("acts", "decisions"):
        store.attach(connection, table)
    sql = f"""
        SELECT number FROM acts
        WHERE event IN (41, 42) AND (number IN ({numbers}) OR object_id IN (
          SELECT object_id FROM acts WHERE event = 40 AND number IN ({numbers})))
        UNION
        SELECT number FROM decisions
        WHERE number IN ({numbers}) OR report NOT IN (SELECT object_id FROM acts WHERE event = 40)
        """
    return {store.day_of(number) for (number,) in connection.execute(sql).fetchall()}


def roll_decisions(connection: DuckDBPyConnection, days: Collection[date]) -> set[date]:
    """Make the decisions of some days; returns the days that differ now."""
    sql = DECISIONS.replace("{numbers}", store.numbers_sql(days))
    return store.replace_differing(connection, "decisions", sorted(days), sql)
