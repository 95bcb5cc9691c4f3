"""Signs that show nothing, and signs that write what follows backwards."""

from __future__ import annotations

import pytest
from django.test import Client

from tiantang.community.forum.actions.tags import split_tags
from tiantang.community.forum.limits import check_body, check_title
from tiantang.community.forum.refusals import Refused
from tiantang.community.forum.tests.factory import make_member, make_post, make_topic

EMPTY = ["\u200b" * 6, "\u3164" * 6, "\u2800" * 6, "\u2060 \ufeff \u00ad\u200b", "\u200d" * 6]


@pytest.mark.parametrize("typed", EMPTY)
def test_titles_and_texts_that_show_nothing_are_refused(typed: str) -> None:
    with pytest.raises(Refused, match="at least 4"):
        check_title(typed)
    with pytest.raises(Refused, match="at least 2"):
        check_body(typed)
    assert split_tags(f"雨天,{typed}") == ["雨天"]


def test_titles_and_tags_do_not_turn_the_text_around_them() -> None:
    assert check_title("雨天\u202e的\u2066音乐\u200f") == "雨天的音乐"
    assert split_tags("\u202e雨天") == ["雨天"]


@pytest.mark.parametrize("title", ["👩\u200d👩\u200d👧 一家人", "می\u200cخواهم بازی", "葛\U000e0100城的夜市"])
def test_emoji_and_scripts_keep_the_signs_they_need(title: str) -> None:
    assert check_title(title) == title


@pytest.mark.django_db
def test_an_old_page_takes_no_mark_from_another_answer() -> None:
    topic = make_topic(is_question=True)
    first, second = make_post(topic), make_post(topic)
    client = Client()
    client.force_login(make_member(role="lead"), backend="tiantang.community.members.backend.MemberBackend")
    client.post(f"/p/{second.pk}/accept/")
    client.post(f"/p/{first.pk}/accept/", {"off": "1"})  # the page still showed the first as the best
    topic.refresh_from_db()
    assert topic.best_answer == second
