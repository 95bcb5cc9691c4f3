"""Every metric split by every key: the parts are the whole, or the metric says that it cannot be split so."""

from __future__ import annotations

from collections import Counter

import pytest

from tiantang.metrics import query, rollup
from tiantang.metrics.answers import Where
from tiantang.metrics.periods import parse_period
from tiantang.metrics.query.splits import COLUMN_SPLITS, HOUR_SPLITS, UnknownSplitError
from tiantang.metrics.registry import METRICS
from tiantang.metrics.rollups.splits import can_split
from tiantang.metrics.tests.independent import Past
from tiantang.metrics.tests.pasts import community, event, seal

PERIOD = parse_period("2026-01")


@pytest.fixture
def month(lake, stop_clock):
    """The events of a random community, rolled up."""
    stop_clock("2026-02-02T20:00:00+00:00")
    events = community(7, days=42, acts=300)
    seal(events)
    rollup.catch_up()
    return events


def parts(name: str, by: str) -> list[float] | None:
    try:
        return [piece.value or 0 for piece in query.breakdown(name, PERIOD, by)]
    except UnknownSplitError:
        return None


def test_parts_of_a_count_by_hour_are_the_whole(month):
    counts = [name for name, metric in METRICS.items() if metric.kind == "sum"]
    told = {name: query.figure(name, PERIOD).value for name in counts}
    split = {(name, by): parts(name, by) for name in counts for by in HOUR_SPLITS}
    assert {name for (name, _), pieces in split.items() if pieces is not None} >= {
        "posts",
        "new_members",
        "likes",
    }
    assert {key: sum(pieces) for key, pieces in split.items() if pieces is not None} == {
        key: told[key[0]] for key, pieces in split.items() if pieces is not None
    }


def test_an_hour_of_the_week_is_a_mean_so_that_five_fridays_are_not_busier_than_four_mondays(
    lake, stop_clock
):
    stop_clock("2026-11-06T04:00:00+00:00")
    seal([event(27, noon, subject=4) for noon in _noons(31) for _ in range(2)])
    rollup.catch_up()
    means = query.weekly_hours("shares", parse_period("2026-10"))
    assert {means[day, 12] for day in range(7)} == {2.0}
    assert (len(means), sum(means.values())) == (7 * 24, 14.0)


def test_hours_of_a_running_week_are_those_of_its_finished_days(lake, stop_clock):
    stop_clock("2026-10-03T05:00:00+00:00")  # Saturday, 13:00 in Shanghai
    seal([event(27, noon, subject=4) for noon in _noons(3)])
    rollup.catch_up()
    means = query.weekly_hours("shares", parse_period("2026-10-01..2026-10-07"))
    assert {day: means[day, 12] for day, hour in means if hour == 12} == {3: 1.0, 4: 1.0}


def _noons(days: int) -> list[str]:
    """Noon in Shanghai of the first days of October 2026."""
    return [f"2026-10-{day:02}T04:00:00" for day in range(1, days + 1)]


def test_parts_of_a_count_by_client_or_source_are_the_whole(month):
    named = {
        (name, by): parts(name, by)
        for name, metric in METRICS.items()
        for by in ("client", "source")
        if metric.kind == "sum" and by in metric.dimensions
    }
    assert None not in named.values()
    assert {key: sum(pieces) for key, pieces in named.items()} == {
        key: query.figure(key[0], PERIOD).value for key in named
    }


@pytest.mark.parametrize("who", ["members", "all", "staff"])
def test_a_board_in_a_split_has_the_figure_of_that_board_alone(month, who):
    split = {
        name: {p.key: p for p in query.breakdown(name, PERIOD, "board", Where(member_class=who))}
        for name in METRICS
        if can_split(name, "board")
    }
    assert split.keys() >= {"dau", "active_members", "posts", "reply_rate", "time_to_first_response"}
    for name, pieces in split.items():
        for board in (1, 2, 3):
            alone = query.figure(name, PERIOD, Where(board=board, member_class=who), compare=False)
            piece = pieces.get(board)
            told = (piece.value, piece.numerator, piece.denominator) if piece else None
            there = alone.numerator or told is not None
            assert told == ((alone.value, alone.numerator, alone.denominator) if there else None), name


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_new_members_by_hour_are_those_who_first_signed_up_at_that_hour(lake, stop_clock, settings, zone):
    settings.TIME_ZONE = zone
    stop_clock("2026-02-02T20:00:00+00:00")
    events = community(7, days=42, acts=30, members=60)
    seal(events)
    rollup.catch_up()
    past = Past(events, zone, 0)
    first = [e for e in past.joined("members").values() if PERIOD.start <= e["day"] < PERIOD.end]
    hours = {piece.key: piece.value for piece in query.breakdown("new_members", PERIOD, "hour")}
    days = {piece.key: piece.value for piece in query.breakdown("new_members", PERIOD, "weekday")}
    assert hours == Counter(e["hour"] for e in first)
    assert days == Counter(e["day"].weekday() for e in first)


@pytest.mark.parametrize("by", [*COLUMN_SPLITS, *HOUR_SPLITS])
def test_every_metric_is_split_or_says_that_it_cannot_be(month, by):
    told = {name: parts(name, by) for name in METRICS}
    assert told["posts"]
    assert told["retention"] is None or by in METRICS["retention"].dimensions
