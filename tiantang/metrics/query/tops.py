"""The topics and members that a period belonged to."""

from __future__ import annotations

from tiantang.events.catalog import BY_NAME, ActorClass
from tiantang.metrics.answers import TopicHeat, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.query.figures import EVERYONE

ONE_READING_US = 30 * 60 * 1_000_000


def top_topics(period: Period, limit: int = 10, where: Where = EVERYONE) -> list[TopicHeat]:
    """The hottest topics, hottest first: replies, likes and distinct repliers, recent days weighing more.

    A topic's author does not heat it, nor do bots, nor the team unless asked for.
    """
    from tiantang.metrics.rollups import heat, reading

    with reading.open_rollups() as connection:
        return heat.read_heat(connection, period, limit, where)


def top_members(period: Period, limit: int = 10, where: Where = EVERYONE) -> list[tuple[int, int]]:
    """(subject, contributions) of the members who published most topics, replies and comments."""
    from tiantang.metrics.rollups import reading, splits

    with reading.open_rollups() as connection:
        return splits.read_top_members(connection, period, limit, where)


def topic_views() -> dict[int, int]:
    """How often each topic was read, ever; people of the team included, bots not.

    One reader counts once in half an hour, however often a page is loaded again; those who asked not to be
    told apart count as one reader together.
    """
    from tiantang.events import stream

    viewed, bot = BY_NAME["site.page_viewed"].code, int(ActorClass.BOT)
    with stream.connect() as connection:
        stream.attach(connection)
        rows = connection.execute(
            "SELECT topic, count(*) FROM ("
            " SELECT DISTINCT topic, subject, CASE subject WHEN 0 THEN visitor ELSE 0 END AS visitor,"
            "  ts_us // ? AS part FROM events WHERE event = ? AND topic > 0 AND actor_class <> ?"
            ") GROUP BY topic",
            [ONE_READING_US, viewed, bot],
        ).fetchall()
    return dict(rows)
