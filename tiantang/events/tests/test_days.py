"""Days of the site: daylight saving, leap days, a time zone changed later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tiantang.common.time import instant_of, microseconds, site_day
from tiantang.events import compaction, mover
from tiantang.events.lake import lake_table, with_days
from tiantang.events.models import Segment
from tiantang.events.stream import day_versions
from tiantang.events.tests.factory import NOON, read, record_acts

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia", "America/Sao_Paulo", "UTC")
INSTANTS = st.datetimes(datetime(2005, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def days_of(instants: list[datetime]) -> list[tuple[int, date]]:
    stamps = [microseconds(instant) for instant in instants]
    table = with_days(lake_table({"ts_us": stamps, "seq": range(len(stamps))}, len(stamps)))
    return list(zip(table["ts_us"].to_pylist(), table["dt"].to_pylist(), strict=True))


@hypothesis_settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(instants=st.lists(INSTANTS, max_size=30), zone=st.sampled_from(ZONES))
def test_every_event_stands_on_its_local_day(instants, zone, settings):
    settings.TIME_ZONE = zone
    assert all(day == site_day(instant_of(stamp)) for stamp, day in days_of(instants))


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        ("Europe/Berlin", "2024-03-31"),  # 23 hours
        ("Europe/Berlin", "2024-10-27"),  # 25 hours
        ("America/Sao_Paulo", "2018-11-04"),  # begins at one o'clock
        ("Asia/Shanghai", "2024-02-29"),
        ("Asia/Shanghai", "2024-12-31"),
    ],
)
def test_first_and_last_moment_of_special_days(zone, local, settings):
    settings.TIME_ZONE = zone
    day = date.fromisoformat(local)
    morning = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    following = day + timedelta(days=1)
    midnight = datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    tick = timedelta(microseconds=1)
    found = [found for _, found in days_of([morning - tick, morning, midnight - tick, midnight])]
    assert found == [day - timedelta(days=1), day, day, following]


@pytest.mark.django_db(databases="__all__")
def test_changed_time_zone_puts_every_event_on_its_new_day(settings):
    record_acts(40, start=NOON, step=timedelta(hours=3))
    mover.move_all()
    settings.TIME_ZONE = "America/New_York"
    assert compaction.rebucket_lake() == 1
    assert all(site_day(instant_of(stamp)) == day for stamp, day in read("ts_us, dt"))
    assert read("count(*), count(DISTINCT seq)") == [(40, 40)]
    assert set(Segment.objects.filter(retired_us=None).values_list("zone", flat=True)) == {"America/New_York"}
    assert sum(int(version.split("-")[0]) for version in day_versions().values()) == 40


@pytest.mark.django_db(databases="__all__")
def test_mover_notices_a_changed_time_zone(settings):
    record_acts(2, start=NOON)
    mover.move_all()
    settings.TIME_ZONE = "America/Los_Angeles"
    record_acts(1, start=NOON)
    mover.move_all()
    assert read("dt, count(*)", rest="GROUP BY 1") == [(date(2024, 3, 11), 3)]
    assert list(day_versions()) == [date(2024, 3, 11)]
