"""Language and theme are chosen by a link, remembered, and lead back safely."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tiantang.community.forum.tests.factory import make_member

pytestmark = pytest.mark.django_db


def test_language_link_sets_the_cookie_and_leads_back(client: Client) -> None:
    answer = client.get("/language/en", {"next": "/rules/"})
    assert (answer.status_code, answer["Location"]) == (302, "/rules/")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    page = client.get("/rules/").content.decode()
    assert '<html lang="en"' in page
    assert "Community rules" in page


def test_choice_leads_back_to_the_page_it_was_made_on(client: Client) -> None:
    answer = client.get("/theme/dark", HTTP_REFERER="http://testserver/rules/?tab=short")
    assert answer["Location"] == "http://testserver/rules/?tab=short"
    assert client.get("/theme/dark", HTTP_REFERER="https://example.com/")["Location"] == "/"


def test_page_speaks_chinese_when_the_link_says_so(client: Client) -> None:
    client.get("/language/zh-hans")
    page = client.get("/rules/").content.decode()
    assert '<html lang="zh-CN"' in page
    assert "社区规则" in page


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme_link_marks_the_page(client: Client, theme: str) -> None:
    client.get(f"/theme/{theme}")
    assert f'data-theme="{theme}"' in client.get("/rules/").content.decode()


def test_automatic_theme_leaves_the_choice_to_the_system(client: Client) -> None:
    client.get("/theme/dark")
    client.get("/theme/auto")
    assert "data-theme" not in client.get("/rules/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_choice_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert client.get("/language/en", {"next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize("address", ["/language/fr", "/theme/pink"])
def test_unknown_choice_is_no_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_choice_of_a_member_is_stored(client: Client) -> None:
    member = make_member("lantern")
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    client.get("/language/en")
    client.get("/theme/dark")
    member.refresh_from_db()
    assert (member.language, member.theme) == ("en", "dark")


@pytest.mark.parametrize("address", ["/language/en", "/theme/dark"])
@pytest.mark.parametrize("destination", ["image", "iframe", "script", "style"])
def test_a_choice_pulled_into_a_page_changes_nothing(client: Client, address: str, destination: str) -> None:
    answer = client.get(address, headers={"Sec-Fetch-Dest": destination})
    assert (answer.status_code, dict(answer.cookies)) == (204, {})
    assert client.get(address, headers={"Sec-Fetch-Dest": "document"}).status_code == 302
