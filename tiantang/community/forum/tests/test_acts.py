"""Small acts: like, bookmark, share, read, steer."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tiantang.community.forum.actions.react import (
    bookmark_topic,
    follow_share,
    like_post,
    mark_read,
    share_topic,
    unbookmark_topic,
    unlike_post,
)
from tiantang.community.forum.actions.steer import (
    accept_answer,
    close_topic,
    feature_topic,
    move_topic,
    pin_topic,
    unaccept_answer,
)
from tiantang.community.forum.acts import Door
from tiantang.community.forum.models import Bookmark, ReadMark
from tiantang.community.forum.refusals import NotAllowed, Refused
from tiantang.community.forum.tests.factory import make_board, make_member, make_post, make_topic
from tiantang.community.forum.tests.test_publish import acts
from tiantang.community.notifications.models import Notification
from tiantang.events.catalog import Client
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db


def test_liking_twice_counts_once_and_taking_back_restores_everything() -> None:
    topic, fan = make_topic(), make_member()
    post = topic.posts.get()
    like_post(member=fan, post=post)
    like_post(member=fan, post=post)
    for row in (post, topic, topic.author):
        row.refresh_from_db()
    assert (post.likes_count, topic.likes_count, topic.author.likes_received_count) == (1, 1, 1)
    unlike_post(member=fan, post=post)
    unlike_post(member=fan, post=post)
    for row in (post, topic, topic.author):
        row.refresh_from_db()
    assert (post.likes_count, topic.likes_count, topic.author.likes_received_count) == (0, 0, 0)
    assert acts() == ["forum.post_liked", "forum.post_unliked"]
    assert Notification.objects.get().kind == "like"


def test_nobody_likes_their_own_post() -> None:
    topic = make_topic()
    with pytest.raises(NotAllowed):
        like_post(member=topic.author, post=topic.posts.get())


def test_a_like_names_the_liked_author_in_its_event() -> None:
    post, fan = make_post(make_topic()), make_member()
    like_post(member=fan, post=post, door=Door(7, Client.PHONE, "wechat", "spring"))
    act = Act.objects.get()
    assert (act.subject, act.target, act.object_id) == (fan.subject, post.author.subject, post.pk)
    assert (act.visitor, act.client, act.source, act.campaign) == (7, 2, "wechat", "spring")


def test_bookmarks_come_and_go_once() -> None:
    topic, reader = make_topic(), make_member()
    for _ in range(2):
        bookmark_topic(member=reader, topic=topic)
    assert Bookmark.objects.count() == 1
    for _ in range(2):
        unbookmark_topic(member=reader, topic=topic)
    assert acts() == ["forum.topic_bookmarked", "forum.bookmark_removed"]


def test_share_links_are_one_per_member_and_count_visits_of_others() -> None:
    topic, sharer = make_topic(), make_member()
    share = share_topic(topic=topic, member=sharer)
    assert share_topic(topic=topic, member=sharer) == share
    follow_share(share=share, member=None, door=Door(visitor=9, source="qq"))
    follow_share(share=share, member=sharer, door=Door())
    share.refresh_from_db()
    assert share.follows_count == 1
    followed = Act.objects.last()
    assert (followed.visitor, followed.target, followed.source) == (9, sharer.subject, "qq")
    assert acts() == ["forum.topic_shared", "forum.share_followed"]


def test_read_marks_only_move_forward() -> None:
    topic, reader = make_topic(), make_member()
    for number in (3, 9, 5):
        mark_read(member=reader, topic=topic, number=number)
    assert ReadMark.objects.get().number == 9


def test_asker_accepts_and_the_answerer_hears_of_it_once() -> None:
    topic = make_topic(is_question=True)
    answer, better = make_post(topic), make_post(topic)
    accept_answer(member=topic.author, post=answer)
    accept_answer(member=topic.author, post=answer)
    accept_answer(member=make_member(role="moderator"), post=better)
    topic.refresh_from_db()
    assert topic.best_answer == better
    assert Notification.objects.filter(kind="accepted").count() == 2
    unaccept_answer(member=topic.author, topic=topic)
    topic.refresh_from_db()
    assert topic.best_answer is None


def test_strangers_and_opening_posts_are_refused_as_best_answer() -> None:
    topic = make_topic(is_question=True)
    with pytest.raises(NotAllowed):
        accept_answer(member=make_member(), post=make_post(topic))
    with pytest.raises(Refused, match="replies"):
        accept_answer(member=topic.author, post=topic.posts.get(number=1))
    with pytest.raises(Refused):
        accept_answer(member=topic.author, post=make_post(topic, removed_at=timezone.now()))


@pytest.mark.parametrize(
    ("verb", "word", "field", "name"),
    [
        (pin_topic, "pinned", "pinned_at", "forum.topic_pinned"),
        (close_topic, "closed", "closed_at", "forum.topic_closed"),
        (feature_topic, "featured", "featured_at", "forum.topic_featured"),
    ],
)
def test_moderators_switch_and_members_do_not(verb, word, field, name) -> None:
    topic, moderator = make_topic(), make_member(role="moderator")
    with pytest.raises(NotAllowed):
        verb(member=topic.author, topic=topic)
    for state in (True, True, False):
        verb(member=moderator, topic=topic, **{word: state})
        topic.refresh_from_db()
        assert (getattr(topic, field) is not None) is state
    assert acts() == [name, name]
    assert list(Act.objects.order_by("id").values_list("value", flat=True)) == [1, 0]


def test_moving_carries_the_counts_along() -> None:
    board = make_board()
    topic, other = make_topic(board=board), make_board()
    make_post(topic)
    move_topic(member=make_member(role="content"), topic=topic, board=other)
    for row in (board, other):
        row.refresh_from_db()
    assert (board.topics_count, board.posts_count, board.last_topic) == (0, 0, None)
    assert (other.topics_count, other.posts_count, other.last_topic) == (1, 2, topic)
    with pytest.raises(Refused, match="in use"):
        archived = make_board(archived_at=timezone.now())
        move_topic(member=make_member(role="lead"), topic=topic, board=archived)
