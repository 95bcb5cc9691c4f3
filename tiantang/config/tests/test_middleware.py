"""Who may keep an answer: nobody on the way, and the browser only what everybody reads."""

from __future__ import annotations

import pytest
from django.test import Client

from tiantang.community.forum.tests.factory import make_member, make_topic

BACKEND = "tiantang.community.members.backend.MemberBackend"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/inbox/", "/settings/", "/t/new/", "/console/", "/accounts/password/change/", "/nowhere/"]
)
def test_personal_pages_are_stored_nowhere(client: Client, address: str) -> None:
    client.force_login(make_member(role="lead"), backend=BACKEND)
    rule = client.get(address)["Cache-Control"]
    assert "private" in rule
    assert "no-store" in rule


def test_pages_one_reads_are_asked_for_again_but_found_when_going_back(client: Client) -> None:
    topic = make_topic()
    client.force_login(make_member(), backend=BACKEND)
    for address in ("/", f"/t/{topic.pk}/", "/boards/"):
        assert client.get(address)["Cache-Control"] == "private, no-cache"


def test_anonymous_pages_are_private_too(client: Client) -> None:
    for address in ("/", "/tags/", "/accounts/login/"):
        assert "private" in client.get(address)["Cache-Control"]


def test_pictures_are_kept_for_everybody(client: Client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a.png").write_bytes(b"x")
    client.force_login(make_member(), backend=BACKEND)
    answer = client.get("/media/a.png")
    assert b"".join(answer.streaming_content) == b"x"
    assert "public" in answer["Cache-Control"]
