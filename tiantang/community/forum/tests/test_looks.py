"""A change of name, picture, role or level shows at once on pages whose posts were drawn before."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from tiantang.community.forum.actions.publish import publish_reply
from tiantang.community.forum.actions.react import like_post, unlike_post
from tiantang.community.forum.models import Topic
from tiantang.community.forum.tests.factory import make_comment, make_member, make_post, make_topic
from tiantang.community.members.actions.avatar import remove_avatar, set_avatar
from tiantang.community.members.actions.forget import forget_member
from tiantang.community.members.actions.profile import edit_profile
from tiantang.community.members.actions.roles import end_role, grant_role
from tiantang.community.members.looks import looks_version
from tiantang.community.members.models import Member

pytestmark = pytest.mark.django_db
Change = Callable[[Member, Topic], object]


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return SimpleUploadedFile("p.png", out.getvalue(), "image/png")


def posts_one_more(member: Member, topic: Topic) -> object:
    Member.objects.filter(pk=member.pk).update(posts_count=3)
    return publish_reply(author=member, topic=topic, source="第四帖")


def is_liked_once_more(member: Member, topic: Topic) -> object:
    Member.objects.filter(pk=member.pk).update(posts_count=0, likes_received_count=9)
    return like_post(member=make_member(), post=topic.posts.get(number=1))


CHANGES: dict[str, tuple[Change, str]] = {
    "renamed": (
        lambda m, t: edit_profile(member=m, name="半糖乌龙", about="", region="", website=""),
        "半糖乌龙",
    ),
    "new picture": (lambda m, t: set_avatar(member=m, upload=picture()), "/media/avatars/"),
    "role given": (lambda m, t: grant_role(member=m, role="moderator"), "Moderator"),
    "forgotten": (lambda m, t: forget_member(member=m), "Deleted account"),
    "level by posting": (posts_one_more, "Level 2"),
    "level by likes": (is_liked_once_more, "Level 2"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_topic_page_shows_the_change_at_once(
    client: Client, what: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    member, (change, shown) = make_member(), CHANGES[what]
    topic = make_topic(author=member)
    client.cookies["language"] = "en"
    address = topic.get_absolute_url()
    assert shown not in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        change(member, topic)
    assert shown in client.get(address).content.decode()


def test_names_under_comments_and_in_the_rail_change_too(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    talker, topic = make_member(name="旧名字"), make_topic()
    make_comment(topic.posts.get(number=1), author=talker)
    make_post(topic, author=talker)
    assert client.get(topic.get_absolute_url()).content.decode().count("旧名字") >= 3
    with django_capture_on_commit_callbacks(execute=True):
        edit_profile(member=talker, name="新名字", about="", region="", website="")
    assert "旧名字" not in client.get(topic.get_absolute_url()).content.decode()


UNDONE: dict[str, Change] = {
    "role ended": lambda m, t: end_role(member=m, role="moderator"),
    "picture removed": lambda m, t: remove_avatar(member=m),
    "level lost": lambda m, t: unlike_post(member=Member.objects.get(handle="fan"), post=t.posts.get()),
}


@pytest.mark.parametrize("what", UNDONE)
def test_what_is_taken_back_is_a_change_of_looks(
    what: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    member = make_member(role="moderator", avatar="avatars/a.webp", likes_received_count=9)
    topic = make_topic(author=member)
    like_post(member=make_member("fan"), post=topic.posts.get())
    before = looks_version()
    with django_capture_on_commit_callbacks(execute=True):
        UNDONE[what](member, topic)
    assert looks_version() != before


def test_likes_within_a_level_keep_the_drawings(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    topic, before = make_topic(), looks_version()
    with django_capture_on_commit_callbacks(execute=True):
        like_post(member=make_member(), post=topic.posts.get())
    assert looks_version() == before


def test_another_process_sees_the_change(client: Client) -> None:
    """All that is shared between processes are the rows and the sign: no memory of this one is touched."""
    from django.conf import settings

    member = make_member(name="旧名字")
    topic = make_topic(author=member)
    client.get(topic.get_absolute_url())
    Member.objects.update(name="新名字")
    with (settings.HOME / "looks.version").open("a", encoding="ascii") as sign:
        sign.write(".")
    assert "新名字" in client.get(topic.get_absolute_url()).content.decode()
