"""Doors that shut while somebody writes: the page hands the words back."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tiantang.community.forum.models import Topic
from tiantang.community.forum.tests.factory import make_member, make_post, make_topic
from tiantang.community.forum.tests.test_pages import browser

pytestmark = pytest.mark.django_db
WORDS = "写了半天的 <b>话</b>"
SHOWN = "写了半天的 &lt;b&gt;话&lt;/b&gt;"


def test_a_reply_to_a_topic_removed_meanwhile_is_handed_back() -> None:
    topic = make_topic()
    Topic.objects.filter(pk=topic.pk).update(removed_at=timezone.now())
    client = browser(make_member())
    answer = client.post(f"/t/{topic.pk}/reply/", {"source": WORDS})
    assert answer.status_code == 404
    assert SHOWN in answer.content.decode()
    assert "removed meanwhile" in answer.content.decode()
    assert client.post(f"/t/{topic.pk}/reply/", {"source": " "}).content.decode().count("What you wrote") == 0


def test_an_edit_in_a_topic_closed_meanwhile_is_handed_back() -> None:
    topic, writer = make_topic(), make_member()
    post = make_post(topic, "原来的话", author=writer)
    Topic.objects.filter(pk=topic.pk).update(closed_at=timezone.now())
    answer = browser(writer).post(f"/p/{post.pk}/edit/", {"source": WORDS})
    assert answer.status_code == 403
    assert SHOWN in answer.content.decode()
    post.refresh_from_db()
    assert post.source == "原来的话"


def test_what_is_sent_after_signing_out_is_handed_back() -> None:
    answer = browser().post("/t/new/", {"title": "标题", "source": WORDS})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert SHOWN in page and "标题" in page and "/accounts/login/" in page
    assert browser().get("/t/new/").status_code == 302
