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


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_one_reader_counts_once_in_half_an_hour() -> None:
    topic, minute = make_topic(), 60 * 1_000_000
    half_hour = 1_750_000_000_000_000 // (30 * minute) * 30 * minute
    moments = [0, 1, 29, 31, 2, 3, 4, 5]
    readers = [(0, 7), (0, 7), (0, 7), (0, 7), (5, 7), (5, 8), (0, 0), (0, 0)]
    write_history(
        "again",
        {
            "ts_us": [half_hour + moment * minute for moment in moments],
            "event": [VIEWED] * 8,
            "subject": [subject for subject, _ in readers],
            "visitor": [visitor for _, visitor in readers],
            "actor_class": [int(ActorClass.VISITOR)] * 8,
            "topic": [topic.pk] * 8,
        },
    )
    refresh_views()
    topic.refresh_from_db()
    # the browser in two half hours, the member once from two browsers, the unnumbered once
    assert topic.views_count == 4
