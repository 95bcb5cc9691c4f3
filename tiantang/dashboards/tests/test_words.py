from __future__ import annotations

from tiantang.dashboards.words import RowWords, event_names, kind_names
from tiantang.events.catalog import KINDS, ActorClass, Client


def test_every_event_has_a_name() -> None:
    assert [kind.name for kind in KINDS if kind.name not in event_names()] == []


def test_every_kind_of_person_and_client_has_a_name() -> None:
    codes = [one.name.lower() for one in (*ActorClass, *Client)]
    assert [code for code in codes if code not in kind_names()] == []


def test_time_spent_is_said_in_seconds() -> None:
    words = RowWords()
    assert words.say("value", 12_340, "site.time_spent") == "12.3 秒"
    assert words.say("value", 3, "rules.version_accepted") == 3


def test_rows_behind_a_figure_are_said_in_words(operator, community) -> None:
    page = operator.get("/console/data/figures/posts/").content.decode()
    assert '<span title="forum.reply_published">发回复</span>' in page
    assert ">成员</span>" in page
