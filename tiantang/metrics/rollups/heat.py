"""The heat of topics in a period."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from typing import TYPE_CHECKING

from tiantang.metrics.answers import TopicHeat, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.rollups import store
from tiantang.metrics.rollups.undoing import make_undone
from tiantang.metrics.rollups.wanted import attach_for, condition

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REPLY, LIKE, AUTHOR = 1.0, 0.5, 2.0
"""What a reply, a like and a day's distinct replier add to a topic's heat."""


def read_heat(connection: DuckDBPyConnection, period: Period, limit: int, where: Where) -> list[TopicHeat]:
    """The hottest topics: replies, likes and distinct repliers of each day, older days weighing less.

    A day's weight halves every quarter of the period (at the fastest every day). A topic's author does not
    heat it, nor do bots, nor the team unless asked for; topics removed as known now are left out.
    """
    attach_for(connection, ["heat"], [period])
    store.attach(connection, "topics")
    make_undone(connection)
    first, end = store.number_of(period.start), store.number_of(period.end)
    half_life = max(period.days / 4, 1.0)
    found = connection.execute(
        f"""
        WITH acts AS (
          SELECT h.* FROM heat AS h
          LEFT JOIN (SELECT topic, max(author) AS author FROM topics GROUP BY topic) AS t ON t.topic = h.topic
          WHERE h.number >= {first} AND h.number < {end}
            AND (h.subject = 0 OR h.subject IS DISTINCT FROM t.author)
            AND h.topic NOT IN (SELECT object_id FROM gone_pieces WHERE event = 20) AND {_kept(where)}
        ), daily AS (
          SELECT topic, number, sum(replies) AS replies, sum(likes) AS likes,
            count(DISTINCT CASE WHEN replies > 0 AND subject > 0 THEN subject END) AS authors
          FROM acts GROUP BY topic, number
        ), heated AS (
          SELECT topic, sum(replies) AS replies, sum(likes) AS likes,
            sum((replies * {REPLY} + likes * {LIKE} + authors * {AUTHOR})
                * pow(0.5, ({end} - 1 - number) / {half_life})) AS heat
          FROM daily GROUP BY topic
        ), people AS (
          SELECT topic, count(DISTINCT subject) AS authors FROM acts WHERE replies > 0 AND subject > 0
          GROUP BY topic
        )
        SELECT h.topic, h.heat, h.replies, coalesce(p.authors, 0), h.likes
        FROM heated AS h LEFT JOIN people AS p ON p.topic = h.topic
        ORDER BY h.heat DESC, h.topic LIMIT {int(limit)}
        """
    ).fetchall()
    return [TopicHeat(topic, float(heat), int(r), int(a), int(k)) for topic, heat, r, a, k in found]


def _kept(where: Where) -> str:
    return " AND ".join(f"h.{part}" for part in condition(where).split(" AND "))
