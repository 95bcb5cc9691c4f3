"""The topics that the period talked about."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import pgettext

from tiantang.community.forum.models import Topic
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.kept import kept
from tiantang.dashboards.panels.panel import Empty, Panel
from tiantang.dashboards.sheets import Sheet
from tiantang.metrics import query
from tiantang.metrics.query import TopicHeat

SHOWN = 8


@dataclass(frozen=True, slots=True)
class HotTopic:
    """A topic and the reason why it is hot."""

    topic: Topic
    heat: TopicHeat
    reason: str


def topics(filters: Filters) -> Panel:
    """The hottest topics of the period; staff's and the author's own acts do not heat."""
    title = pgettext("panel", "What people talked about")
    hot = hot_topics(filters)
    if not hot:
        return Panel("topics", title, empty=_nothing())
    return Panel(
        "topics",
        title,
        body="dashboards/panels/_topics.html",
        claim=pgettext("panel", "By replies, likes and distinct repliers; older days weigh less."),
        content=hot,
        sheet=_sheet(title, hot),
    )


def hot_topics(filters: Filters) -> list[HotTopic]:
    """The topics that are still to be seen, hottest first; only their heat is kept, titles are today's."""
    heats = kept("heat", filters, {}, lambda: query.top_topics(filters.period, SHOWN * 2, filters.where))
    shown = (
        Topic.objects.filter(removed_at=None).select_related("board").in_bulk([heat.topic for heat in heats])
    )
    return [HotTopic(shown[heat.topic], heat, reason(heat)) for heat in heats if heat.topic in shown][:SHOWN]


def reason(heat: TopicHeat) -> str:
    """Why the topic is hot: 37 replies by 21 members, 40 likes."""
    return pgettext("panel", "%(replies)s replies by %(authors)s members, %(likes)s likes") % {
        "replies": f"{heat.replies:,}",
        "authors": f"{heat.authors:,}",
        "likes": f"{heat.likes:,}",
    }


def _sheet(title: str, hot: list[HotTopic]) -> Sheet:
    head = (
        pgettext("panel", "Topic"),
        pgettext("panel", "Title"),
        pgettext("panel", "Replies"),
        pgettext("panel", "Repliers"),
        pgettext("panel", "Likes"),
        pgettext("panel", "Heat"),
    )
    return Sheet(
        title,
        head,
        [
            (one.topic.pk, one.topic.title, one.heat.replies, one.heat.authors, one.heat.likes, one.heat.heat)
            for one in hot
        ],
    )


def _nothing() -> Empty:
    return Empty(
        pgettext("panel", "No topic was talked about in this time"),
        pgettext("panel", "Pin a question that everybody can answer; it gives people a first word."),
        "forum:new_topic",
        pgettext("panel", "Start a topic"),
    )
