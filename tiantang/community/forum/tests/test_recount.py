"""Counters made again equal counting by hand."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tiantang.community.forum.actions.recount import recount_around, recount_forum
from tiantang.community.forum.models import Like, Post, Topic
from tiantang.community.forum.seed import seed_boards, seed_forum
from tiantang.community.forum.tests.factory import (
    make_board,
    make_comment,
    make_member,
    make_post,
    make_tag,
    make_topic,
)

pytestmark = pytest.mark.django_db


def test_recount_sets_every_counter_from_rows() -> None:
    author, reader = make_member(), make_member()
    topic = make_topic(author=author, tags=[tag := make_tag()])
    reply = make_post(topic, author=reader)
    gone = make_post(topic, author=reader, removed_at=timezone.now())
    make_comment(reply), make_comment(reply, removed_at=timezone.now())
    Like.objects.create(member=reader, post=topic.posts.get(number=1), created_at=timezone.now())
    Post.objects.filter(pk=reply.pk).update(unnamed_likes=4)
    Topic.objects.update(replies_count=99, last_poster=None)

    recount_forum()

    for thing in (topic, reply, gone, tag, author, reader, topic.board):
        thing.refresh_from_db()
    assert (topic.replies_count, topic.likes_count, topic.last_poster) == (1, 1, reader)
    assert topic.last_post_at == reply.created_at
    assert (reply.likes_count, reply.comments_count) == (4, 1)
    assert (topic.board.topics_count, topic.board.posts_count, topic.board.last_topic) == (1, 2, topic)
    assert tag.topics_count == 1
    assert (author.posts_count, author.likes_received_count) == (1, 1)
    assert (reader.posts_count, reader.likes_received_count) == (1, 4)


def test_recount_around_one_topic_equals_the_full_recount() -> None:
    board = make_board()
    topic = make_topic(board=board, tags=[tag := make_tag()], removed_at=timezone.now())
    make_topic(board=board, tags=[tag])
    recount_around(topic.pk, board.pk)
    few = _counters(board, tag, topic.author)
    recount_forum()
    assert few == _counters(board, tag, topic.author) == [(1, 1), 1, 0]


def _counters(board, tag, author):
    for thing in (board, tag, author):
        thing.refresh_from_db()
    return [(board.topics_count, board.posts_count), tag.topics_count, author.posts_count]


def test_seeding_twice_changes_nothing() -> None:
    seed_forum()
    boards = seed_boards()
    boards["lounge"].name = "茶水间"
    boards["lounge"].save()
    seed_forum()
    assert seed_boards()["lounge"].name == "茶水间"
    assert len(boards) == 20
    assert Topic.objects.count() == 1
    assert [board.position for board in boards.values()] == list(range(1, 21))
