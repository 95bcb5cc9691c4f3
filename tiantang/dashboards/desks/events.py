"""Activities: when people are here, and what they gather around."""

from __future__ import annotations

from django.utils.translation import pgettext

from tiantang.dashboards.desks.desk import Desk
from tiantang.dashboards.panels.panel import Empty


def rest() -> Empty:
    """What to do when nothing waits."""
    return Empty(
        pgettext("desk", "Nothing is due"),
        pgettext(
            "desk", "Below you see at which hours people gather. Ask them something in the liveliest one."
        ),
        "forum:new_topic",
        pgettext("overview", "Start a topic"),
    )


EVENTS = Desk(
    "events",
    "ticket",
    lambda: pgettext("desk", "Activities"),
    list,
    rest,
    list,
    cards=("contributing_members", "posts", "interaction_rate", "stickiness"),
    week=("posts", "contributing_members", "likes", "shares"),
    panels=("rhythm", "topics"),
)
