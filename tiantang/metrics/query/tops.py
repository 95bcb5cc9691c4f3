"""The topics and members that a period belonged to."""

from __future__ import annotations

from tiantang.metrics.answers import TopicHeat, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.query.figures import EVERYONE


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
