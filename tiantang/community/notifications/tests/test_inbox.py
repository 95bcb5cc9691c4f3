"""What members are told, and the inbox that shows it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tiantang.community.forum.tests.factory import make_member
from tiantang.community.members.models import Member
from tiantang.community.notifications.actions import UnknownKind, count_unread, mark_all_read, notify
from tiantang.community.notifications.kinds import ICONS, SENTENCES, Kind
from tiantang.community.notifications.models import Notification

pytestmark = pytest.mark.django_db


def tell(recipient: Member, **changes: Any) -> Notification | None:
    letter = {"kind": "reply", "subject": "雨天的音乐", "address": "/t/1/", "excerpt": "手风琴真好听"}
    return notify(recipient=recipient, **{"actor": make_member(), **letter, **changes})


def enter(client: Client, member: Member) -> None:
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")


@pytest.fixture
def member() -> Member:
    return make_member("tang")


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_has_a_sentence_and_a_sign(kind: str) -> None:
    assert "%(subject)s" in str(SENTENCES[kind])
    assert ICONS[kind]


def test_unknown_kind_is_refused(member: Member) -> None:
    with pytest.raises(UnknownKind):
        tell(member, kind="gossip")


def test_nobody_is_told_of_their_own_acts(member: Member) -> None:
    assert tell(member, actor=member) is None


@pytest.mark.parametrize("state", [{"is_bot": True}, {"is_active": False}])
def test_people_without_an_account_are_told_nothing(state: dict[str, bool]) -> None:
    assert tell(make_member(**state)) is None


def test_like_taken_back_and_given_again_is_told_once(member: Member) -> None:
    fan = make_member()
    assert tell(member, actor=fan, kind="like") is not None
    assert tell(member, actor=fan, kind="like") is None
    assert tell(member, actor=fan, kind="reply") is not None


def test_long_words_are_cut_to_fit(member: Member) -> None:
    letter = tell(member, subject="长" * 300, excerpt="文" * 300)
    assert letter is not None
    assert (len(letter.subject), len(letter.excerpt)) == (200, 200)


def test_inbox_shows_who_did_what(client: Client, member: Member) -> None:
    tell(member, actor=make_member("mika", name="米卡"))
    enter(client, member)
    page = client.get("/inbox/").content.decode()
    for shown in ("米卡", "回复了「雨天的音乐」", "手风琴真好听", "消息，1 条未读"):
        assert shown in page


def test_bell_counts_no_further_than_it_can_show(member: Member) -> None:
    actor = make_member()
    Notification.objects.bulk_create(
        Notification(
            recipient=member, actor=actor, kind="reply", subject="x", address="/", created_at=member.joined_at
        )
        for _ in range(130)
    )
    assert count_unread(member) == 100


def test_opening_a_letter_marks_it_and_leads_there(client: Client, member: Member) -> None:
    letter = tell(member, address="/t/1/#p3")
    assert letter is not None
    enter(client, member)
    answer = client.get(f"/inbox/{letter.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/t/1/#p3")
    letter.refresh_from_db()
    assert letter.read_at is not None
    assert count_unread(member) == 0


def test_a_letter_pulled_into_a_page_stays_unread(client: Client, member: Member) -> None:
    letter = tell(member)
    assert letter is not None
    enter(client, member)
    assert client.get(f"/inbox/{letter.pk}/", headers={"Sec-Fetch-Dest": "image"}).status_code == 204
    assert count_unread(member) == 1


def test_letter_never_leads_to_another_site(client: Client, member: Member) -> None:
    letter = tell(member, address="https://example.com/")
    assert letter is not None
    enter(client, member)
    assert client.get(f"/inbox/{letter.pk}/")["Location"] == "/inbox/"


def test_others_letters_stay_closed(client: Client, member: Member) -> None:
    letter = tell(member)
    assert letter is not None
    enter(client, make_member())
    assert client.get(f"/inbox/{letter.pk}/").status_code == 404


def test_one_press_reads_everything(client: Client, member: Member) -> None:
    tell(member)
    tell(member)
    other = make_member()
    tell(other)
    enter(client, member)
    assert client.post("/inbox/read/").status_code == 302
    assert (count_unread(member), count_unread(other)) == (0, 1)


def test_reading_everything_says_how_much_it_was(member: Member) -> None:
    tell(member)
    tell(member)
    assert (mark_all_read(member=member), mark_all_read(member=member)) == (2, 0)


def test_unread_filter_and_empty_places(client: Client, member: Member) -> None:
    enter(client, member)
    assert "还没有消息" in client.get("/inbox/").content.decode()
    tell(member)
    mark_all_read(member=member)
    assert "都看过了" in client.get("/inbox/?filter=unread").content.decode()


@pytest.mark.parametrize("address", ["/inbox/", "/inbox/1/"])
def test_inbox_is_for_signed_in_members(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/accounts/login/")


def test_full_inbox_costs_what_an_empty_one_costs(
    client: Client, member: Member, django_assert_num_queries: Any
) -> None:
    for _ in range(12):
        tell(member)
    enter(client, member)
    client.get("/inbox/")
    with django_assert_num_queries(6):
        client.get("/inbox/")
