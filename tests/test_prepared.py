"""A prepared read finds what its QuerySet finds, in every shape that pages use, with one query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Model, Q
from django.test.utils import CaptureQueriesContext

from tiantang.common.prepared import Prepared
from tiantang.community.forum import reading
from tiantang.community.forum.actions.react import like_post
from tiantang.community.forum.models import Post, Topic
from tiantang.community.forum.tests.factory import make_board, make_member, make_post, make_topic
from tiantang.community.forum.views import boards
from tiantang.community.members import backend
from tiantang.portal import feed

pytestmark = pytest.mark.django_db


def everything(found: Model) -> dict[str, Any]:
    """An object's loaded columns, annotations and related objects, for comparison."""
    state = {key: value for key, value in vars(found).items() if key != "_state"}
    related = {key: everything(one) if one else None for key, one in found._state.fields_cache.items()}
    return {**state, **related, "loaded": sorted(found.__dict__.keys() - {"_state"})}


def same(read: Prepared[Any], **values: int | str) -> list[Any]:
    """The rows of a prepared read, after holding them against its QuerySet."""
    rows = read.rows(**values)
    assert [everything(row) for row in rows] == [everything(row) for row in read.queryset(**values)]
    return rows


@pytest.fixture
def talk() -> tuple[Topic, int]:
    """A topic of three posts in a board of its own, and a reader who liked one."""
    topic = make_topic(board=make_board())
    posts = [make_post(topic) for _ in range(2)]
    reader = make_member()
    like_post(member=reader, post=posts[0])
    return topic, reader.pk


READS: dict[str, Callable[[Topic, int], tuple[Prepared[Any], dict[str, int | str]]]] = {
    "topic": lambda topic, reader: (reading.SHOWN_TOPIC, {"topic": topic.pk, "reader": reader}),
    "topic for moderators": lambda topic, reader: (reading.ANY_TOPIC, {"topic": topic.pk, "reader": reader}),
    "posts": lambda topic, reader: (
        reading.POSTS,
        {"topic": topic.pk, "first": 1, "last": 20, "reader": reader},
    ),
    "board": lambda topic, reader: (boards.PLACE, {"slug": topic.board.slug}),
    "index of boards": lambda topic, reader: (boards.INDEX, {}),
    "topics of a board": lambda topic, reader: (
        boards.latest("latest", 1, marked=True),
        {"board": topic.board_id, "reader": reader},
    ),
    "feed": lambda topic, reader: (feed._read("latest", 1, marked=True), {"reader": reader}),
    "member": lambda topic, reader: (backend.BY_ID, {"member": reader}),
}


@pytest.mark.parametrize("name", READS)
def test_prepared_read_equals_its_queryset(name: str, talk: tuple[Topic, int]) -> None:
    read, values = READS[name](*talk)
    assert same(read, **values)


def test_values_of_one_call_do_not_stay_for_the_next(talk: tuple[Topic, int]) -> None:
    topic, reader = talk
    other = make_topic(board=topic.board)
    for one in (topic, other, topic):
        assert [row.pk for row in same(reading.SHOWN_TOPIC, topic=one.pk, reader=reader)] == [one.pk]
    assert reading.SHOWN_TOPIC.first(topic=0, reader=reader) is None


def test_read_that_loses_a_value_is_refused() -> None:
    read = Prepared(lambda topic: Post.objects.filter(topic_id=topic + 1), topic=int)
    with pytest.raises(TypeError, match="topic"):
        read.rows(topic=1)


def test_value_used_twice_reaches_both_places(talk: tuple[Topic, int]) -> None:
    topic, _ = talk
    read = Prepared(lambda key: Topic.objects.filter(Q(pk=key) | Q(board_id=key)).order_by("pk"), key=int)
    assert topic in same(read, key=topic.pk)
    assert topic in same(read, key=topic.board_id)


def test_prepared_read_is_one_query_each_time(talk: tuple[Topic, int]) -> None:
    topic, reader = talk
    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            reading.SHOWN_TOPIC.first(topic=topic.pk, reader=reader)
    assert len(asked) == 3


def test_columns_left_out_are_read_when_asked_for(talk: tuple[Topic, int]) -> None:
    topic, reader = talk
    post = reading.POSTS.rows(topic=topic.pk, first=1, last=1, reader=reader)[0]
    assert "body_html" in post.get_deferred_fields()
    assert post.body_html


def test_calculated_columns_arrive(talk: tuple[Topic, int]) -> None:
    topic, _ = talk
    posts = Post.objects.annotate(next=F("number") + 1).order_by("number")
    read = Prepared(lambda topic: posts.filter(topic_id=topic), topic=int)
    assert [post.next for post in same(read, topic=topic.pk)] == [2, 3, 4]
