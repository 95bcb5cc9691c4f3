"""A member's page and settings."""

from __future__ import annotations

import pytest
from django.test import Client

from tiantang.community.forum.models import Bookmark
from tiantang.community.forum.tests.factory import make_member, make_post, make_topic
from tiantang.community.members.actions.profile import edit_profile
from tiantang.community.members.models import BadgeAward, Member
from tiantang.events.catalog import kind_of
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db
SAID = {"name": "半糖", "about": "打独立游戏\nhttps://example.org", "region": "厦门", "website": ""}


def enter(client: Client, member: Member) -> None:
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")


def test_our_badges_are_named_in_the_readers_language(client: Client) -> None:
    member = make_member("tang")
    for name in ("五十帖", "百次有用"):
        BadgeAward.objects.create(member=member, name=name, awarded_at=member.joined_at)
    client.cookies["language"] = "en"
    page = client.get("/m/tang/").content.decode()
    assert "Fifty posts" in page
    assert "五十帖" not in page
    assert "百次有用" in page


def test_page_shows_the_person(client: Client) -> None:
    member = make_member("tang", posts_count=200, likes_received_count=300, region="厦门", role="moderator")
    BadgeAward.objects.create(member=member, name="百次有用", awarded_at=member.joined_at)
    page = client.get("/m/tang/").content.decode()
    for shown in ("tang", "厦门", "百次有用", "常客", "版主", "200 帖"):
        assert shown in page


def test_chinese_handle_has_a_page(client: Client) -> None:
    make_member("半糖乌龙")
    assert client.get("/m/半糖乌龙/").status_code == 200


def test_other_spelling_leads_to_the_one_address(client: Client) -> None:
    make_member("Tang")
    answer = client.get("/m/tANG/")
    assert (answer.status_code, answer["Location"]) == (301, "/m/Tang/")


def test_nobody_has_no_page(client: Client) -> None:
    assert client.get("/m/nobody-here/").status_code == 404


def test_topics_and_replies_stand_on_their_tabs(client: Client) -> None:
    member = make_member("tang")
    topic = make_topic("雨天的音乐", author=member)
    make_post(make_topic("别人的主题"), "我也听出来了", author=member)
    topics = client.get("/m/tang/?filter=topics").content.decode()
    replies = client.get("/m/tang/?filter=replies").content.decode()
    assert topic.title in topics
    assert "我也听出来了" not in topics
    assert "别人的主题" in replies
    assert "我也听出来了" in replies


def test_removed_writing_is_not_on_the_page(client: Client) -> None:
    member = make_member("tang")
    make_topic("撤下的主题", author=member, removed_at=member.joined_at)
    assert "撤下的主题" not in client.get("/m/tang/?filter=topics").content.decode()


def test_bookmarks_are_for_oneself(client: Client) -> None:
    member = make_member("tang")
    topic = make_topic("留着慢慢看")
    Bookmark.objects.create(member=member, topic=topic, created_at=member.joined_at)
    enter(client, member)
    assert "留着慢慢看" in client.get("/m/tang/?filter=bookmarks").content.decode()
    enter(client, make_member())
    assert "留着慢慢看" not in client.get("/m/tang/?filter=bookmarks").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_odd_page_numbers_are_no_error(client: Client, page: str) -> None:
    make_member("tang")
    assert client.get("/m/tang/", {"page": page}).status_code == 200


def test_anonymous_page_asks_few_queries_and_holds_nothing_personal(
    client: Client, django_assert_num_queries: object
) -> None:
    member = make_member("tang")
    for _ in range(5):
        make_topic(author=member)
    client.get("/m/tang/")
    with django_assert_num_queries(5):
        page = client.get("/m/tang/?filter=topics").content.decode()
    assert "csrf" not in page


def test_settings_are_for_signed_in_members(client: Client) -> None:
    assert client.get("/settings/")["Location"].startswith("/accounts/login/?next=/settings/")


def test_saved_settings_show_and_are_recorded(client: Client) -> None:
    member = make_member("tang")
    enter(client, member)
    answer = client.post("/settings/", {**SAID, "language": "en", "theme": "dark"})
    assert answer.status_code == 302
    member.refresh_from_db()
    assert (member.name, member.region, member.language, member.theme) == ("半糖", "厦门", "en", "dark")
    assert '<a href="https://example.org" rel="nofollow">' in member.about_html
    act = Act.objects.get(event=kind_of("members.profile_changed").code)
    assert act.payload == '{"region":"厦门","language":"en"}'
    assert client.cookies["theme"].value == "dark"


def test_change_without_a_dimension_is_no_event() -> None:
    member = make_member("tang", region="厦门")
    edit_profile(member=member, name="新的名字", about="", region="厦门", website="")
    assert not Act.objects.exists()


def test_about_text_cannot_carry_markup() -> None:
    member = edit_profile(
        member=make_member(), name="", about="<script>alert(1)</script>", region="", website=""
    )
    assert "<script>" not in member.about_html


def test_rejected_settings_keep_what_was_typed(client: Client) -> None:
    enter(client, make_member("tang"))
    answer = client.post("/settings/", {**SAID, "website": "no address", "language": "en", "theme": "dark"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="半糖"' in page
    assert "写完整的网址" in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("website", ["javascript:alert(1)", "data:text/html,x"])
def test_website_is_an_http_address(client: Client, website: str) -> None:
    enter(client, make_member("tang"))
    answer = client.post("/settings/", {**SAID, "website": website, "language": "en", "theme": "auto"})
    assert answer.status_code == 422
