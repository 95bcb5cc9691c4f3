from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tiantang.common.time import today
from tiantang.events import compaction, mover, tiers
from tiantang.events.models import Segment
from tiantang.events.stream import day_versions
from tiantang.events.tests.factory import NOON, read, record_acts

pytestmark = pytest.mark.django_db(databases="__all__")


def live_files() -> list[str]:
    return sorted(Segment.objects.filter(retired_us=None).values_list("path", flat=True))


def test_month_that_is_over_becomes_one_file():
    for day in range(10):
        record_acts(3, start=NOON + timedelta(days=day))
        mover.move_all()
    compaction.compact_lake()
    assert [path.split("/")[1] for path in live_files()] == ["month=2024-03"]


def test_days_of_the_month_that_just_ended_become_its_file(monkeypatch):
    now = timezone.now()
    for day in range(3):
        record_acts(2, start=now + timedelta(seconds=day))
        mover.move_all()
    assert all(path.split("/")[1].startswith("dt=") for path in live_files())
    later = today() + timedelta(days=40)
    monkeypatch.setattr(compaction, "today", lambda: later)
    before = day_versions()
    compaction.compact_lake()
    assert [path.split("/")[1] for path in live_files()] == [f"month={today():%Y-%m}"]
    assert day_versions() == before
    assert read("count(*), count(DISTINCT seq)") == [(6, 6)]


def test_running_days_become_one_file_each():
    now = timezone.now()
    for _ in range(3):
        record_acts(2, start=now)
        mover.move_all()
    compaction.compact_lake()
    assert [path.split("/")[1] for path in live_files()] == [f"dt={today()}"]


def test_file_is_filled_up_to_the_largest_size(monkeypatch):
    monkeypatch.setattr(compaction, "LARGEST", 6)
    for count in (5, 2, 3, 1):
        record_acts(count)
        mover.move_all()
    assert compaction.compact_lake().merged == 3
    assert sorted(Segment.objects.filter(retired_us=None).values_list("rows", flat=True)) == [5, 6]
    assert compaction.compact_lake().merged == 0


def test_compacting_twice_does_nothing_the_second_time():
    for _ in range(2):
        record_acts(2)
        mover.move_all()
    assert compaction.compact_lake().merged == 2
    assert compaction.compact_lake().merged == 0


def test_event_is_rewritten_only_a_few_times(monkeypatch):
    written: list[int] = []
    real = tiers.read_segments
    monkeypatch.setattr(
        tiers, "read_segments", lambda paths: (table := real(paths), written.append(table.num_rows))[0]
    )
    for minute in range(100):
        record_acts(1, start=NOON + timedelta(minutes=minute))
        mover.move_once()
    assert sum(written) <= 300
    assert read("count(*)") == [(100,)]
