"""One's own data: taken along as an archive, and gone when the account is deleted."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt, AccessLog
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from tiantang.community.forum.models import Bookmark, Like, Picture, Post, ReadMark
from tiantang.community.forum.tests.factory import make_comment, make_member, make_post, make_topic
from tiantang.community.members.actions.avatar import set_avatar
from tiantang.community.members.models import Member, RoleGrant
from tiantang.community.members.tests.test_avatar import picture
from tiantang.community.notifications.actions import notify
from tiantang.events.catalog import kind_of
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db
DELETE = "/settings/data/delete/"


@pytest.fixture
def lamp(client: Client) -> Member:
    member = make_member("lamp", name="阿灯", email="lamp@example.org", region="厦门", language="zh-hans")
    EmailAddress.objects.create(user=member, email="lamp@example.org", primary=True)
    client.post("/accounts/login/", {"login": "lamp", "password": "correct horse"})
    return member


def archive(client: Client) -> zipfile.ZipFile:
    answer = client.post("/settings/data/export/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def rows(packed: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(packed.read(f"{name}.json"))
    return found


def make_picture(member: Member, content: bytes = b"webp") -> Picture:
    stored = Picture._meta.get_field("file").storage.save("pictures/2026/11/lamp.webp", ContentFile(content))
    made = Picture(uploader=member, sha256="0" * 64, created_at=timezone.now(), width=4, height=3)
    Picture.objects.bulk_create([made])
    Picture.objects.filter(pk=made.pk).update(file=stored)
    return Picture.objects.get(pk=made.pk)


def test_archive_holds_what_the_member_wrote_did_and_uploaded(client: Client, lamp: Member) -> None:
    other = make_member("wick")
    topic = make_topic("雨天的音乐", author=lamp, source="手风琴\n\n真好听")
    theirs = make_topic("灯塔那一关", author=other)
    post = make_post(theirs, "换个思路", author=lamp)
    make_comment(post, "还有钥匙", author=lamp)
    make_comment(post, "不是我写的", author=other)
    now = timezone.now()
    Like.objects.create(member=lamp, post=theirs.posts.get(number=1), created_at=now)
    Bookmark.objects.create(member=lamp, topic=theirs, created_at=now)
    notify(recipient=lamp, actor=other, kind="reply", subject="雨天的音乐", address="/t/1/", excerpt="同感")
    set_avatar(member=lamp, upload=picture())
    uploaded = make_picture(lamp, b"what was uploaded")
    packed = archive(client)
    assert packed.testzip() is None
    (profile,) = rows(packed, "profile")
    assert (profile["handle"], profile["region"]) == ("lamp", "厦门")
    assert profile["addresses"][0]["email"] == "lamp@example.org"
    assert [(row["title"], row["source"]) for row in rows(packed, "posts")] == [
        (topic.title, "手风琴\n\n真好听"),
        (theirs.title, "换个思路"),
    ]
    assert [row["source"] for row in rows(packed, "comments")] == ["还有钥匙"]
    assert [row["title"] for row in rows(packed, "likes")] == ["灯塔那一关"]
    assert [row["title"] for row in rows(packed, "bookmarks")] == ["灯塔那一关"]
    assert [row["from"] for row in rows(packed, "inbox")] == ["wick"]
    (shown,) = rows(packed, "pictures")
    assert shown["file"] == f"pictures/{uploaded.pk}.webp"
    assert packed.read(shown["file"]) == b"what was uploaded"
    assert packed.read("portrait.webp").startswith(b"RIFF")
    assert "阿灯" in packed.read("README.txt").decode()
    assert b"\xe4\xb8\x8d\xe6\x98\xaf\xe6\x88\x91" not in b"".join(map(packed.read, packed.namelist()))


def test_archive_of_somebody_new_is_whole(client: Client, lamp: Member) -> None:
    packed = archive(client)
    wanted = {"profile", "roles", "badges", "posts", "comments", "likes", "bookmarks", "shares"}
    wanted |= {"pictures", "inbox", "rules", "reports"}
    assert {name.removesuffix(".json") for name in packed.namelist() if name.endswith(".json")} == wanted
    assert all(rows(packed, name) == [] for name in wanted - {"profile"})


def test_picture_that_is_no_longer_there_is_named(client: Client, lamp: Member) -> None:
    uploaded = make_picture(lamp)
    uploaded.file.storage.delete(str(uploaded.file.name))
    packed = archive(client)
    assert packed.read("missing.txt").decode() == f"pictures/{uploaded.pk}.webp\n"


def test_archive_never_holds_the_password_or_the_key_to_the_figures(client: Client, lamp: Member) -> None:
    packed = archive(client)
    everything = b"".join(map(packed.read, packed.namelist())).decode()
    assert lamp.password not in everything
    assert "subject" not in everything


@pytest.mark.parametrize("address", ["/settings/data/", "/settings/data/export/", DELETE])
def test_strangers_are_led_to_sign_in(client: Client, address: str) -> None:
    send = client.post if "export" in address else client.get
    assert send(address)["Location"].startswith("/accounts/login/?next=/settings/data/")


def test_archive_is_made_by_a_form_alone(client: Client, lamp: Member) -> None:
    assert client.get("/settings/data/export/").status_code == 405


def test_page_says_what_goes_and_what_stays(client: Client, lamp: Member) -> None:
    Member.objects.filter(pk=lamp.pk).update(posts_count=7)
    shown = client.get(DELETE).content.decode()
    for words in ("会删掉的", "会留下的", "你的 7 个帖子", "先导出我的数据", "你的密码"):
        assert words in shown
    assert DELETE in client.get("/settings/data/").content.decode()


def test_account_is_deleted_with_the_password(client: Client, lamp: Member) -> None:
    topic = make_topic("雨天的音乐", author=lamp)
    now = timezone.now()
    Bookmark.objects.create(member=lamp, topic=topic, created_at=now)
    ReadMark.objects.create(member=lamp, topic=topic, number=1, updated_at=now)
    Client().post("/accounts/login/", {"login": "Lamp", "password": "wrong"})
    assert AccessAttempt.objects.filter(username="lamp").exists()
    assert AccessLog.objects.filter(username="lamp").exists()
    before, subject = Act.objects.count(), lamp.subject
    answer = client.post(DELETE, {"proof": "correct horse"}, follow=True)
    assert answer.redirect_chain == [("/goodbye/", 302)]
    assert "账号已注销" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    row = Member.objects.get(pk=lamp.pk)
    assert (row.forgotten_at is not None, row.email, row.subject) == (True, "", None)
    assert Post.objects.filter(topic=topic).count() == 1
    assert not Bookmark.objects.exists() and not ReadMark.objects.exists()
    assert not AccessAttempt.objects.filter(username="lamp").exists()
    assert not AccessLog.objects.filter(username="lamp").exists()
    gone = Act.objects.get(event=kind_of("members.account_forgotten").code)
    assert gone.subject == subject
    assert Act.objects.count() == before + 1
    page = client.get(f"/t/{topic.pk}/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "雨天的音乐" in page and "已注销成员" in page and "阿灯" not in page


def test_wrong_password_deletes_nothing(client: Client, lamp: Member) -> None:
    answer = client.post(DELETE, {"proof": "wrong"})
    assert answer.status_code == 422
    assert "密码不对" in answer.content.decode()
    assert Member.objects.get(pk=lamp.pk).forgotten_at is None
    assert client.post(DELETE, {}).status_code == 422


def test_guessing_is_locked_out_as_at_sign_in(client: Client, lamp: Member, settings: Any) -> None:
    for _try in range(settings.AXES_FAILURE_LIMIT):
        client.post(DELETE, {"proof": "wrong"})
    client.post(DELETE, {"proof": "correct horse"})
    assert Member.objects.get(pk=lamp.pk).forgotten_at is None


def test_account_without_a_password_is_deleted_by_its_handle(client: Client, lamp: Member) -> None:
    lamp.set_unusable_password()
    lamp.save()
    client.force_login(lamp, backend="tiantang.community.members.backend.MemberBackend")
    assert "输入用户名就行" in client.get(DELETE).content.decode()
    assert client.post(DELETE, {"proof": "wick"}).status_code == 422
    assert client.post(DELETE, {"proof": "@Lamp"})["Location"] == "/goodbye/"


def test_only_lead_hands_over_first(client: Client, lamp: Member) -> None:
    RoleGrant.objects.create(member=lamp, role="lead", granted_at=timezone.now())
    answer = client.post(DELETE, {"proof": "correct horse"})
    assert answer.status_code == 422
    assert "先任命另一位" in answer.content.decode()
    assert Member.objects.get(pk=lamp.pk).forgotten_at is None
    make_member(role="lead")
    assert client.post(DELETE, {"proof": "correct horse"})["Location"] == "/goodbye/"
    assert Act.objects.filter(event=kind_of("members.role_ended").code, target=lamp.subject).count() == 1
