from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs, parse_qsl

import pytest

from tiantang.community.forum.tests.factory import make_board
from tiantang.dashboards.filters import read_filters
from tiantang.metrics import clock

TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({}, date(2026, 10, 28), TODAY),
        ({"period": "7d"}, date(2026, 11, 20), TODAY),
        ({"period": "90d"}, date(2026, 8, 29), TODAY),
        ({"period": "month"}, date(2026, 11, 1), date(2026, 11, 30)),
        ({"period": "last-month"}, date(2026, 10, 1), date(2026, 10, 31)),
        ({"period": "2018-Q3"}, date(2018, 7, 1), date(2018, 9, 30)),
        ({"from": "2026-11-03", "to": "2026-11-05"}, date(2026, 11, 3), date(2026, 11, 5)),
        ({"from": "2026-11-03"}, date(2026, 11, 3), TODAY),
        ({"to": "2026-11-05"}, date(2026, 11, 5), date(2026, 11, 5)),
    ],
)
def test_periods_are_read(asked: dict[str, str], first: date, last: date) -> None:
    filters = read_filters(asked)
    assert (filters.period.start, filters.period.last_day) == (first, last)
    assert filters.notices == ()


@pytest.mark.parametrize(
    "asked",
    [
        {"period": "yesterday-ish"},
        {"period": "2018-13"},
        {"period": "2030-01"},
        {"period": "9999"},
        {"period": "9999-12-31"},
        {"period": "0001-01"},
        {"from": "0001-01-01", "to": "9999-12-31"},
        {"from": "0001-01-01", "to": "0001-02-01"},
        {"from": "2026-13-01"},
        {"from": "1900-01-01", "to": "2026-01-01"},
        {"period": "' OR 1=1 --"},
        {"period": "<script>alert(1)</script>" * 5},
    ],
)
def test_unreadable_period_says_so_and_shows_thirty_days(asked: dict[str, str]) -> None:
    filters = read_filters(asked)
    assert filters.period.last_day == TODAY
    assert filters.period.days == 30
    assert len(filters.notices) == 1


def test_days_in_the_wrong_order_change_places_and_say_so() -> None:
    filters = read_filters({"from": "2026-11-05", "to": "2026-11-03"})
    assert (filters.period.start, filters.period.last_day) == (date(2026, 11, 3), date(2026, 11, 5))
    assert len(filters.notices) == 1


def test_whole_calendar_month_by_days_is_that_month() -> None:
    filters = read_filters({"from": "2026-10-01", "to": "2026-10-31"})
    assert filters.period.kind == "month"


def test_board_is_found_by_slug_and_by_number_and_unknown_ones_are_said() -> None:
    board = make_board("tea")
    assert read_filters({"board": "tea"}).where.board == board.pk
    assert read_filters({"board": str(board.pk)}).where.board == board.pk
    unknown = read_filters({"board": "no-such"})
    assert unknown.where.board is None
    assert "no-such" in unknown.notices[0]


@pytest.mark.parametrize("name", ["compare", "people"])
def test_unknown_choice_falls_back_and_is_said(name: str) -> None:
    filters = read_filters({name: "everything"})
    assert (filters.compare, filters.people) == ("both", "members")
    assert len(filters.notices) == 1


def test_address_gives_back_the_same_filters() -> None:
    make_board("tea")
    asked = {"period": "7d", "compare": "year", "board": "tea", "people": "all"}
    filters = read_filters(asked)
    assert dict(parse_qsl(filters.query())) == asked
    assert read_filters(dict(parse_qsl(filters.query()))) == filters


def test_changing_one_filter_keeps_the_others() -> None:
    make_board("tea")
    filters = read_filters({"period": "90d", "board": "tea"})
    assert parse_qs(filters.query(board=None)) == {"period": ["90d"]}
    assert parse_qs(filters.query(people="staff")) == {
        "period": ["90d"],
        "board": ["tea"],
        "people": ["staff"],
    }


def test_quoted_address_means_the_same_days_tomorrow() -> None:
    assert parse_qs(read_filters({"period": "7d"}).fixed_query) == {"period": ["2026-11-20..2026-11-26"]}


def test_grain_grows_with_the_period() -> None:
    def grain(days: int) -> str:
        start = TODAY - timedelta(days=days - 1)
        return read_filters({"from": start.isoformat(), "to": TODAY.isoformat()}).grain

    assert [grain(days) for days in (7, 90, 200, 900)] == ["day", "day", "week", "month"]
    assert read_filters({"period": "30d"}).coarser().grain == "week"
    assert read_filters({"period": "7d"}).coarser().grain == "day"
