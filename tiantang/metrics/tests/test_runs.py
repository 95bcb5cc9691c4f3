"""Changed days are grouped so that each event is read once and none of another day."""

from __future__ import annotations

from datetime import date, timedelta

from tiantang.metrics.rollups.runs import runs_of

FIRST = date(2026, 1, 20)


def days(*offsets: int) -> list[date]:
    return [FIRST + timedelta(days=offset) for offset in offsets]


def test_a_thin_history_is_one_run_over_months_and_days_without_events():
    due = days(0, 3, 40, 200)
    runs = runs_of(due, dict.fromkeys(due, "5-00"))
    assert [(run.days, run.events) for run in runs] == [(due, 20)]


def test_a_day_between_that_is_not_due_parts_two_runs():
    present = dict.fromkeys(days(0, 1, 2), "5-00")
    assert [run.days for run in runs_of(days(0, 2), present)] == [days(0), days(2)]


def test_a_big_month_is_a_run_of_its_own():
    due = days(10, 11, 12, 13)  # January 30 and 31, February 1 and 2
    runs = runs_of(due, dict.fromkeys(due, "400000-00"))
    assert [run.days for run in runs] == [due[:2], due[2:]]


def test_a_day_that_lost_its_events_is_made_again_too():
    assert [(run.days, run.events) for run in runs_of(days(0), {})] == [(days(0), 0)]
