"""What was taken back: likes, bookmarks, and pieces removed as known now."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from tiantang.metrics.rollups import store
from tiantang.metrics.rollups.days import UNDOING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UNDONE_SQL = """
CREATE OR REPLACE TEMP TABLE undone AS
SELECT (event - 1)::SMALLINT AS event, subject, object_id, max(ts_us) AS undone_us
FROM acts WHERE event IN (24, 26) AND subject > 0
GROUP BY ALL
"""
"""Up to when a member took back likes (23) and bookmarks (25) of something."""
GONE_SQL = """
CREATE OR REPLACE TEMP TABLE gone_pieces AS
SELECT event, object_id, true AS gone
FROM (
  SELECT
    CASE WHEN event IN (30, 33) THEN 20 WHEN event IN (31, 34) THEN 21 ELSE 22 END AS event,
    object_id, ts_us, event IN (30, 31, 32) AS removes
  FROM acts WHERE event BETWEEN 30 AND 39 AND event IN (30, 31, 32, 33, 34, 39)
)
GROUP BY event, object_id
HAVING max(CASE WHEN removes THEN ts_us ELSE -1 END) > max(CASE WHEN removes THEN -1 ELSE ts_us END)
"""
"""Topics (20), replies (21) and comments (22) that are removed now."""


def make_undone(connection: DuckDBPyConnection) -> None:
    """The tables ``undone`` and ``gone_pieces`` from the rollup ``acts``."""
    make_gone(connection)
    connection.execute(UNDONE_SQL)


def make_gone(connection: DuckDBPyConnection) -> None:
    """The table ``gone_pieces`` alone."""
    store.attach(connection, "acts")
    connection.execute(GONE_SQL)


def remember_undoing(connection: DuckDBPyConnection, days: Collection[date]) -> None:
    """Keep the days' undoing events as they stand before the days are rolled up again."""
    store.attach(connection, "acts")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE undoing_before AS {_undoing_of(days)}")


def _undoing_of(days: Collection[date]) -> str:
    return (
        "SELECT number, event, subject, object_id, ts_us FROM acts "
        f"WHERE event IN {UNDOING} AND number IN ({store.numbers_sql(days)})"
    )


def days_undone(connection: DuckDBPyConnection, days: Collection[date]) -> set[date]:
    """Days of what the changed undoing events speak of: their counts are no longer right."""
    store.attach(connection, "acts")
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE undo_changes AS
        WITH after AS ({_undoing_of(days)}),
        changed AS (
          (SELECT * FROM after EXCEPT ALL SELECT * FROM undoing_before)
          UNION ALL (SELECT * FROM undoing_before EXCEPT ALL SELECT * FROM after)
        )
        SELECT DISTINCT object_id, CASE WHEN event IN (24, 26) THEN subject ELSE 0 END AS subject,
          CASE WHEN event IN (24, 26) THEN event - 1 WHEN event IN (30, 33) THEN 20
               WHEN event IN (31, 34) THEN 21 ELSE 22 END AS event
        FROM changed
        """
    )
    if not connection.execute("SELECT count(*) FROM undo_changes").fetchone()[0]:  # type: ignore[index]
        return set()
    found = connection.execute(
        """
        SELECT DISTINCT number FROM acts AS e JOIN undo_changes AS u
          ON u.event = e.event AND u.object_id = e.object_id AND (u.subject = 0 OR u.subject = e.subject)
        WHERE e.event IN (20, 21, 22, 23, 25)
        UNION
        SELECT DISTINCT number FROM acts AS e JOIN undo_changes AS u
          ON u.event = 20 AND u.object_id = e.topic
        WHERE e.event IN (21, 22)
        """
    ).fetchall()
    return {store.day_of(number) for (number,) in found}
