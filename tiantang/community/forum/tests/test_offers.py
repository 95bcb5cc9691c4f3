"""What is offered on the forum's pages: only what the reader may then do, named in their language."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from tiantang.community.forum.models import Board, Topic
from tiantang.community.forum.renderings import STORE
from tiantang.community.forum.tests.factory import make_board, make_member, make_post, make_tag, make_topic
from tiantang.community.forum.tests.test_pages import browser
from tiantang.community.members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    STORE.clear()
    cache.clear()


@pytest.fixture
def topic() -> Topic:
    """A question with one reply."""
    made = make_topic("雨天的音乐", is_question=True)
    make_post(made, "第一条回复", author=make_member())
    return made


def test_boards_offer_a_topic_only_to_those_who_could_post_it(topic: Topic) -> None:
    make_board("announcements")
    offered = "?board=announcements"
    for who, seen in ((None, False), (make_member(), False), (make_member(role="content"), True)):
        for tab in ("latest", "questions"):
            page = browser(who).get(f"/b/announcements/?tab={tab}").content.decode()
            assert (offered in page) is seen, (who, tab)
    assert f"?board={topic.board.slug}" in browser().get(topic.board.get_absolute_url()).content.decode()


def test_menus_offer_only_what_one_may_do(topic: Topic) -> None:
    topic.refresh_from_db()
    reply = topic.posts.get(number=2)
    report, edit = f"/report/post/{reply.pk}/", f"/p/{reply.pk}/edit/"

    def offered(who: Member | None) -> tuple[bool, bool]:
        page = browser(who).get(topic.get_absolute_url()).content.decode()
        return report in page, edit in page

    assert reply.author
    assert offered(reply.author) == (False, True)
    assert offered(make_member()) == (True, False)
    assert offered(make_member(role="moderator")) == (True, True)
    Topic.objects.filter(pk=topic.pk).update(closed_at=timezone.now())
    assert offered(reply.author) == (False, False)


def test_topics_that_go_with_it_name_their_board_in_the_readers_language() -> None:
    board = make_board("studio")
    Board.objects.filter(pk=board.pk).update(name="画室", name_en="Studio")
    tag = make_tag("雨天")
    one, other = make_topic(board=board, tags=[tag]), make_topic(board=board, tags=[tag])
    page = browser().get(one.get_absolute_url()).content.decode()
    assert other.title in page
    assert "画室" not in page
