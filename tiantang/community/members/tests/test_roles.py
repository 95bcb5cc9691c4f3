"""Roles and the doors they open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tiantang.community.forum.tests.factory import make_member
from tiantang.community.members import access
from tiantang.community.members.actions.roles import RoleRefused, end_role, grant_role
from tiantang.community.members.models import Member, Role, RoleGrant
from tiantang.events.catalog import ActorClass, kind_of
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db
View = Callable[[HttpRequest], HttpResponse]


@access.operators_only()
def console(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@access.operators_only("data")
def figures(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@access.moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def knock(view: View, member: Member | None) -> str:
    request = RequestFactory().get("/console/?period=2018")
    request.user = member or AnonymousUser()
    try:
        answer = view(request)
    except PermissionDenied:
        return "refused"
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


@pytest.mark.parametrize(
    ("role", "at_console", "at_figures", "at_queue"),
    [
        ("", "refused", "refused", "refused"),
        ("moderator", "refused", "refused", "in"),
        ("content", "in", "refused", "in"),
        ("events", "in", "refused", "in"),
        ("members", "in", "refused", "in"),
        ("technology", "in", "refused", "in"),
        ("data", "in", "in", "in"),
        ("lead", "in", "in", "in"),
    ],
)
def test_every_role_at_every_door(role: str, at_console: str, at_figures: str, at_queue: str) -> None:
    member = make_member(role=role)
    assert [knock(view, member) for view in (console, figures, queue)] == [at_console, at_figures, at_queue]


def test_anonymous_person_is_led_to_sign_in_and_back() -> None:
    assert knock(console, None) == "/accounts/login/?next=/console/%3Fperiod%3D2018"


def test_strict_installation_leads_operators_to_two_steps_first(settings: Any, client: Client) -> None:
    lead = make_member("lead", role="lead")
    client.force_login(lead, backend="tiantang.community.members.backend.MemberBackend")
    settings.OPERATORS_NEED_TWO_STEPS = True
    answer = client.get("/console/reports/", follow=True)
    assert answer.redirect_chain == [("/accounts/2fa/", 302)]
    assert "先在这里开启两步登录" in answer.content.decode()
    Authenticator.objects.create(user=lead, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/console/reports/").status_code == 200


def test_console_shows_strangers_the_door(client: Client) -> None:
    assert client.get("/console/reports/")["Location"] == "/accounts/login/?next=/console/reports/"
    client.force_login(make_member(), backend="tiantang.community.members.backend.MemberBackend")
    answer = client.get("/console/reports/")
    assert answer.status_code == 403
    assert "这里你还进不去" in answer.content.decode()


def test_closed_account_holds_no_duty() -> None:
    member = make_member(role="lead")
    member.is_active = False
    assert not access.is_operator(member)


def test_granted_role_is_recorded_with_both_people() -> None:
    lead, member = make_member(role="lead"), make_member()
    grant_role(member=member, role=Role.CONTENT, granted_by=lead)
    act = Act.objects.get(event=kind_of("members.role_granted").code)
    assert (act.subject, act.target, act.actor_class) == (lead.subject, member.subject, ActorClass.STAFF)
    assert act.payload == '{"role":"content"}'
    assert member.is_operator


def test_ended_role_closes_the_door_and_is_kept() -> None:
    member = make_member(role="content")
    end_role(member=member, role="content")
    assert knock(console, Member.objects.get(pk=member.pk)) == "refused"
    assert RoleGrant.objects.get(member=member).ended_at is not None
    assert Act.objects.filter(event=kind_of("members.role_ended").code).count() == 1


@pytest.mark.parametrize("role", ["king", "content"])
def test_role_that_cannot_be_given_is_refused(role: str) -> None:
    member = make_member(role="content")
    with pytest.raises(RoleRefused):
        grant_role(member=member, role=role)
    assert not Act.objects.exists()


def test_role_that_is_not_held_cannot_be_ended() -> None:
    with pytest.raises(RoleRefused):
        end_role(member=make_member(), role="content")


def test_highest_role_is_worn() -> None:
    both, none = make_member(role="moderator"), make_member()
    grant_role(member=both, role="lead")
    assert RoleGrant.objects.worn_by([both.pk, none.pk]) == {both.pk: "lead"}
