"""The heat of topics in a period."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from typing import TYPE_CHECKING

from tiantang.metrics.answers import TopicHeat, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.rollups import store
from tiantang.metrics.rollups.undoing import make_gone
from tiantang.metrics.rollups.wanted import attach_for, condition

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REPLY, LIKE, AUTHOR = 1.0, 0.5, 2.0
"""What a reply, a like and a day's distinct replier add to a topic's heat."""


SQL = f"""
WITH acts AS MATERIALIZED (
  SELECT topic, number, subject, sum(replies)::INTEGER AS replies, sum(likes)::INTEGER AS likes
  FROM heat WHERE number >= {{first}} AND number < {{end}} AND {{keep}}
    AND topic NOT IN (SELECT object_id FROM gone_pieces WHERE event = 20)
  GROUP BY topic, number, subject
), authors AS (
  SELECT topic, max(author) AS author FROM topics WHERE topic IN (SELECT topic FROM acts) GROUP BY topic
), others AS MATERIALIZED (
  SELECT a.* FROM acts AS a LEFT JOIN authors AS t ON t.topic = a.topic
  WHERE a.subject = 0 OR a.subject IS DISTINCT FROM t.author
), heated AS MATERIALIZED (
  SELECT topic, sum(replies) AS replies, sum(likes) AS likes,
    sum((replies * {REPLY} + likes * {LIKE} + CASE WHEN replies > 0 AND subject > 0 THEN {AUTHOR} ELSE 0 END)
      * pow(0.5, ({{end}} - 1 - number) / {{half_life}})) AS heat
  FROM others GROUP BY topic ORDER BY heat DESC, topic LIMIT {{limit}}
), people AS (
  SELECT topic, count(DISTINCT subject) AS people FROM others
  WHERE topic IN (SELECT topic FROM heated) AND replies > 0 AND subject > 0 GROUP BY topic
)
SELECT h.topic, h.heat, h.replies, coalesce(p.people, 0), h.likes
FROM heated AS h LEFT JOIN people AS p ON p.topic = h.topic ORDER BY h.heat DESC, h.topic
"""
"""``acts`` are one row a day, topic and person; how many people there were is asked of the hottest only."""


def read_heat(connection: DuckDBPyConnection, period: Period, limit: int, where: Where) -> list[TopicHeat]:
    """The hottest topics: replies, likes and distinct repliers of each day, older days weighing less.

    A day's weight halves every quarter of the period (at the fastest every day). A topic's author does not
    heat it, nor do bots, nor the team unless asked for; topics removed as known now are left out.
    """
    attach_for(connection, ["heat"], [period])
    store.attach(connection, "topics")
    make_gone(connection)
    found = connection.execute(
        SQL.format(
            first=store.number_of(period.start),
            end=store.number_of(period.end),
            half_life=max(period.days / 4, 1.0),
            keep=condition(where),
            limit=int(limit),
        )
    ).fetchall()
    return [TopicHeat(topic, float(heat), int(r), int(a), int(k)) for topic, heat, r, a, k in found]
