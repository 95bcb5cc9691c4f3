"""Retention of real communities against answers that others have published."""

from __future__ import annotations

import csv
import os
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tiantang.metrics import query, rollup
from tiantang.metrics.periods import Period, parse_period
from tiantang.metrics.tests.pasts import event, seal

DATA = Path(os.environ.get("TIANTANG_REAL_DATA", "/nonexistent"))
pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(not DATA.is_dir(), reason="TIANTANG_REAL_DATA names no folder"),
]
NOON = timedelta(hours=4)  # 12:00 in Shanghai


def acts_of(pairs):
    """(person, day) pairs as acts; a person's first day is also the day of joining."""
    numbers: dict[str, int] = {}
    first: dict[str, date] = {}
    for person, day in pairs:
        numbers.setdefault(person, len(numbers) + 1)
        first[person] = min(day, first.get(person, day))
    events = [event(10, stamp(day), subject=numbers[person]) for person, day in first.items()]
    return events + [event(11, stamp(day), subject=numbers[person]) for person, day in pairs]


def stamp(day: date) -> int:
    return int((datetime(day.year, day.month, day.day, tzinfo=UTC) + NOON).timestamp() * 1_000_000)


def read_pairs(name: str, person: str, day: str):
    with (DATA / "events-cohorts" / name).open(encoding="utf8", newline="") as file:
        return [(row[person], date.fromisoformat(row[day][:10])) for row in csv.DictReader(file)]


def published(heading: str) -> list[list[int | None]]:
    """The rows of a table that the README prints after a call; NA is None."""
    text = (DATA / "events-cohorts" / "README.md").read_text(encoding="utf8")
    block = text.split(heading, 1)[1].split("```", 1)[0]
    rows = re.findall(r"^#>\s+\d+\s+(\d+(?:\s+(?:\d+|NA))+)$", block, re.MULTILINE)
    return [[None if cell == "NA" else int(cell) for cell in row.split()[1:]] for row in rows]


def test_game_launch_retention_by_day_is_the_published_table(lake, stop_clock):
    stop_clock("2016-06-30T00:00:00+00:00")
    seal(acts_of(read_pairs("gamelaunch.csv", "userid", "eventDate")))
    rollup.catch_up()
    expected = published("cohort_table_day(userid, eventDate) %>%\n  shift_left()\n")
    table = query.retention(parse_period("2016-04-27..2016-05-06"), "day", steps=10)
    assert len(expected) == 10
    assert [cohort.counts for cohort in table.cohorts] == expected
    assert table.cohorts[0].cells[1] == 65 / 96


def test_online_shop_retention_by_month_is_the_published_table_without_the_unknown(lake, stop_clock):
    """The published table counts rows without a customer number as one more customer, in the first cohort."""
    stop_clock("2012-03-01T00:00:00+00:00")
    known = [pair for pair in read_pairs("online_cohorts.csv", "CustomerID", "InvoiceDate") if pair[0]]
    seal(acts_of(known))
    rollup.catch_up()
    table = query.retention(Period(date(2010, 12, 1), date(2011, 6, 1)), "month", steps=5)
    expected = published("cohort_table_month(CustomerID, InvoiceDate)\n")
    shifted = [[cell for cell in row if cell is not None] for row in expected[:6]]
    shifted[0] = [cell - 1 for cell in shifted[0]]
    assert [cohort.counts[: len(row)] for cohort, row in zip(table.cohorts, shifted, strict=True)] == shifted


def test_buyers_of_cdnow_come_back_as_often_as_published(lake, stop_clock):
    """Repeat purchase days of the first 39 weeks, and how many customers never came back."""
    stop_clock("1998-12-31T00:00:00+00:00")
    lines = (DATA / "events-cdnow" / "CDNOW_sample.txt").read_text().split("\n")
    rows = [line.split() for line in lines if line.strip()]
    pairs = [(row[1], datetime.strptime(row[2], "%Y%m%d").date()) for row in rows]
    seal(acts_of(pairs))
    rollup.catch_up()
    with (DATA / "events-cdnow" / "cdnow_customers_summary.csv").open() as file:
        frequencies = [int(row["frequency"]) for row in csv.DictReader(file)]
    calibration = parse_period("1997-01-01..1997-09-30")
    days_seen = query.series("dau", calibration, "day")
    assert query.figure("new_members", calibration).value == len(frequencies) == 2357
    assert sum(point.n and point.value for point in days_seen) == len(frequencies) + sum(frequencies)
