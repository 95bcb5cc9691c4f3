"""Periods: reading, neighbours, parts, words."""

from __future__ import annotations

from datetime import date

import pytest

from tiantang.metrics.periods import Period, PeriodError, parse_period, recognise

EXAMPLES = {
    "2018-08": (date(2018, 8, 1), date(2018, 9, 1)),
    "2018-Q3": (date(2018, 7, 1), date(2018, 10, 1)),
    "2018-H2": (date(2018, 7, 1), date(2019, 1, 1)),
    "2018": (date(2018, 1, 1), date(2019, 1, 1)),
    "2018-12-31": (date(2018, 12, 31), date(2019, 1, 1)),
    "2026-W01": (date(2025, 12, 29), date(2026, 1, 5)),
    "2018-03-12..2018-09-01": (date(2018, 3, 12), date(2018, 9, 2)),
}


@pytest.mark.parametrize(("text", "bounds"), EXAMPLES.items(), ids=list(EXAMPLES))
def test_written_periods_are_read_and_written_back(text, bounds):
    period = parse_period(text)
    assert ((period.start, period.end), period.code) == (bounds, text)


@pytest.mark.parametrize(
    "text", ["", "2018-13", "2018-Q5", "18-01", "2018-02-30", "2018-09-01..2018-03-12", "2021-W53"]
)
def test_what_is_no_period_is_refused_with_a_reason(text):
    with pytest.raises(PeriodError, match=r"period|date"):
        parse_period(text)


def test_a_range_that_is_a_calendar_month_is_that_month():
    assert recognise(date(2024, 2, 1), date(2024, 3, 1)) == parse_period("2024-02")
    assert parse_period("2018-08-01..2018-08-31") == parse_period("2018-08")


@pytest.mark.parametrize(
    ("text", "previous", "last_year"),
    [
        ("2026-03", "2026-02", "2025-03"),
        ("2026-01", "2025-12", "2025-01"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026-W01", "2025-W52", "2025-W01"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2026-03-11..2026-03-20", "2026-03-01..2026-03-10", "2025-03-11..2025-03-20"),
    ],
)
def test_neighbours(text, previous, last_year):
    period = parse_period(text)
    assert (period.previous().code, period.last_year().code) == (previous, last_year)


def test_parts_are_calendar_parts_uncut():
    weeks = parse_period("2026-02").split("week")
    assert [week.code for week in weeks] == ["2026-W05", "2026-W06", "2026-W07", "2026-W08", "2026-W09"]
    assert len(parse_period("2024-02").split("day")) == 29


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("2026-10", (4, 4, 4, 5, 5, 5, 4)),
        ("2026-W09", (1, 1, 1, 1, 1, 1, 1)),
        ("2026-11-28..2026-11-30", (1, 0, 0, 0, 0, 1, 1)),
    ],
)
def test_a_period_knows_how_many_of_each_weekday_it_has(text, counts):
    assert parse_period(text).weekdays() == counts


def test_a_running_month_has_a_finished_part(stop_clock):
    stop_clock("2026-02-10T15:59:00+00:00")  # still the 10th in Shanghai
    month = parse_period("2026-02")
    assert (month.contains_today(), month.is_partial()) == (True, True)
    assert month.finished_part() == Period(date(2026, 2, 1), date(2026, 2, 10))
    stop_clock("2026-02-10T16:00:00+00:00")
    assert month.finished_part() == Period(date(2026, 2, 1), date(2026, 2, 11))
    assert parse_period("2026-03").finished_part() is None


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2018-08", "2018 年 8 月", "August 2018"),
        ("2018-Q3", "2018 年第三季度", "Q3 2018"),
        ("2018-H2", "2018 年下半年", "Second half of 2018"),
        ("2026-W01", "2026 年第 1 周", "Week 1, 2026"),
        (
            "2018-03-12..2018-09-01",
            "2018 年 3 月 12 日至 9 月 1 日",
            "12 March – 1 September 2018",
        ),
        ("2018-03-12..2018-03-20", "2018 年 3 月 12 日至 20 日", "12–20 March 2018"),
        (
            "2017-12-30..2018-01-02",
            "2017 年 12 月 30 日至 2018 年 1 月 2 日",
            "30 December 2017 – 2 January 2018",
        ),
    ],
)
def test_periods_in_words(text, zh, en):
    assert (parse_period(text).label("zh"), parse_period(text).label("en")) == (zh, en)
