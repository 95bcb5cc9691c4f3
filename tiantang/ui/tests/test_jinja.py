"""What templates can call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone, translation

from tiantang.ui import assets, words
from tiantang.ui.jinja import address_if, environment, page_numbers, with_query


def part(call: str, language: str = "en", **context: Any) -> str:
    template = environment(loader=_loader(), autoescape=True).from_string(
        '{% import "ui/parts.html" as parts with context %}{{ ' + call + " }}"
    )
    with translation.override("zh-hans" if language == "zh" else language):
        return template.render(language=language, **context)


def _loader() -> Any:
    from django.template import engines

    return engines.all()[0].env.loader


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (0, "0", "0"),
        (9_999, "9,999", "9,999"),
        (12_345, "1.2 万", "12.3k"),
        (40_000, "4 万", "40k"),
        (361_000_000, "3.6 亿", "361m"),
    ],
)
def test_counts_read_as_people_say_them(number: int, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert words.short_count(number) == chinese
    with translation.override("en"):
        assert words.short_count(number) == english


@pytest.mark.parametrize(
    ("back", "chinese", "english"),
    [
        (timedelta(seconds=5), "刚刚", "just now"),
        (timedelta(minutes=13, seconds=5), "13 分钟前", "13 min ago"),
        (timedelta(hours=3, seconds=5), "3 小时前", "3 h ago"),
    ],
)
def test_times_of_today_are_relative(back: timedelta, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert words.ago(timezone.now() - back) == chinese
    with translation.override("en"):
        assert words.ago(timezone.now() - back) == english


def test_days_of_this_year_are_named_in_the_order_of_all_other_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    moment = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)
    with translation.override("en"):
        assert (words.ago(moment), words.day_text(moment)) == ("20 Oct", "20 Oct 2026")
    with translation.override("zh-hans"):
        assert words.ago(moment) == "10 月 20 日"


def test_older_times_are_site_local_days() -> None:
    for language, day in (("zh-hans", "2018-07-01"), ("en", "1 Jul 2018")):
        with translation.override(language):
            assert words.ago(datetime(2018, 6, 30, 18, 0, tzinfo=UTC)) == day
    assert words.moment_text(datetime(2018, 6, 30, 18, 0, tzinfo=UTC)) == "2018-07-01 02:00"


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (5, 20, [1, 0, 4, 5, 6, 0, 20]),
        (3, 5, [1, 2, 3, 4, 5]),
    ],
)
def test_pager_shows_ends_and_neighbours(current: int, last: int, shown: list[int]) -> None:
    assert page_numbers(current, last) == shown


def test_query_values_are_replaced_and_dropped() -> None:
    assert with_query("/b/x/?filter=a&page=2", page=3) == "/b/x/?filter=a&page=3"
    assert with_query("/b/x/?filter=a&page=2", page=None) == "/b/x/?filter=a"


def test_missing_page_gives_no_address() -> None:
    assert address_if("nowhere:at_all") == ""


def test_member_without_picture_gets_the_same_creature_each_time() -> None:
    row = {"id": 7, "handle": "mika", "name": "", "avatar": ""}
    first = part("parts.avatar(member)", member=row)
    assert first == part("parts.avatar(member)", member=SimpleNamespace(**row))
    assert "#creature-7" in first
    assert first != part("parts.avatar(member)", member={**row, "id": 8})


def test_avatar_address_is_escaped() -> None:
    row = {"id": 7, "handle": "mika", "name": "", "avatar": 'avatars/a"b.webp'}
    assert 'src="/media/avatars/a%22b.webp"' in part("parts.avatar(member)", member=row)


@pytest.mark.parametrize(
    ("member", "shown"),
    [
        ({"handle": "mika", "name": "米卡"}, "米卡"),
        ({"handle": "mika", "name": ""}, "mika"),
        ({"handle": "~12", "name": ""}, "已注销成员"),
        (None, "以前的成员"),
    ],
)
def test_names_of_members(member: dict[str, str] | None, shown: str) -> None:
    assert part("parts.member_name(member)", "zh", member=member) == shown


def test_name_is_escaped() -> None:
    assert "<b>" not in part("parts.member_name(member)", member={"handle": "x", "name": "<b>x</b>"})


def test_level_of_a_lean_row() -> None:
    row = {"id": 1, "handle": "mika", "posts_count": 200, "likes_received_count": 300}
    assert "<b>7</b><span>常客</span>" in part("parts.level(member, named=True)", "zh", member=row)


def test_role_of_a_lean_row() -> None:
    row = {"id": 1, "handle": "mika", "role": "moderator"}
    assert "版主" in part("parts.staff_tag(member)", "zh", member=row)
    assert part("parts.staff_tag(member)", "zh", member={**row, "role": ""}).strip() == ""


def test_unbuilt_file_says_what_to_do() -> None:
    with pytest.raises(assets.AssetMissing, match="bin/setup"):
        assets.asset("nothing.css")


def test_missing_build_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(assets, "NAMES", tmp_path / "assets.json")
    assets._read.cache_clear()
    with pytest.raises(assets.AssetMissing, match="bin/setup"):
        assets.asset("app.css")
