"""Views on topics come from events and from what an import brought."""

from __future__ import annotations

import pytest

from tiantang.community.forum.tests.factory import make_topic
from tiantang.events.catalog import BY_NAME, ActorClass
from tiantang.events.history import write_history
from tiantang.portal.views_count import refresh_views

VIEWED = BY_NAME["site.page_viewed"].code


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_views_add_what_browsers_confirmed_to_what_arrived() -> None:
    read, arrived, unread = make_topic(), make_topic(views_before=40), make_topic()
    views = [read.pk, read.pk, arrived.pk, unread.pk]
    classes = [ActorClass.VISITOR, ActorClass.MEMBER, ActorClass.VISITOR, ActorClass.BOT]
    write_history(
        "views",
        {
            "ts_us": [1_750_000_000_000_000 + n for n in range(4)],
            "event": [VIEWED] * 4,
            "visitor": [n + 1 for n in range(4)],
            "actor_class": [int(kind) for kind in classes],
            "topic": views,
        },
    )
    assert refresh_views() == 2
    for topic in (read, arrived, unread):
        topic.refresh_from_db()
    assert (read.views_count, arrived.views_count, unread.views_count) == (2, 41, 0)
    assert refresh_views() == 0
