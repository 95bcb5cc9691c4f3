"""Forgetting: the person goes, what they wrote stays, figures keep their rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from tiantang.community.forum.tests.factory import make_member, make_post, make_topic
from tiantang.community.members.actions.avatar import set_avatar
from tiantang.community.members.actions.forget import forget_member
from tiantang.community.members.models import Member
from tiantang.community.members.tests.test_avatar import picture
from tiantang.community.notifications.actions import notify
from tiantang.events.catalog import kind_of
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db
PERSONAL = {"name": "陈小姐", "email": "chen@example.org", "about": "住在鼓浪屿", "region": "厦门"}


@pytest.fixture
def chen() -> Member:
    member = make_member("chen", role="moderator", website="https://chen.example.org", **PERSONAL)
    EmailAddress.objects.create(user=member, email=member.email, primary=True)
    return member


def test_nothing_personal_is_left_in_the_row(chen: Member) -> None:
    forget_member(member=chen)
    row = Member.objects.filter(pk=chen.pk).values().get()
    said = " ".join(str(value) for value in row.values())
    for secret in ("chen", *PERSONAL.values()):
        assert secret not in said
    assert not EmailAddress.objects.exists()
    assert not chen.roles.current().exists()


def test_key_to_the_events_is_dropped_and_the_events_stay(chen: Member) -> None:
    subject = chen.subject
    forget_member(member=chen)
    assert Member.objects.get(pk=chen.pk).subject is None
    act = Act.objects.get(event=kind_of("members.account_forgotten").code)
    assert act.subject == subject


def test_words_stay_under_the_name_of_nobody(chen: Member, client: Client) -> None:
    topic = make_topic("雨天的音乐", author=chen)
    make_post(topic, "手风琴真好听", author=chen)
    forget_member(member=chen)
    assert topic.posts.count() == 2
    page = client.get("/").content.decode()
    assert "雨天的音乐" in page
    assert "已注销成员" in page


def test_forgotten_member_has_no_page_and_no_way_in(chen: Member, client: Client) -> None:
    forget_member(member=chen)
    assert client.get("/m/chen/").status_code == 404
    assert client.get(f"/m/~{chen.pk}/").status_code == 404
    client.post("/accounts/login/", {"login": f"~{chen.pk}", "password": "correct horse"})
    assert "_auth_user_id" not in client.session


def test_open_sessions_end(chen: Member, client: Client) -> None:
    client.force_login(chen, backend="tiantang.community.members.backend.MemberBackend")
    forget_member(member=chen)
    assert client.get("/settings/").status_code == 302


def test_picture_file_is_deleted(chen: Member, django_capture_on_commit_callbacks: object) -> None:
    set_avatar(member=chen, upload=picture())
    path = Path(chen.avatar.path)
    with django_capture_on_commit_callbacks(execute=True):
        forget_member(member=chen)
    assert not path.exists()


def test_inbox_is_emptied(chen: Member) -> None:
    notify(recipient=chen, actor=make_member(), kind="reply", subject="雨天的音乐", address="/t/1/")
    forget_member(member=chen)
    assert not chen.notifications.exists()


def test_handle_is_free_again(chen: Member) -> None:
    forget_member(member=chen)
    assert not Member.objects.looking_like("chen").exists()


def test_forgetting_twice_changes_nothing(chen: Member) -> None:
    forget_member(member=chen)
    at = chen.forgotten_at
    forget_member(member=chen)
    assert chen.forgotten_at == at
    assert Act.objects.filter(event=kind_of("members.account_forgotten").code).count() == 1
