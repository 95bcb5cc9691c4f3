"""Links for a new password: who may make one, what it opens, what is kept of it."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client
from django.utils import timezone

from tiantang.common.errors import TiantangError
from tiantang.community.forum.tests.factory import make_member
from tiantang.community.members.actions.passwords import PasswordLinkRefused, make_password_link
from tiantang.community.members.actions.roles import grant_role
from tiantang.community.members.models import Member, PasswordLink
from tiantang.community.members.tests.test_team import enter, page
from tiantang.config.commands.member import command
from tiantang.events.catalog import kind_of
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db
NEW = "a new long sentence 43"


@pytest.fixture(autouse=True)
def one_step(settings) -> None:
    settings.OPERATORS_NEED_TWO_STEPS = False


def set_password(address: str) -> Member | None:
    """Open the link as a stranger would and type a new password."""
    client = Client()
    opened = client.get(urlsplit(address).path, follow=True)
    form = opened.redirect_chain[-1][0] if opened.redirect_chain else urlsplit(address).path
    client.post(form, {"password1": NEW, "password2": NEW})
    return (
        Member.objects.get(handle="忘了") if Member.objects.get(handle="忘了").check_password(NEW) else None
    )


def test_link_sets_a_new_password_once() -> None:
    member = make_member("忘了")
    link = make_password_link(member=member)
    assert set_password(link.address) is not None
    member.refresh_from_db()
    member.set_password("something else entirely 44")
    member.save()
    assert set_password(link.address) is None


def test_link_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    link = make_password_link(member=make_member("忘了"))
    later = PasswordResetTokenGenerator._now(None) + timedelta(days=3, minutes=1)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    assert set_password(link.address) is None
    assert link.until - timezone.now() <= timedelta(days=3)


@pytest.mark.parametrize(
    ("maker", "owner", "allowed"),
    [
        ("lead", "lead", True),
        ("lead", "", True),
        ("members", "", True),
        ("members", "moderator", True),
        ("members", "content", False),
        ("members", "lead", False),
        ("content", "", False),
        ("moderator", "", False),
    ],
)
def test_only_who_gives_the_persons_roles_makes_a_link(maker: str, owner: str, allowed: bool) -> None:
    member, by = make_member("忘了", role=owner), make_member("给链接的", role=maker)
    answer = enter(Client(), by).post("/console/team/m/忘了/password/")
    assert (answer.status_code == 200) is allowed
    assert PasswordLink.objects.filter(member=member, made_by=by).exists() is allowed
    if not allowed:
        with pytest.raises(PasswordLinkRefused):
            make_password_link(member=member, made_by=by)
    else:
        assert answer["Cache-Control"] == "no-store"
        assert "/accounts/password/reset/key/" in answer.content.decode()


def test_nobody_makes_a_link_for_themselves() -> None:
    lead = make_member("掌柜", role="lead")
    assert enter(Client(), lead).post("/console/team/m/掌柜/password/").status_code == 403
    assert not PasswordLink.objects.exists()


def test_a_role_given_or_a_closed_account_voids_links_made_before() -> None:
    member, operator = make_member("忘了"), make_member("阿岑", role="members")
    link = make_password_link(member=member, made_by=operator)
    grant_role(member=Member.objects.get(pk=member.pk), role="lead")
    assert set_password(link.address) is None
    link = make_password_link(member=Member.objects.get(pk=member.pk))
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert set_password(link.address) is None


def test_a_new_password_ends_the_sessions_there_were_and_is_asked_for_at_a_page_without_the_key() -> None:
    member, elsewhere = make_member("忘了"), Client()
    enter(elsewhere, member)
    link = make_password_link(member=Member.objects.get(pk=member.pk))
    key = urlsplit(link.address).path
    opened = Client().get(key)
    assert opened.status_code == 302 and key not in opened["Location"]
    assert opened["Referrer-Policy"] == "same-origin"
    assert set_password(link.address) is not None
    assert elsewhere.get("/settings/").status_code == 302


def test_closed_accounts_and_machines_get_none() -> None:
    for member in (make_member("走了", is_active=False), make_member("机器", is_bot=True)):
        with pytest.raises(PasswordLinkRefused):
            make_password_link(member=member)


def test_history_tells_who_made_a_link_for_whom(client: Client) -> None:
    lead = make_member("掌柜", role="lead", language="zh-hans")
    make_password_link(member=make_member("忘了"), made_by=lead)
    make_password_link(member=make_member("也忘了"))
    enter(client, lead)
    words = page(client, "/console/team/history/")
    assert words.count("生成了重设密码的链接") == 2 and "命令行" in words
    assert page(client, "/console/team/m/忘了/").count("生成了重设密码的链接") == 1
    assert page(client, "/console/team/history/?person=忘了").count("生成了重设密码的链接") == 1
    acts = list(Act.objects.order_by("id").values_list("event", "target"))
    assert acts == [
        (kind_of("members.password_link_made").code, Member.objects.get(handle=handle).subject)
        for handle in ("忘了", "也忘了")
    ]


def test_button_is_there_for_those_who_may(client: Client) -> None:
    make_member("忘了", role="data")
    enter(client, make_member("阿岑", role="members", language="zh-hans"))
    assert "/password/" not in page(client, "/console/team/m/忘了/")
    enter(client, make_member("掌柜", role="lead", language="zh-hans"))
    assert "/console/team/m/%E5%BF%98%E4%BA%86/password/" in page(client, "/console/team/m/忘了/")


def test_command_prints_a_link() -> None:
    make_member("忘了")
    result = CliRunner().invoke(command, ["password", "忘了", "--json"])
    assert set_password(json.loads(result.output)["link"]) is not None
    plain = CliRunner().invoke(command, ["password", "忘了"])
    assert "/accounts/password/reset/key/" in plain.output and "works once" in plain.output
    nobody = CliRunner().invoke(command, ["password", "没这个人"])
    assert isinstance(nobody.exception, TiantangError)
