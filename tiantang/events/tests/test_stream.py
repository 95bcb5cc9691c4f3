from __future__ import annotations

import errno
import os
import time
from datetime import date, timedelta

import pytest

from tiantang.events import compaction, lake, manifest, mover, stream, sweep
from tiantang.events.envelope import LAKE_COLUMNS
from tiantang.events.models import Segment
from tiantang.events.tests.factory import NOON, read, record_acts, stage_visits

pytestmark = pytest.mark.django_db(databases="__all__")


def test_empty_lake_has_the_right_columns_and_no_rows():
    with stream.connect() as connection:
        assert stream.attach(connection) == []
        described = connection.execute("DESCRIBE events").fetchall()
        assert [(name, kind) for name, kind, *_ in described] == [*LAKE_COLUMNS, ("dt", "DATE")]
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (0,)


@pytest.mark.parametrize("live", [False, True])
def test_columns_have_the_same_types_whether_sealed_or_waiting(live):
    record_acts(1)
    mover.move_all()
    record_acts(1)
    with stream.connect() as connection:
        stream.attach(connection, live=live)
        described = connection.execute("DESCRIBE events").fetchall()
    assert [(name, kind) for name, kind, *_ in described] == [*LAKE_COLUMNS, ("dt", "DATE")]


def test_live_tail_shows_waiting_acts_and_visits_once():
    record_acts(2)
    mover.move_all()
    record_acts(3, start=NOON + timedelta(days=1))
    stage_visits(4)
    assert read("count(*)") == [(2,)]
    assert read("count(*), count(DISTINCT (stream, seq))", live=True) == [(9, 9)]


@pytest.mark.parametrize("live", [False, True])
def test_days_are_cut_exactly(live):
    record_acts(60, step=timedelta(hours=12))
    if not live:
        mover.move_all()
    start, end = date(2024, 3, 20), date(2024, 3, 23)
    assert read("DISTINCT dt", live=live, start=start, end=end, rest="ORDER BY 1") == [
        (date(2024, 3, 20),),
        (date(2024, 3, 21),),
        (date(2024, 3, 22),),
    ]


def test_only_files_that_may_hold_the_days_are_opened():
    record_acts(12, step=timedelta(days=30))
    mover.move_all()
    with stream.connect() as connection:
        assert len(stream.attach(connection)) == 12
        assert len(stream.attach(connection, date(2024, 5, 1), date(2024, 6, 1))) == 1


def test_attaching_again_replaces_the_view():
    record_acts(2)
    with stream.connect() as connection:
        stream.attach(connection, live=True)
        mover.move_all()
        stream.attach(connection)
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (2,)


def test_move_between_the_two_looks_is_noticed(monkeypatch):
    record_acts(3)
    real, moves = stream._waiting, []

    def read_while_moving(start, end):
        rows = real(start, end)
        if not moves:
            moves.append(mover.move_all())
        return rows

    monkeypatch.setattr(stream, "_waiting", read_while_moving)
    assert read("count(*), count(DISTINCT seq)", live=True) == [(3, 3)]
    assert len(moves) == 1


def test_mover_that_never_rests_is_held_up_for_a_moment(monkeypatch):
    real, looks = stream._waiting, []

    def read_while_moving(start, end):
        rows = real(start, end)
        looks.append(rows.num_rows)
        if len(looks) <= stream.ATTEMPTS:
            record_acts(1)
            mover.move_all()
        return rows

    monkeypatch.setattr(stream, "_waiting", read_while_moving)
    record_acts(1)
    assert read("count(*), count(DISTINCT seq)", live=True) == [(stream.ATTEMPTS + 1, stream.ATTEMPTS + 1)]


def test_versions_change_with_the_set_of_events_only():
    record_acts(10, step=timedelta(hours=5))
    mover.move_all(limit=3)
    before = stream.day_versions()
    assert list(before) == [date(2024, 3, 12), date(2024, 3, 13), date(2024, 3, 14)]
    report = compaction.compact_lake()
    assert (report.merged, report.written) == (4, 1)
    assert stream.day_versions() == before
    record_acts(1)
    mover.move_all()
    assert stream.day_versions()[date(2024, 3, 12)] != before[date(2024, 3, 12)]


def test_duckdb_may_not_load_extensions():
    with stream.connect() as connection:
        settings = (
            "current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"
        )
        assert connection.execute(f"SELECT {settings}").fetchone() == (False, False)


def test_replaced_files_stay_for_readers_and_go_later(lake_files, monkeypatch):
    for part in range(3):
        record_acts(2, start=NOON + timedelta(days=part))
        mover.move_all()
    with stream.connect() as connection:
        stream.attach(connection)
        compaction.compact_lake()
        assert len(lake_files()) == 4
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (6,)
    later = time.time_ns() + (sweep.GRACE_S + 1) * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: later)
    assert sweep.sweep_lake() == 3
    assert len(lake_files()) == Segment.objects.count() == 1


def test_unregistered_files_are_not_read_and_are_removed(lake_files):
    record_acts(2)
    mover.move_all()
    table = lake.read_segments(manifest.live_paths())
    left = lake.write_segment(table, "dt=2024-03-12")
    assert read("count(*)") == [(2,)]
    assert sweep.sweep_lake() == 1
    assert left.path not in lake_files()


def test_sweep_leaves_a_lake_alone_whose_databases_know_nothing(lake_files):
    record_acts(2)
    mover.move_all()
    Segment.objects.all().delete()
    assert sweep.sweep_lake() == 0
    assert len(lake_files()) == 1


def test_file_that_the_disk_garbled_is_not_registered(monkeypatch):
    record_acts(2)
    real = lake._write_beside

    def garbled(table, path):
        real(table.slice(0, 1), path)

    monkeypatch.setattr(lake, "_write_beside", garbled)
    with pytest.raises(lake.LakeDamaged):
        mover.move_all()
    assert read("count(*)") == [(0,)]
    assert read("count(*)", live=True) == [(2,)]


def test_full_disk_leaves_the_events_waiting_and_no_half_file(monkeypatch, lake_files):
    def full(table, path, **options):
        path.write_bytes(b"PAR1")
        raise OSError(errno.ENOSPC, "No space left on device")

    record_acts(2)
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(lake.pq, "write_table", full)
        mover.move_all()
    assert lake_files() == []
    assert mover.move_all().moved == 2


@pytest.fixture
def lake_files(settings):
    def found() -> list[str]:
        root = settings.LAKE
        return sorted(os.path.relpath(path, root) for path in root.rglob("*.parquet"))

    return found
