"""The places where figures usually go wrong, each with the answer worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tiantang.metrics import query, rollup
from tiantang.metrics.periods import parse_period
from tiantang.metrics.query import Where
from tiantang.metrics.registry import METRICS
from tiantang.metrics.tests.agreement import EVERYONE, disagreements
from tiantang.metrics.tests.pasts import community, event, seal

pytestmark = pytest.mark.django_db(databases="__all__")


def value(name: str, period: str, where: Where = EVERYONE):
    return query.figure(name, parse_period(period), where, compare=False).value


def counted(events, name: str = "past") -> None:
    seal(events, name)
    rollup.catch_up()


def test_acts_of_unknown_people_count_but_are_no_members(lake, stop_clock):
    stop_clock("2026-03-01T00:00:00+00:00")
    likes = [event(23, f"2026-01-0{day}T04:00:00", actor_class=1, object_id=7) for day in range(1, 6)]
    undone = event(24, "2026-01-09T04:00:00", actor_class=1, object_id=7)
    counted([*likes, undone, event(23, "2026-01-06T04:00:00", subject=4, object_id=7)])
    assert value("likes", "2026-01") == 6
    assert value("active_members", "2026-01") == value("engaged_members", "2026-01") == 1


def test_forgotten_members_stay_in_the_figures(lake, stop_clock):
    stop_clock("2026-03-01T00:00:00+00:00")
    counted([event(20, "2026-01-05T04:00:00", subject=4, object_id=1, topic=1)])
    before = value("contributing_members", "2026-01")
    counted([event(15, "2026-02-05T04:00:00", subject=4)], "forgotten")
    assert value("contributing_members", "2026-01") == before == 1


def test_what_is_removed_later_leaves_the_volume_and_comes_back(lake, stop_clock):
    stop_clock("2026-03-01T00:00:00+00:00")
    topic = event(20, "2026-01-05T04:00:00", subject=4, object_id=1, topic=1)
    reply = event(21, "2026-01-06T04:00:00", subject=5, object_id=2, topic=1)
    counted([topic, reply])
    assert value("posts", "2026-01") == 2
    counted([event(30, "2026-02-05T04:00:00", subject=9, actor_class=2, object_id=1)], "removed")
    assert (value("posts", "2026-01"), value("contributing_members", "2026-01")) == (0, 2)
    counted([event(33, "2026-02-06T04:00:00", subject=9, actor_class=2, object_id=1)], "restored")
    assert value("posts", "2026-01") == 2


def test_a_like_taken_back_counts_no_more_but_a_later_one_does(lake, stop_clock):
    stop_clock("2026-03-01T00:00:00+00:00")
    counted(
        [
            event(23, "2026-01-05T04:00:00", subject=4, object_id=1),
            event(24, "2026-02-05T04:00:00", subject=4, object_id=1),
            event(23, "2026-02-06T04:00:00", subject=4, object_id=1),
            event(23, "2026-01-05T05:00:00", subject=5, object_id=1),
        ]
    )
    assert (value("likes", "2026-01"), value("likes", "2026-02")) == (1, 1)


def test_the_same_lot_written_twice_counts_once(lake, stop_clock):
    stop_clock("2026-03-01T00:00:00+00:00")
    lot = [event(20, "2026-01-05T04:00:00", subject=4, object_id=1, topic=1)]
    counted(lot)
    assert rollup.catch_up().days == 0
    counted(lot)
    assert value("topics", "2026-01") == 1


def test_a_late_reply_changes_the_day_of_its_topic(lake, stop_clock):
    stop_clock("2026-03-01T00:00:00+00:00")
    counted([event(20, "2026-01-05T04:00:00", subject=4, object_id=1, topic=1)])
    assert value("reply_rate", "2026-01-05") == 0
    counted([event(21, "2026-01-07T04:00:00", subject=5, object_id=2, topic=1)], "late")
    assert value("reply_rate", "2026-01-05") == 1
    assert value("time_to_first_response", "2026-01") == 48 * 3600


@pytest.mark.parametrize(
    ("replier", "rate"),
    [
        ({"subject": 4}, 0),
        ({"subject": 5, "actor_class": 3}, 0),
        ({"subject": 0}, 0),
        ({"subject": 6, "actor_class": 2}, 1),
    ],
)
def test_only_another_member_who_is_no_bot_answers_a_topic(lake, stop_clock, replier, rate):
    stop_clock("2026-03-01T00:00:00+00:00")
    topic = event(20, "2026-01-05T04:00:00", subject=4, object_id=1, topic=1)
    counted([topic, event(21, "2026-01-05T05:00:00", object_id=2, topic=1, **replier)])
    assert value("reply_rate", "2026-01") == rate


def test_a_topic_is_judged_only_when_its_window_is_over(lake, stop_clock):
    stop_clock("2026-01-08T03:59:59+00:00")
    counted([event(20, "2026-01-05T04:00:00", subject=4, object_id=1, topic=1)])
    assert value("reply_rate", "2026-01-05") is None
    stop_clock("2026-01-08T04:00:01+00:00")
    rollup.catch_up()
    assert value("reply_rate", "2026-01-05") == 0


def test_a_reply_stamped_before_its_topic_took_no_time(lake, stop_clock):
    stop_clock("2026-03-01T00:00:00+00:00")
    topic = event(20, "2026-01-05T04:00:00", subject=4, object_id=1, topic=1)
    counted([topic, event(21, "2026-01-05T03:59:58", subject=5, object_id=2, topic=1)])
    assert value("time_to_first_response", "2026-01") == 0


def test_events_from_a_clock_that_runs_ahead_wait_for_their_day(lake, stop_clock):
    stop_clock("2026-01-10T04:00:00+00:00")
    counted([event(20, f"2026-01-{day}T04:00:00", subject=4, object_id=day, topic=day) for day in (10, 12)])
    assert (value("topics", "2026-01-10"), value("topics", "2026-01-12")) == (1, None)
    stop_clock("2026-01-12T04:00:00+00:00")
    rollup.catch_up()
    assert value("topics", "2026-01-12") == 1


def test_days_of_23_and_25_hours(lake, stop_clock, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    stop_clock("2026-06-01T00:00:00+00:00")
    stamps = ["2025-10-25T22:30:00", "2025-10-26T22:30:00", "2025-10-26T23:30:00", "2026-03-28T23:30:00"]
    stamps += ["2026-03-29T21:30:00", "2026-03-29T22:30:00", "2025-10-26T00:30:00", "2025-10-26T01:30:00"]
    events = [event(11, stamp, subject=number) for number, stamp in enumerate(stamps, 1)]
    counted(events)
    days = ["2025-10-26", "2025-10-27", "2026-03-29", "2026-03-30"]
    assert [value("active_members", day) for day in days] == [4, 1, 2, 1]
    assert disagreements(events, "Europe/Berlin", [*days, "2025-10"], (EVERYONE,)) == []


def test_the_hour_that_comes_twice_is_one_hour_of_the_breakdown(lake, stop_clock, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    stop_clock("2026-06-01T00:00:00+00:00")
    counted([event(27, stamp, subject=4) for stamp in ("2025-10-26T00:30:00", "2025-10-26T01:30:00")])
    found = query.breakdown("shares", parse_period("2025-10"), "weekday_hour")
    assert [(piece.key, piece.n) for piece in found] == [((6, 2), 2)]


def test_the_leap_day_has_its_figures_and_a_neighbour_last_year(lake, stop_clock):
    stop_clock("2024-06-01T00:00:00+00:00")
    counted([event(11, stamp, subject=4) for stamp in ("2023-02-28T04:00:00", "2024-02-29T04:00:00")])
    figure = query.figure("active_members", parse_period("2024-02-29"))
    assert (figure.value, figure.last_year) == (1, 1)
    assert parse_period("2024-02").last_year().days == 28


def test_the_week_across_new_year_is_one_week(lake, stop_clock):
    stop_clock("2026-06-01T00:00:00+00:00")
    events = [event(11, f"2025-12-{day}T04:00:00", subject=day) for day in (28, 29, 31)]
    events += [event(11, f"2026-01-0{day}T04:00:00", subject=day) for day in (1, 4, 5)]
    counted(events)
    points = query.series("active_members", parse_period("2025-12-29..2026-01-04"), "week")
    assert [(point.start, point.value) for point in points] == [(date(2025, 12, 29), 4)]


def test_an_empty_community_has_no_rates_and_no_errors(lake, stop_clock):
    stop_clock("2026-01-10T04:00:00+00:00")
    rollup.catch_up()
    period = parse_period("2026-01")
    for name, metric in METRICS.items():
        figure = query.figure(name, period)
        assert figure.value in ((0, None) if metric.unit == "count" else (None,))
        assert figure.change_previous is None
    assert query.concentration(period).top_10 is None
    assert query.top_topics(period) == query.top_members(period) == []
    assert query.breakdown("posts", period) == []
    assert [cohort.size for cohort in query.retention(period).cohorts] == [0, 0, 0, 0]


def test_a_community_of_one(lake, stop_clock):
    stop_clock("2026-03-10T04:00:00+00:00")
    events = [event(10, "2026-01-05T04:00:00", subject=1)]
    events += [event(20, "2026-01-06T04:00:00", subject=1, object_id=1, topic=1)]
    counted(events)
    assert value("concentration", "2026-01") == 1
    assert value("stickiness", "2026-01-06") == 1
    assert value("retention", "2026-01") == 0
    assert disagreements(events, "Asia/Shanghai", ["2026-01", "2026-W02"]) == []


def test_bots_never_count_and_the_team_only_when_asked(lake, stop_clock):
    stop_clock("2026-03-10T04:00:00+00:00")
    kinds = {1: 1, 2: 2, 3: 3}
    counted(
        [
            event(22, "2026-01-06T04:00:00", subject=s, actor_class=kind, object_id=s)
            for s, kind in kinds.items()
        ]
    )
    cuts = [Where(), Where(member_class="staff"), Where(member_class="all")]
    assert [value("comments", "2026-01", cut) for cut in cuts] == [1, 1, 2]
    assert [value("dau", "2026-01-06", cut) for cut in cuts] == [1, 1, 2]


def test_imported_history_without_visits_says_what_it_cannot_know(lake, stop_clock):
    stop_clock("2026-03-10T04:00:00+00:00")
    events = [event(10, "2026-01-05T04:00:00", subject=1), event(10, "2026-01-05T05:00:00", subject=2)]
    events += [event(20, "2026-01-05T04:10:00", subject=1, object_id=1, topic=1, client=4)]
    events += [event(22, "2026-01-07T04:10:00", subject=1, object_id=2, topic=1, client=4)]
    counted(events)
    time = query.figure("time_on_site", parse_period("2026-01"))
    assert (time.value, time.n) == (200, 3)
    assert time.extra == {"visible_sessions": 0, "estimated_sessions": 3}
    assert value("visit_depth", "2026-01") is value("interaction_rate", "2026-01") is None
    steps = query.funnel(parse_period("2026-01"))
    assert [(s.name, s.count) for s in steps] == [
        ("visit", 0),
        ("sign_up", 2),
        ("first_post", 1),
        ("active_again", 1),
    ]
    assert [s.overall_rate for s in steps] == [None, 1, 0.5, 0.5]


def test_a_time_zone_changed_later_cuts_all_days_anew(lake, stop_clock, settings):
    stop_clock("2026-02-10T04:00:00+00:00")
    events = community(3, acts=200)
    counted(events)
    settings.TIME_ZONE = "America/New_York"
    rollup.catch_up()
    assert disagreements(events, "America/New_York", ["2026-01", "2026-01-17", "2026-W03"], (EVERYONE,)) == []
    more = [event(11, "2026-01-17T02:00:00", subject=77), event(11, "2026-01-18T03:00:00", subject=78)]
    counted(more, "more")
    assert (
        disagreements([*events, *more], "America/New_York", ["2026-01-16", "2026-01-17"], (EVERYONE,)) == []
    )


def test_the_future_has_no_figures(lake, stop_clock):
    stop_clock("2026-01-10T04:00:00+00:00")
    counted([event(11, "2026-01-05T04:00:00", subject=1)])
    for name in METRICS:
        figure = query.figure(name, parse_period("2027-01"))
        assert (figure.value, figure.n, figure.partial, figure.change_previous) == (None, 0, True, None)


def test_a_session_goes_on_past_midnight_and_ends_after_24_hours(lake, stop_clock):
    stop_clock("2026-03-10T04:00:00+00:00")
    first = event(1, "2026-01-05T15:50:00", visitor=5)  # 23:50 in Shanghai
    every_20_minutes = [
        event(2, first["ts_us"] + n * 1_200_000_000, visitor=5, value=1000) for n in range(1, 75)
    ]
    counted([first, *every_20_minutes])
    assert [value("sessions", f"2026-01-0{day}") for day in (5, 6, 7)] == [1, 1, 0]


def test_a_late_mark_before_midnight_joins_the_next_days_session_to_it(lake, stop_clock):
    stop_clock("2026-03-10T04:00:00+00:00")
    counted([event(1, "2026-01-05T16:10:00", visitor=5)])  # 00:10 on the 6th
    assert (value("sessions", "2026-01-05"), value("sessions", "2026-01-06")) == (0, 1)
    counted([event(1, "2026-01-05T15:50:00", visitor=5)], "late")
    assert (value("sessions", "2026-01-05"), value("sessions", "2026-01-06")) == (1, 0)


def test_a_running_month_is_compared_by_its_finished_days_only(lake, stop_clock):
    stop_clock("2026-02-03T04:00:00+00:00")
    stamps = ["2026-01-01T04:00:00", "2026-01-02T05:00:00", "2026-01-03T06:00:00", "2026-01-20T04:00:00"]
    stamps += ["2026-02-01T04:00:00", "2026-02-02T04:00:00", "2026-02-02T05:00:00", "2026-02-03T01:00:00"]
    counted([event(27, stamp, subject=4) for stamp in stamps])
    figure = query.figure("shares", parse_period("2026-02"))
    assert (figure.value, figure.partial, figure.compared_days) == (4, True, 2)
    assert (figure.finished_value, figure.previous, figure.change_previous) == (3, 2, 0.5)


def test_todays_events_show_at_once_and_in_the_year_within_the_hour(lake, stop_clock):
    stop_clock("2026-02-03T04:00:00+00:00")
    counted([event(27, "2026-01-01T04:00:00", subject=4), event(27, "2026-02-03T01:00:00", subject=4)])
    counted([event(27, "2026-02-03T02:00:00", subject=4)], "more")
    shown = ("2026-02-03", "2026-02", "2026")
    assert [value("shares", period) for period in shown] == [2, 2, 2]
    rollup.catch_up(thorough=True)
    assert [value("shares", period) for period in shown] == [2, 2, 3]
    counted([event(27, "2026-02-03T03:00:00", subject=4)], "again")
    stop_clock("2026-02-03T05:00:00+00:00")
    rollup.catch_up()
    assert [value("shares", period) for period in shown] == [3, 3, 4]


@pytest.mark.parametrize("minutes", [7, 29, 30])
def test_marks_put_together_by_half_hours_still_part_a_session_after_24_hours(lake, stop_clock, minutes):
    """The 24 hours end in the middle of a half-hour, with marks before and after."""
    stop_clock("2026-03-01T00:00:00+00:00")
    start = event(1, "2026-01-05T03:11:13", subject=4, visitor=44)["ts_us"]
    marks = range(0, 60 * 60, minutes)
    events = [event(2, start + m * 60_000_000, subject=4, visitor=44, value=900 + m) for m in marks]
    counted(events)
    periods = ["2026-01", "2026-01-05", "2026-01-06", "2026-01-07"]
    assert disagreements(events, "Asia/Shanghai", periods, (EVERYONE,)) == []
    assert value("sessions", "2026-01") == 3
