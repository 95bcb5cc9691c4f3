"""The front page: what it shows to whom, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from tiantang.community.forum.actions.remove import remove_topic
from tiantang.community.forum.models import ReadMark, Topic
from tiantang.community.forum.tests.factory import make_board, make_member, make_post, make_tag, make_topic
from tiantang.community.members.models import Member
from tiantang.portal.feed import PER_PAGE
from tiantang.portal.hot import compute_hot_topics

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_hot_list() -> None:
    cache.clear()


def enter(client: Client, member: Member) -> None:
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")


def page(client: Client, address: str = "/", **headers: str) -> str:
    answer = client.get(address, headers=headers or None)
    assert answer.status_code == 200
    return answer.content.decode()


def test_newcomer_is_welcomed_and_shown_the_way_in(client: Client) -> None:
    make_topic("雨天的音乐")
    shown = page(client)
    assert "领票入场" in shown
    assert "/accounts/signup/" in shown
    assert "雨天的音乐" in shown


def test_page_reads_in_english(client: Client) -> None:
    make_board(name="像素与独立", name_en="Pixel & indie")
    shown = page(client, **{"accept-language": "en"})
    assert "Pixel &amp; indie" in shown
    assert "Take a ticket" in shown


def test_anonymous_page_is_the_same_for_everybody(client: Client) -> None:
    make_topic()
    answer = client.get("/")
    assert "csrf" not in answer.content.decode()
    assert not answer.cookies
    assert answer.content == Client().get("/").content


def test_empty_community_says_what_to_do_first(client: Client) -> None:
    Topic.objects.all().delete()
    assert "门开了，还没人说话" in page(client)
    enter(client, make_member())
    assert "写第一个主题" in page(client)


def test_latest_talk_comes_first(client: Client) -> None:
    now = timezone.now()
    make_topic("旧话", last_post_at=now - timedelta(days=2))
    make_topic("新话", last_post_at=now)
    shown = page(client)
    assert shown.index("新话") < shown.index("旧话")


def test_feed_of_waiting_topics_leaves_out_answered_ones(client: Client) -> None:
    make_post(make_topic("有人答了"))
    make_topic("还在等")
    shown = page(client, "/?filter=unanswered")
    feed = shown[shown.index('class="tabs"') : shown.index('class="aside"')]
    assert "还在等" in feed
    assert "有人答了" not in feed


def test_feed_of_featured_topics(client: Client) -> None:
    make_topic("写得真好", featured_at=timezone.now())
    make_topic("一般般")
    shown = page(client, "/?filter=featured")
    assert "写得真好" in shown
    assert "一般般" not in shown


def test_empty_feed_says_where_to_go(client: Client) -> None:
    make_topic()
    assert "这里还空着" in page(client, "/?filter=featured")


def test_removed_topic_is_nowhere(client: Client) -> None:
    topic = make_topic("撤下的", removed_at=timezone.now())
    make_post(topic)
    assert "撤下的" not in page(client)


def test_what_was_kept_of_a_topic_goes_with_it(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """The list of hot topics and the board's tags are kept for minutes; a removal is seen at once."""
    topic = make_topic("坏标题", tags=[make_tag("坏标签")])
    make_post(topic)
    board = topic.board.get_absolute_url()
    assert "坏标题" in page(client) and "坏标签" in page(client, board)
    with django_capture_on_commit_callbacks(execute=True):
        remove_topic(member=make_member(role="moderator"), topic=topic)
    assert "坏标题" not in page(client)
    assert "坏标签" not in page(client, board)


def test_pages_lead_back_in_time(client: Client) -> None:
    now = timezone.now()
    for number in range(PER_PAGE + 1):
        make_topic(f"第{number}个", last_post_at=now - timedelta(minutes=number), pinned_at=now)
    first, second = page(client), page(client, "/?page=2")
    assert "往前" in first
    assert f"第{PER_PAGE}个" not in first
    assert f"第{PER_PAGE}个" in second
    assert "往新" in second


@pytest.mark.parametrize("wrong", ["?page=x", "?page=-1", "?page=999999", "?filter=nope"])
def test_odd_addresses_still_show_a_page(client: Client, wrong: str) -> None:
    make_topic()
    page(client, f"/{wrong}")


def test_member_sees_how_many_posts_are_new(client: Client) -> None:
    member, topic = make_member(), make_topic("雨天的音乐")
    for _ in range(3):
        make_post(topic)
    ReadMark.objects.create(member=member, topic=topic, number=2, updated_at=timezone.now())
    enter(client, member)
    assert "2 条新" in page(client)


def test_markup_in_a_title_is_shown_as_text(client: Client) -> None:
    make_topic("<script>alert(1)</script>")
    assert "<script>alert" not in page(client)


@pytest.mark.parametrize(
    ("topics", "signed_in", "queries"), [(3, False, 5), (20, False, 5), (3, True, 9), (20, True, 9)]
)
def test_page_costs_the_same_however_full_it_is(
    client: Client, topics: int, signed_in: bool, queries: int, django_assert_num_queries: Any
) -> None:
    for _ in range(topics):
        make_post(make_topic(board=make_board()))
    if signed_in:
        enter(client, make_member())
    page(client)
    cache.clear()
    with django_assert_num_queries(queries):
        page(client)


def test_hot_list_ranks_by_people_not_by_noise() -> None:
    loud, lively = make_topic("一个人刷"), make_topic("大家都在聊")
    noisy = make_member()
    for _ in range(8):
        make_post(loud, author=noisy)
    for _ in range(3):
        make_post(lively)
    hot = compute_hot_topics()
    assert [topic.title for topic in hot] == ["大家都在聊", "一个人刷"]
    assert (hot[0].people, hot[0].replies) == (4, 3)


def test_hot_list_says_why() -> None:
    topic = make_topic("大家都在聊")
    for _ in range(6):
        make_post(topic)
    assert compute_hot_topics()[0].reason() == "7 人在聊，1 小时内 6 条回复"


def test_staff_do_not_heat_a_topic() -> None:
    pushed = make_topic("运营推的", author=make_member(role="content"))
    for _ in range(4):
        make_post(pushed, author=make_member(role="lead"))
    make_post(make_topic("有人聊的"))
    assert [topic.title for topic in compute_hot_topics()] == ["有人聊的"]


def test_former_staff_count_like_everybody() -> None:
    author = make_member(role="content")
    author.roles.update(ended_at=timezone.now())
    make_post(make_topic("聊天"), author=author)
    assert compute_hot_topics()[0].people == 2


def test_older_talk_cools_down() -> None:
    now = timezone.now()
    old = make_topic("前天的", created_at=now - timedelta(days=2))
    for _ in range(3):
        make_post(old, created_at=now - timedelta(days=2))
    fresh = make_topic("刚刚的", created_at=now)
    make_post(fresh, created_at=now)
    assert [topic.title for topic in compute_hot_topics()] == ["刚刚的", "前天的"]


def test_quiet_community_shows_its_last_lively_days() -> None:
    long_ago = timezone.now() - timedelta(days=3000)
    topic = make_topic("当年", created_at=long_ago)
    make_post(topic, created_at=long_ago)
    assert [hot.title for hot in compute_hot_topics()] == ["当年"]


def test_community_without_topics_has_no_hot_list() -> None:
    Topic.objects.all().delete()
    assert compute_hot_topics() == []
