"""Signing up and in, through the real pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tiantang.common.errors import TiantangError
from tiantang.community.forum.tests.factory import make_member
from tiantang.community.members.actions.join import create_member, join
from tiantang.community.members.models import Member
from tiantang.events.catalog import kind_of
from tiantang.events.models import Act
from tiantang.events.visitor import COOKIE, cookie_of

pytestmark = pytest.mark.django_db
GOOD = {"username": "半糖乌龙", "password1": "correct horse 8", "email": "", "accept": "on"}


def acts(name: str) -> list[Act]:
    return list(Act.objects.filter(event=kind_of(name).code))


def test_join_makes_an_account_and_records_the_browser(client: Client) -> None:
    client.cookies[COOKIE] = cookie_of(77)
    answer = client.post("/accounts/signup/", GOOD)
    assert answer.status_code == 302
    member = Member.objects.get(handle="半糖乌龙")
    assert member.check_password("correct horse 8")
    (act,) = acts("members.signed_up")
    assert (act.subject, act.visitor) == (member.subject, 77)


def test_join_accepts_the_rules_in_force(client: Client) -> None:
    client.post("/accounts/signup/", GOOD)
    member = Member.objects.get(handle="半糖乌龙")
    assert list(member.rules_accepted.values_list("version__number", flat=True)) == [1]
    (act,) = acts("rules.version_accepted")
    assert (act.value, act.subject) == (1, member.subject)


def test_join_without_the_rules_is_refused_and_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/accounts/signup/", {**GOOD, "email": "tang@example.org", "accept": ""})
    page = answer.content.decode()
    assert 'value="半糖乌龙"' in page
    assert 'value="tang@example.org"' in page
    assert "在这里打勾" in page
    assert not Member.objects.filter(handle="半糖乌龙").exists()


@pytest.mark.parametrize(
    ("handle", "says"),
    [
        ("管理员", "容易被当成官方"),
        ("Adm1n", "容易被当成官方"),
        ("аdmin", "容易被当成官方"),  # Cyrillic а
        ("x", "2 到 24 个字"),
        ("a" * 25, "2 到 24 个字"),
        ("两 个 字", "只能用文字和数字"),
        ("-dash", "只能用文字和数字"),
        ("~12", "只能用文字和数字"),
        ("12345", "加一个字"),
        ("MIKA.07", "已经有人叫这个"),
        ("mika_О7", "已经有人叫这个"),  # Cyrillic О for zero
    ],
)
def test_refused_handle_says_why(client: Client, handle: str, says: str) -> None:
    make_member("Mika_07")
    answer = client.post("/accounts/signup/", {**GOOD, "username": handle})
    assert says in answer.content.decode()
    assert Member.objects.count() == 1


def test_different_kana_are_different_handles() -> None:
    make_member("かき")
    assert join(handle="かぎ", password="correct horse 8").handle == "かぎ"


def test_bulk_made_members_are_protected_from_lookalikes() -> None:
    from django.utils import timezone

    Member.objects.bulk_create([Member(handle="Lantern", subject=9001, joined_at=timezone.now())])
    with pytest.raises(ValidationError):
        join(handle="1antern", password="correct horse 8")


def test_refusal_is_in_the_language_of_the_page(client: Client) -> None:
    answer = client.post(
        "/accounts/signup/", {**GOOD, "username": "admin"}, headers={"accept-language": "en"}
    )
    assert "mistaken for the team" in answer.content.decode()


def test_short_password_is_refused(client: Client) -> None:
    answer = client.post("/accounts/signup/", {**GOOD, "password1": "short"})
    assert answer.status_code == 200
    assert not Member.objects.exists()


def test_address_in_use_is_refused(client: Client) -> None:
    client.post("/accounts/signup/", {**GOOD, "email": "tang@example.org"})
    client.logout()
    client.post("/accounts/signup/", {**GOOD, "username": "另一个人", "email": "Tang@example.org"})
    assert not Member.objects.filter(handle="另一个人").exists()


def test_sign_in_is_recorded_and_brings_language_and_theme_along(client: Client) -> None:
    member = make_member("lantern", language="en", theme="dark")
    answer = client.post("/accounts/login/", {"login": "LANTERN", "password": "correct horse"})
    assert answer.status_code == 302
    (act,) = acts("members.signed_in")
    assert act.subject == member.subject
    assert (client.cookies["language"].value, client.cookies["theme"].value) == ("en", "dark")


def test_sign_in_by_address(client: Client) -> None:
    join(handle="半糖乌龙", password="correct horse 8", email="tang@example.org")
    client.post("/accounts/login/", {"login": "tang@example.org", "password": "correct horse 8"})
    assert "_auth_user_id" in client.session


def test_wrong_password_keeps_the_handle_typed(client: Client) -> None:
    make_member("lantern")
    page = client.post("/accounts/login/", {"login": "lantern", "password": "wrong"}).content.decode()
    assert 'value="lantern"' in page
    assert 'role="alert"' in page


def test_too_many_wrong_passwords_lock_the_door_for_a_while(client: Client) -> None:
    make_member("lantern")
    for _ in range(8):
        answer = client.post("/accounts/login/", {"login": "lantern", "password": "wrong"})
    assert answer.status_code == 429
    assert "试得太多了" in answer.content.decode()
    right = client.post("/accounts/login/", {"login": "Lantern", "password": "correct horse"})
    assert right.status_code == 429


def test_locked_name_does_not_lock_its_neighbours(client: Client) -> None:
    make_member("lantern")
    make_member("moth")
    for _ in range(8):
        client.post("/accounts/login/", {"login": "lantern", "password": "wrong"})
    answer = client.post("/accounts/login/", {"login": "moth", "password": "correct horse"})
    assert answer.status_code == 302


def guess(client: Client, name: str, address: str, password: str = "wrong") -> int:
    typed = {"login": name, "password": password}
    return client.post("/accounts/login/", typed, REMOTE_ADDR=address).status_code


def test_an_address_that_guesses_many_names_is_locked_for_all_names(client: Client) -> None:
    make_member("lantern")
    for number in range(30):
        last = guess(client, f"name{number}", "203.0.113.5")
    assert last == 429
    assert guess(client, "lantern", "203.0.113.5", "correct horse") == 429
    assert guess(Client(), "lantern", "203.0.113.6", "correct horse") == 302


def test_a_client_cannot_leave_its_address_behind_with_a_header(client: Client) -> None:
    for number in range(31):
        typed = {"login": f"name{number}", "password": "wrong"}
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        last = client.post("/accounts/login/", typed, REMOTE_ADDR="9.9.9.5", headers=headers)
    assert last.status_code == 429


def test_an_address_makes_so_many_accounts_an_hour(client: Client) -> None:
    asked = [
        Client().post("/accounts/signup/", {"handle": "x"}, REMOTE_ADDR="203.0.113.8").status_code
        for _ in range(11)
    ]
    assert (asked[9], asked[10]) == (200, 429)
    assert Client().post("/accounts/signup/", {"handle": "x"}, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_sign_out_takes_one_press(client: Client) -> None:
    client.force_login(make_member(), backend="tiantang.community.members.backend.MemberBackend")
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_command_line_makes_a_member_with_a_role() -> None:
    member = create_member(handle="木棉", password="correct horse 8", role="lead")
    assert member.is_operator


@pytest.mark.parametrize("wrong", [{"handle": "x"}, {"handle": "木棉", "role": "king"}])
def test_command_line_is_refused_with_one_sentence(wrong: dict[str, Any]) -> None:
    with pytest.raises(TiantangError, match=r"\w"):
        create_member(**{"password": "correct horse 8", **wrong})
    assert not Member.objects.exists()
