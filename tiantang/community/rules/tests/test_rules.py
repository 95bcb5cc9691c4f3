"""The rules: seeded, versioned, accepted once."""

from __future__ import annotations

import pytest
from django.test import Client

from tiantang.community.forum.tests.factory import make_member
from tiantang.community.rules.actions import accept_rules, has_accepted, publish_rules
from tiantang.community.rules.models import RulesAcceptance, RulesVersion
from tiantang.community.rules.text import render_rules
from tiantang.events.catalog import kind_of
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "first_rule"), [("zh-hans", "对事，不对人"), ("en", "not the person")])
def test_new_installation_has_rules_in_both_languages(client: Client, language: str, first_rule: str) -> None:
    page = client.get("/rules/", headers={"accept-language": language}).content.decode()
    assert first_rule in page
    assert 'id="rule-10"' in page


def test_languages_have_the_same_rules() -> None:
    version = RulesVersion.objects.get(number=1)
    assert version.html_zh.count("<h2") == version.html_en.count("<h2") == 10


def test_anonymous_page_asks_nothing(client: Client) -> None:
    assert "csrf" not in client.get("/rules/").content.decode()


def test_member_accepts_on_the_page(client: Client) -> None:
    member = make_member()
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    assert "我会遵守" in client.get("/rules/").content.decode()
    client.post("/rules/accept/")
    assert "这一版你还没有确认过" not in client.get("/rules/").content.decode()
    act = Act.objects.get(event=kind_of("rules.version_accepted").code)
    assert (act.subject, act.value) == (member.subject, 1)


def test_accepting_twice_is_recorded_once() -> None:
    member, version = make_member(), RulesVersion.objects.get()
    accept_rules(member=member, version=version)
    accept_rules(member=member, version=version)
    assert RulesAcceptance.objects.count() == 1
    assert Act.objects.filter(event=kind_of("rules.version_accepted").code).count() == 1


def test_new_version_is_asked_for_again() -> None:
    member = make_member()
    accept_rules(member=member, version=RulesVersion.objects.get())
    second = publish_rules(text_zh="## 1. 新的", text_en="## 1. New", published_by=make_member())
    assert second.number == 2
    assert RulesVersion.objects.current() == second
    assert not has_accepted(member, second)


def test_rules_cannot_carry_markup() -> None:
    assert "<script" not in render_rules("## 1. x\n\n<script>alert(1)</script>")


def test_accepting_needs_a_member(client: Client) -> None:
    assert client.post("/rules/accept/").status_code == 302
    assert client.get("/rules/accept/").status_code == 405
