"""Every reachable account page is ours, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.messages import get_messages
from django.test import Client

from tiantang.community.forum.tests.factory import make_member
from tiantang.community.members.models import Member

pytestmark = pytest.mark.django_db
OUTSIDE = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-set-password/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/nonsense/",
    "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/",
    "/accounts/3rdparty/login/error/",
)
INSIDE = (
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/3rdparty/",
    "/settings/",
    "/inbox/",
)
STOCK = re.compile(r"<strong>Menu:</strong>|<h1>\s*(Sign In|Menu)")


def shows_our_page(answer: Any, language: str) -> bool:
    page = answer.content.decode()
    in_language = f'<html lang="{"zh-CN" if language == "zh-hans" else "en"}"' in page
    return (
        answer.status_code in (200, 401) and in_language and 'class="bar"' in page and not STOCK.search(page)
    )


def enter(client: Client, member: Member) -> None:
    client.post("/accounts/login/", {"login": member.handle, "password": "correct horse"})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", OUTSIDE)
def test_page_outside(client: Client, address: str, language: str) -> None:
    assert shows_our_page(client.get(address, headers={"accept-language": language}), language)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", INSIDE)
def test_page_inside(client: Client, address: str, language: str) -> None:
    enter(client, make_member("lantern", language=language))
    assert shows_our_page(client.get(address), language)


def code_of(secret: str) -> str:
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def test_two_step_sign_in_from_setting_up_to_turning_off(client: Client) -> None:
    member = make_member("lantern", language="zh-hans")
    enter(client, member)
    client.post("/accounts/reauthenticate/", {"password": "correct horse"})
    page = client.get("/accounts/2fa/totp/activate/")
    assert shows_our_page(page, "zh-hans")
    secret = re.search(r'<code class="serial">([A-Z2-7]+)</code>', page.content.decode())
    assert secret is not None
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret[1])})
    assert "已开启" in client.get("/accounts/2fa/").content.decode()
    codes = client.get("/accounts/2fa/recovery-codes/")
    assert shows_our_page(codes, "zh-hans")
    (first, *_others) = re.findall(r"<li>([0-9a-z-]{8,})</li>", codes.content.decode())
    assert shows_our_page(client.get("/accounts/2fa/recovery-codes/generate/"), "zh-hans")
    assert shows_our_page(client.get("/accounts/2fa/reauthenticate/"), "zh-hans")

    again = Client()
    answer = again.post(
        "/accounts/login/", {"login": "lantern", "password": "correct horse"}, follow=True,
        headers={"accept-language": "zh-hans"},
    )  # fmt: skip
    assert "第二步" in answer.content.decode()
    assert "_auth_user_id" not in again.session
    again.post("/accounts/2fa/authenticate/", {"code": first})
    assert again.session["_auth_user_id"] == str(member.pk)

    assert shows_our_page(client.get("/accounts/2fa/totp/deactivate/"), "zh-hans")
    client.post("/accounts/2fa/totp/deactivate/")
    assert "未开启" in client.get("/accounts/2fa/").content.decode()


def test_password_is_changed_with_the_old_one(client: Client) -> None:
    member = make_member("lantern")
    enter(client, member)
    wrong = {"oldpassword": "wrong", "password1": "a new horse 9", "password2": "a new horse 9"}
    assert client.post("/accounts/password/change/", wrong).status_code == 200
    client.post("/accounts/password/change/", {**wrong, "oldpassword": "correct horse"})
    member.refresh_from_db()
    assert member.check_password("a new horse 9")


def test_address_is_added_and_removed(client: Client) -> None:
    enter(client, make_member("lantern"))
    page = client.post("/accounts/email/", {"action_add": "1", "email": "l@example.org"}, follow=True)
    assert "l@example.org" in page.content.decode()


def test_password_fields_have_labels_and_no_placeholders(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()
    assert "placeholder" not in page
    assert page.count("<label") == 4


def test_refusals_are_in_our_words_and_keep_what_was_typed(client: Client) -> None:
    make_member("wick", email="wick@example.org")
    form = {"username": "灯一", "password1": "123", "email": "not-an-address"}
    for language, words in (
        ("zh-hans", ("太短了，至少 8 个字符。", "这个密码太常见了", "这不是邮箱地址")),
        (
            "en",
            (
                "Too short: it needs 8 characters at least.",
                "Too many people use this one",
                "no email address",
            ),
        ),
    ):
        page = client.post("/accounts/signup/", form, headers={"accept-language": language}).content.decode()
        for word in (*words, 'value="灯一"', 'value="not-an-address"'):
            assert word in page
        wrong = {"login": "wick", "password": "wrong"}
        page = client.post("/accounts/login/", wrong, headers={"accept-language": language}).content.decode()
        assert ("用户名或密码不对" if language == "zh-hans" else "Handle or password is wrong") in page
        assert 'value="wick"' in page


def test_password_like_the_handle_is_refused(client: Client) -> None:
    form = {"username": "lanternkeeper", "password1": "lanternkeeper", "email": ""}
    page = client.post("/accounts/signup/", form, headers={"accept-language": "zh-hans"}).content.decode()
    assert "太像了" in page


def test_two_passwords_that_differ_are_refused_in_our_words(client: Client) -> None:
    enter(client, make_member("lantern", language="zh-hans"))
    form = {"oldpassword": "correct horse", "password1": "a new horse 9", "password2": "a new horse 8"}
    page = client.post("/accounts/password/change/", form).content.decode()
    assert "两次输的不一样" in page
    assert "新密码" in page


def test_asking_too_often_is_paused_with_a_page_of_ours(client: Client) -> None:
    for _time in range(30):
        answer = client.post(
            "/accounts/password/reset/", {"email": "a@example.org"}, headers={"accept-language": "zh-hans"}
        )
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    page = answer.content.decode()
    assert "操作太频繁了" in page and 'class="bar"' in page


def test_first_recovery_codes_are_not_called_a_replacement(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    member = make_member("lantern", language="zh-hans")
    enter(client, member)
    client.post("/accounts/reauthenticate/", {"password": "correct horse"})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'<code class="serial">([A-Z2-7]+)</code>', page)
    assert secret is not None
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret[1])})
    said = [str(message) for message in get_messages(done.wsgi_request)]
    assert said == ["两步登录已开启，恢复码收好。"]
