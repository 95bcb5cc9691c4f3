"""The topics and members that a period belonged to."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from tiantang.metrics import raw
from tiantang.metrics.periods import Period
from tiantang.metrics.query.answers import TopicHeat, Where
from tiantang.metrics.query.figures import EVERYONE

REPLY, LIKE, AUTHOR = 1.0, 0.5, 2.0
"""What a reply, a like and a day's distinct replier add to a topic's heat."""
DAY_US = 86_400_000_000


def top_topics(period: Period, limit: int = 10, where: Where = EVERYONE) -> list[TopicHeat]:
    """The hottest topics: replies, likes and distinct repliers of each day, older days weighing less.

    The weight halves every quarter of the period (at least every day). The topic's author does not heat it,
    nor do staff and bots; removed topics are left out.
    """
    start, end = raw.day_us(period.start), raw.day_us(period.end)
    half_life = max((end - start) / 4, DAY_US)
    sql = f"""
        WITH authors AS (
          SELECT object_id AS topic, max(subject) AS author FROM events WHERE event = 20 GROUP BY 1
        ), gone AS (
          SELECT object_id FROM events WHERE event IN (30, 33) GROUP BY object_id
          HAVING max(CASE WHEN event = 30 THEN ts_us ELSE -1 END)
              > max(CASE WHEN event = 33 THEN ts_us ELSE -1 END)
        ), acts AS (
          SELECT e.topic, e.event, e.subject, ts_us, (e.ts_us - {start}) // {DAY_US} AS day
          FROM events AS e LEFT JOIN authors AS a ON a.topic = e.topic
          WHERE e.event IN (21, 23) AND e.ts_us >= {start} AND e.ts_us < {end} AND e.topic > 0
            AND (e.subject = 0 OR e.subject IS DISTINCT FROM a.author)
            AND e.topic NOT IN (SELECT object_id FROM gone) AND {raw.filters_sql(where)}
        ), daily AS (
          SELECT topic, day, count(*) FILTER (event = 21) AS replies, count(*) FILTER (event = 23) AS likes,
            count(DISTINCT CASE WHEN event = 21 AND subject > 0 THEN subject END) AS authors
          FROM acts GROUP BY topic, day
        ), heat AS (
          SELECT topic, sum(replies) AS replies, sum(likes) AS likes,
            sum((replies * {REPLY} + likes * {LIKE} + authors * {AUTHOR})
                * pow(0.5, ({end} - {start} - (day + 1) * {DAY_US}) / {half_life})) AS heat
          FROM daily GROUP BY topic
        ), people AS (
          SELECT topic, count(DISTINCT subject) AS authors FROM acts
          WHERE event = 21 AND subject > 0 GROUP BY topic
        )
        SELECT h.topic, h.heat, h.replies, coalesce(p.authors, 0), h.likes
        FROM heat AS h LEFT JOIN people AS p ON p.topic = h.topic
        ORDER BY h.heat DESC, h.topic LIMIT {int(limit)}
        """
    with raw.lake_for(period) as connection:
        found = connection.execute(sql).fetchall()
    return [TopicHeat(topic, float(heat), int(r), int(a), int(k)) for topic, heat, r, a, k in found]


def top_members(period: Period, limit: int = 10, where: Where = EVERYONE) -> list[tuple[int, int]]:
    """(subject, contributions) of the members who published most topics, replies and comments."""
    sql = f"""
        SELECT subject, count(*) AS contributions FROM events
        WHERE event IN (20, 21, 22) AND subject > 0
          AND ts_us >= {raw.day_us(period.start)} AND ts_us < {raw.day_us(period.end)}
          AND {raw.filters_sql(where)}
        GROUP BY subject ORDER BY contributions DESC, subject LIMIT {int(limit)}
        """
    with raw.lake_for(period) as connection:
        return [(int(subject), int(count)) for subject, count in connection.execute(sql).fetchall()]
