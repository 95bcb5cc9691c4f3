"""The console's page for the team: who sees it, who gives and takes back what, and what is kept of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tiantang.community.forum.tests.factory import make_member
from tiantang.community.members.access import roles_in_gift_of
from tiantang.community.members.actions.roles import RoleNotAllowed, RoleRefused, end_role, grant_role
from tiantang.community.members.models import Member, Role, RoleGrant
from tiantang.events.catalog import kind_of
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db
DUTIES = ("content", "events", "members", "technology", "data")


def enter(client: Client, member: Member) -> Client:
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    return client


@pytest.fixture
def lead(client: Client) -> Member:
    member = make_member("掌柜", role="lead", language="zh-hans")
    enter(client, member)
    return member


def page(client: Client, address: str, status: int = 200, **headers: str) -> str:
    answer = client.get(address, headers={"accept-language": "zh-hans", **headers})
    assert answer.status_code == status, address
    return answer.content.decode()


PAGES = ("/console/team/", "/console/team/history/", "/console/team/find/", "/console/team/m/lamp/")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [("", 403), ("moderator", 403), *((duty, 200) for duty in DUTIES), ("lead", 200)],
)
def test_every_role_at_every_page(client: Client, address: str, role: str, status: int) -> None:
    make_member("lamp")
    enter(client, make_member("reader", role=role))
    page(client, address, status)


@pytest.mark.parametrize("address", [*PAGES, "/console/team/m/lamp/grant/", "/console/team/m/lamp/end/"])
def test_stranger_is_led_to_sign_in(client: Client, address: str) -> None:
    send = client.post if address.endswith(("grant/", "end/")) else client.get
    assert send(address)["Location"].startswith("/accounts/login/?next=/console/team/")


@pytest.mark.parametrize(
    ("role", "gift"),
    [
        ("lead", set(Role.values)),
        ("members", {"moderator"}),
        *((role, set()) for role in ("", "moderator", "content", "events", "technology", "data")),
    ],
)
def test_who_may_give_what(role: str, gift: set[str]) -> None:
    giver = make_member(role=role)
    assert set(roles_in_gift_of(giver)) == gift
    for wanted in Role.values:
        member = make_member()
        if wanted in gift:
            grant_role(member=member, role=wanted, granted_by=giver)
            end_role(member=member, role=wanted, ended_by=giver)
        else:
            with pytest.raises(RoleNotAllowed):
                grant_role(member=member, role=wanted, granted_by=giver)
            grant_role(member=member, role=wanted)
            with pytest.raises(RoleNotAllowed):
                end_role(member=member, role=wanted, ended_by=giver)


def test_navigation_shows_the_team_to_operators_alone(client: Client) -> None:
    enter(client, make_member(role="data"))
    assert 'href="/console/team/"' in page(client, "/console/reports/")
    enter(client, make_member(role="moderator"))
    assert 'href="/console/team/"' not in page(client, "/console/reports/")


def test_page_says_who_what_since_when_by_whom_and_why(client: Client, lead: Member) -> None:
    writer = make_member("阿墨")
    grant_role(member=writer, role="content", granted_by=lead, reason="写得勤")
    shown = page(client, "/console/team/")
    for words in ("阿墨", "内容运营", "掌柜 任命", "写得勤", "没开两步登录", "还没登录过", "空缺"):
        assert words in shown
    Authenticator.objects.create(user=writer, type=Authenticator.Type.TOTP, data={"secret": "x"})
    Member.objects.filter(pk=writer.pk).update(last_seen_at=timezone.now() - timedelta(hours=3))
    shown = page(client, "/console/team/m/阿墨/")
    assert "没开两步登录" not in shown
    assert "最近来过" in shown


def test_role_from_the_command_line_names_nobody(client: Client, lead: Member) -> None:
    assert "命令行任命" in page(client, "/console/team/")


def test_recovery_codes_alone_are_no_second_step(client: Client, lead: Member) -> None:
    Authenticator.objects.create(user=lead, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    assert "没开两步登录" in page(client, "/console/team/")


@pytest.mark.parametrize("asked", ["夜航", "船长", "@夜航船长", "Captain", "captain n"])
def test_member_is_found_by_part_of_name_or_handle(client: Client, lead: Member, asked: str) -> None:
    make_member("夜航船长", name="Captain Night")
    for address in ("/console/team/", "/console/team/find/"):
        answer = client.get(address, {"q": asked})
        assert "/console/team/m/%E5%A4%9C%E8%88%AA%E8%88%B9%E9%95%BF/" in answer.content.decode()


def test_search_leaves_out_machines_and_closed_accounts(client: Client, lead: Member) -> None:
    make_member("lamp1", is_bot=True)
    make_member("lamp2", is_active=False)
    make_member("lamp3", forgotten_at=timezone.now())
    shown = page(client, "/console/team/find/?q=lamp")
    assert "/console/team/m/" not in shown
    assert "没有叫「lamp」的成员" in shown


def test_search_says_when_there_are_more_and_puts_the_exact_one_first(client: Client, lead: Member) -> None:
    for number in range(9):
        make_member(f"lamp{number}", last_seen_at=timezone.now())
    make_member("lamp")
    shown = page(client, "/console/team/find/?q=LAMP")
    assert shown.count("<li>") == 8
    assert "还有更多" in shown
    assert shown.index("@lamp<") < shown.index("@lamp8<")


def test_search_shows_what_was_typed_as_text(client: Client, lead: Member) -> None:
    assert "<script>alert" not in page(client, "/console/team/?q=<script>alert(1)</script>%25_")


def test_lead_gives_a_role_and_the_member_reads_why(client: Client, lead: Member) -> None:
    member = make_member("lamp", language="en")
    form = {"role": "events", "reason": "办过两次线下局"}
    assert client.post("/console/team/m/lamp/grant/", form)["Location"] == "/console/team/m/lamp/"
    grant = RoleGrant.objects.get(member=member)
    assert (grant.role, grant.granted_by, grant.grant_reason) == ("events", lead, "办过两次线下局")
    act = Act.objects.get(event=kind_of("members.role_granted").code)
    assert (act.subject, act.target, act.payload) == (lead.subject, member.subject, '{"role":"events"}')
    letter = member.notifications.get()
    assert (letter.actor, letter.excerpt, letter.address) == (lead, "办过两次线下局", "/console/team/")
    inbox = enter(Client(), member).get("/inbox/", headers={"accept-language": "en"}).content.decode()
    assert "gave you a role: Activities" in inbox
    inbox = enter(Client(), member).get("/inbox/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "任命你为「活动运营」" in inbox


def test_lead_takes_a_role_back_and_the_holder_reads_why(client: Client, lead: Member) -> None:
    member = make_member("lamp", role="content")
    form = {"role": "content", "reason": "去念书了"}
    assert client.post("/console/team/m/lamp/end/", form)["Location"] == "/console/team/m/lamp/"
    grant = RoleGrant.objects.get(member=member)
    assert (grant.ended_by, grant.end_reason) == (lead, "去念书了")
    assert Act.objects.get(event=kind_of("members.role_ended").code).subject == lead.subject
    letter = member.notifications.get()
    assert (letter.kind, letter.excerpt, letter.address) == ("role_ended", "去念书了", "/m/lamp/")
    assert not Member.objects.get(pk=member.pk).is_operator


def test_letter_of_the_command_line_is_signed_by_the_team(client: Client) -> None:
    member = make_member("lamp")
    grant_role(member=member, role="moderator")
    enter(client, member)
    shown = page(client, "/inbox/")
    assert "任命你为「版主」" in shown
    assert "前成员" not in shown


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"role": "content", "reason": "  "}, "写一句理由"),
        ({"reason": "因为"}, "选一个职责"),
        ({"role": "king", "reason": "因为"}, "从列出的职责里选一个"),
    ],
)
def test_refused_form_keeps_what_was_typed(
    client: Client, lead: Member, form: dict[str, str], says: str
) -> None:
    make_member("lamp")
    answer = client.post("/console/team/m/lamp/grant/", form, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert says in shown
    assert form["reason"].strip() in shown
    assert not RoleGrant.objects.filter(member__handle="lamp").exists()


def test_taking_back_without_a_reason_is_refused(client: Client, lead: Member) -> None:
    make_member("lamp", role="data")
    answer = client.post(
        "/console/team/m/lamp/end/", {"role": "data"}, headers={"accept-language": "zh-hans"}
    )
    assert answer.status_code == 422
    assert "写一句理由" in answer.content.decode()
    assert RoleGrant.objects.get(member__handle="lamp").ended_at is None


def test_taking_back_what_somebody_else_took_back_says_so(client: Client, lead: Member) -> None:
    make_member("lamp")
    form = {"role": "data", "reason": "交接"}
    answer = client.post("/console/team/m/lamp/end/", form, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 422
    assert "没有这个职责" in answer.content.decode()


def test_form_for_a_role_out_of_reach_is_refused(client: Client) -> None:
    make_member("lamp", role="data")
    enter(client, make_member(role="members"))
    assert client.post("/console/team/m/lamp/end/", {"role": "data", "reason": "x"}).status_code == 403
    assert client.post("/console/team/m/lamp/grant/", {"role": "lead", "reason": "x"}).status_code == 422
    assert RoleGrant.objects.filter(member__handle="lamp").values_list("role", "ended_at").get() == (
        "data",
        None,
    )


def test_who_may_give_nothing_sees_no_form(client: Client) -> None:
    make_member("lamp", role="content")
    enter(client, make_member(role="data"))
    for address in ("/console/team/", "/console/team/m/lamp/"):
        assert "<form" not in page(client, address)


def test_last_lead_stays_lead(client: Client, lead: Member) -> None:
    other = make_member(role="lead", is_active=False)
    form = {"role": "lead", "reason": "累了"}
    answer = client.post("/console/team/m/掌柜/end/", form, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 422
    assert "现在只有 掌柜 一位负责人" in answer.content.decode()
    with pytest.raises(RoleRefused):
        end_role(member=lead, role="lead")
    Member.objects.filter(pk=other.pk).update(is_active=True)
    end_role(member=lead, role="lead", ended_by=lead)
    assert RoleGrant.objects.of_team().get().member == other


def test_who_gives_up_the_last_duty_is_led_out_of_the_console(client: Client, lead: Member) -> None:
    make_member(role="lead")
    answer = client.post("/console/team/m/掌柜/end/", {"role": "lead", "reason": "换人"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/m/")
    assert answer.status_code == 200


def test_machine_gets_no_role() -> None:
    with pytest.raises(RoleRefused):
        grant_role(member=make_member(is_bot=True), role="moderator")


def test_history_shows_both_acts_and_filters_by_person(client: Client, lead: Member) -> None:
    lamp, wick = make_member("lamp"), make_member("wick")
    grant_role(member=lamp, role="moderator", granted_by=lead, reason="夜里也在")
    end_role(member=lamp, role="moderator", ended_by=lead, reason="忙起来了")
    grant_role(member=wick, role="data", granted_by=lead, reason="会算")
    shown = page(client, "/console/team/history/")
    order = [shown.index(words) for words in ("会算", "忙起来了", "夜里也在")]
    assert order == sorted(order)
    alone = page(client, "/console/team/history/?person=lamp")
    assert "忙起来了" in alone
    assert "会算" not in alone
    assert "2 条" in alone


def test_history_goes_on_over_pages(client: Client, lead: Member) -> None:
    lamp = make_member("lamp")
    for _number in range(16):
        grant_role(member=lamp, role="moderator", granted_by=lead)
        end_role(member=lamp, role="moderator", ended_by=lead)
    assert page(client, "/console/team/history/").count('class="tag') == 30
    assert page(client, "/console/team/history/?page=2").count('class="tag') == 3


def test_history_of_a_deleted_account_names_nobody(client: Client, lead: Member) -> None:
    from tiantang.community.members.actions.forget import forget_member

    lamp = make_member("lamp")
    subject = lamp.subject
    grant_role(member=lamp, role="moderator", granted_by=lead, reason="lamp 夜里也在")
    forget_member(member=lamp)
    shown = page(client, "/console/team/history/")
    assert "lamp" not in shown
    assert "已注销成员" in shown
    assert Act.objects.filter(event=kind_of("members.role_ended").code, target=subject).count() == 1


def test_queries_of_the_page_do_not_grow_with_the_team(
    client: Client, lead: Member, django_assert_max_num_queries: Any
) -> None:
    for role in (*DUTIES, "moderator", "moderator", "moderator"):
        grant_role(member=make_member(), role=role, granted_by=lead)
    page(client, "/console/team/")
    with django_assert_max_num_queries(9):
        page(client, "/console/team/")


def test_operators_presence_is_noted_once_in_a_while(client: Client, lead: Member) -> None:
    page(client, "/console/team/")
    first = Member.objects.get(pk=lead.pk).last_seen_at
    assert first is not None
    page(client, "/console/team/")
    assert Member.objects.get(pk=lead.pk).last_seen_at == first
    Member.objects.filter(pk=lead.pk).update(last_seen_at=first - timedelta(hours=1))
    page(client, "/console/team/")
    assert (Member.objects.get(pk=lead.pk).last_seen_at or first) >= first
