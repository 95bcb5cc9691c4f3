"""Topics with their first response, and what was decided about reports."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from collections.abc import Collection, Sequence
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
  FROM batch
  WHERE event = 20 AND object_id NOT IN (SELECT object_id FROM gone_pieces WHERE event = 20)
  GROUP BY number, object_id, board, actor_class
), answered AS (
  SELECT o.topic, o.author, min(r.ts_us) AS first_us
  FROM (SELECT DISTINCT topic, author FROM opened) AS o
  JOIN events AS r ON r.topic = o.topic
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
FROM numbered AS d
JOIN (SELECT DISTINCT object_id, board, actor_class FROM events WHERE event = 40 AND actor_class <> 3) AS r
  ON r.object_id = d.object_id
WHERE d.event IN (41, 42) AND d.number IN ({numbers})
GROUP BY d.number, d.object_id, r.board, r.actor_class
"""


def remember_topics(connection: DuckDBPyConnection, days: Collection[date]) -> None:
    """Keep which topics the days spoke of before they are rolled up again."""
    connection.execute("CREATE OR REPLACE TEMP TABLE topics_before AS " + _topics_of(connection, days))


def _topics_of(connection: DuckDBPyConnection, days: Collection[date]) -> str:
    store.attach(connection, "heat")
    numbers = _numbers(days)
    return f"SELECT DISTINCT topic FROM heat WHERE replies > 0 AND number IN ({numbers})"


def _numbers(days: Collection[date]) -> str:
    return ", ".join(str(store.number_of(day)) for day in days) or "-1"


def days_answered(connection: DuckDBPyConnection, days: Collection[date]) -> set[date]:
    """Days on which the topics were opened that the changed days reply to in time.

    A reply after the window changes no figure, so topics older than that are left as they are.
    """
    oldest = min(map(store.number_of, days), default=0) - WINDOW_DAYS
    sql = f"""
        SELECT DISTINCT number FROM numbered
        WHERE event = 20 AND number >= {oldest}
          AND object_id IN (SELECT topic FROM topics_before UNION {_topics_of(connection, days)})
        """
    return {store.day_of(number) for (number,) in connection.execute(sql).fetchall()}


def roll_topics(connection: DuckDBPyConnection, days: Sequence[date]) -> None:
    """Make the topics of a run of days (needs ``make_batch`` and ``make_undone``)."""
    store.replace_days(connection, "topics", days, TOPICS)


def days_decided(connection: DuckDBPyConnection, days: Collection[date]) -> set[date]:
    """Days whose decisions are made again: changed ones, and those that decided changed or lost reports."""
    sql = f"""
        SELECT DISTINCT number FROM numbered
        WHERE event IN (41, 42) AND (number IN ({_numbers(days)}) OR object_id IN (
          SELECT object_id FROM numbered WHERE event = 40 AND number IN ({_numbers(days)})))
        """
    found = {store.day_of(number) for (number,) in connection.execute(sql).fetchall()}
    store.attach(connection, "decisions")
    sql = f"""
        SELECT DISTINCT number FROM decisions
        WHERE number IN ({_numbers(days)}) OR report NOT IN (SELECT object_id FROM events WHERE event = 40)
        """
    return found | {store.day_of(number) for (number,) in connection.execute(sql).fetchall()}


def roll_decisions(connection: DuckDBPyConnection, days: Sequence[date]) -> None:
    """Make the decisions of some days of one month."""
    store.replace_days(connection, "decisions", days, DECISIONS.replace("{numbers}", _numbers(days)))
