"""Nobody goes by a name or a handle that passes for the team, for somebody else, or for nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tiantang.community.forum.renderings import STORE
from tiantang.community.forum.tests.factory import make_member, make_topic
from tiantang.community.members.actions.join import join
from tiantang.community.members.actions.naming import free_handle, free_name
from tiantang.community.members.actions.roles import end_role
from tiantang.community.members.likeness import likeness
from tiantang.community.members.models import Member
from tiantang.community.members.tests.test_profile import SAID, enter

pytestmark = pytest.mark.django_db
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "管理员",
            "管理員",
            "管 理 员",
            "🛡 版主",
            "【版主】小王",
            "天堂社区官方",
            "天堂社区",
            "客服01",
            "站长",
        ),
        *("admin", "Admin!", "аdmin", "ᴀᴅᴍɪɴ", "🅰🅳🅼🅸🅽", "a d m i n", "𝐚𝐝𝐦𝐢𝐧", "SiteAdmin", "Forum Moderator"),
        *("Official", "Tiantang Staff", "moderator7", "已注销成员", "Deleted account"),
        "管\u200b理\u200b员",
    ],
)
def test_name_that_passes_for_the_team_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="官方"):
        free_name(name, make_member())


@pytest.mark.parametrize(
    "name", ["半糖 🍬", "badminton", "Stafford", "天堂鸟", "游戏运营小王", "かぎ", "12", FAMILY, "Zoë", "❤️"]
)
def test_ordinary_name_is_kept_as_it_is(name: str) -> None:
    assert free_name(name, make_member()) == name


@pytest.mark.parametrize("name", ["掌柜", "掌櫃", "掌 柜", "Ye.Hang", "夜航船長", "夜航船长🌙"])
def test_handles_and_names_of_the_team_are_theirs_alone(name: str) -> None:
    keeper = make_member("掌柜", role="lead", name="夜航船长")
    make_member("yehang", role="moderator")
    make_member("路人")
    with pytest.raises(ValidationError, match="团队"):
        free_name(name, make_member())
    assert free_name("路人", make_member()) == "路人"
    assert free_name("掌柜", keeper) == "掌柜"


def test_team_may_call_itself_what_it_is() -> None:
    assert free_name("版主小满", make_member(role="moderator")) == "版主小满"


def test_name_of_the_team_goes_with_the_last_role() -> None:
    member = make_member(role="moderator", name="版主小满")
    end_role(member=member, role="moderator")
    member.refresh_from_db()
    assert member.shown_name == member.handle


def test_one_keeps_a_name_that_the_team_came_to_have_later() -> None:
    member = make_member(name="小满")
    make_member("小满", role="moderator")
    assert free_name("小满", member) == "小满"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u200b\u200d\u2060", ""),
        ("\u202eabc", "abc"),
        ("半\x00糖\n乌龙", "半糖 乌龙"),
        ("\u3164\u2800", ""),
        ("e\u0301", "é"),
    ],
)
def test_what_cannot_be_seen_is_not_stored(typed: str, stored: str) -> None:
    assert free_name(typed, make_member()) == stored


@pytest.mark.parametrize("name", ["...", "—", "\u0301", "¨¨"])
def test_name_with_nothing_to_read_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="至少"):
        free_name(name, make_member())


@pytest.mark.parametrize("name", ["管理员", "掌柜"])
def test_settings_refuse_such_a_name_and_keep_what_was_typed(client: Client, name: str) -> None:
    make_member("掌柜", role="lead")
    member = make_member("tang")
    enter(client, member)
    answer = client.post("/settings/", {**SAID, "name": name, "language": "zh-hans", "theme": "dark"})
    member.refresh_from_db()
    assert (answer.status_code, member.name, member.region) == (422, "", "")
    assert f'value="{name}"' in answer.content.decode()


@pytest.mark.parametrize("handle", ["掌櫃", "夜航船長", "аdmin", "天堂社区客服", "moderator_2", "ㅤㅤ"])
def test_handles_are_checked_alike(handle: str) -> None:
    make_member("掌柜", role="lead", name="夜航船长")
    with pytest.raises(ValidationError):
        free_handle(handle)


def test_traditional_and_simplified_handles_are_one() -> None:
    make_member("听风")
    with pytest.raises(ValidationError, match="已经有人"):
        join(handle="聽風", password="correct horse 8")


def test_command_line_is_held_to_the_same_names() -> None:
    with pytest.raises(ValidationError):
        join(handle="木棉", password="correct horse 8", name="官方")


def test_looks_of_handles_made_earlier_are_written_again() -> None:
    from importlib import import_module

    from django.apps import apps

    Member.objects.bulk_create([Member(handle="聽風", subject=9001, joined_at=timezone.now())])
    Member.objects.update(handle_look="聽風")
    migration = import_module("tiantang.community.members.migrations.0004_looks_of_handles")
    migration.look_again(apps, None)
    assert Member.objects.get().handle_look == likeness("听风")


@pytest.mark.parametrize(("name", "titled"), [("半糖", True), ("", False), ("tang", False)])
def test_posts_tell_the_handle_behind_a_name(client: Client, name: str, titled: bool) -> None:
    STORE.clear()
    topic = make_topic(author=make_member("tang", name=name))
    page = client.get(topic.get_absolute_url()).content.decode()
    assert (' title="@tang"' in page) is titled
