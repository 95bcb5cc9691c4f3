from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from tiantang.events import locks, mover
from tiantang.events.catalog import ActorClass, Client
from tiantang.events.envelope import Actor
from tiantang.events.models import Act, Segment, Visit
from tiantang.events.record import record
from tiantang.events.stream import day_versions
from tiantang.events.tests.factory import NOON, an_event, read, record_acts, stage_visits
from tiantang.events.waiting import RowsGone, sources

pytestmark = pytest.mark.django_db(databases="__all__")


def test_acts_and_visits_leave_the_waiting_tables_for_the_lake():
    record_acts(3)
    stage_visits(2)
    report = mover.move_once()
    assert report.moved == 5
    assert date(2024, 3, 12) in report.days
    assert not Act.objects.exists()
    assert not Visit.objects.exists()
    assert read("stream, count(*)", rest="GROUP BY 1 ORDER BY 1") == [(1, 3), (2, 2)]


def test_every_column_arrives_as_it_was_recorded():
    with transaction.atomic():
        record(
            an_event(
                name="forum.post_liked",
                actor=Actor(11, ActorClass.STAFF, 2**62),
                object_id=2**40,
                topic=13,
                board=14,
                target=15,
                value=-16,
                client=Client.PHONE,
                source="微博",
                campaign="春节",
                payload={"to": "天堂"},
            )
        )
    mover.move_all()
    people = "stream, ts_us, event, subject, visitor, actor_class"
    things = "object_id, topic, board, target, value, client, source, campaign, payload, dt"
    assert read(people) == [(1, 1710216000000000, 23, 11, 2**62, 2)]
    assert read(things) == [
        (2**40, 13, 14, 15, -16, 2, "微博", "春节", '{"to":"天堂"}', date(2024, 3, 12)),
    ]
    assert read("lag_s")[0][0] > 0


def test_payload_that_was_not_given_is_null():
    record_acts(1)
    mover.move_all()
    assert read("payload, source") == [(None, "")]


def test_numbers_go_on_after_the_table_was_emptied():
    record_acts(2)
    mover.move_all()
    record_acts(2)
    mover.move_all()
    assert read("count(DISTINCT seq)") == [(4,)]


def test_event_belongs_to_the_day_of_the_site():
    record_acts(2, start=NOON + timedelta(hours=11, minutes=59, seconds=59))
    mover.move_all()
    assert read("dt", rest="ORDER BY ts_us") == [(date(2024, 3, 12),), (date(2024, 3, 13),)]


def test_late_event_lands_on_its_own_day_and_changes_only_that_day():
    record_acts(3, step=timedelta(days=1))
    mover.move_all()
    before = day_versions()
    record_acts(1, start=NOON + timedelta(days=1))
    assert mover.move_all().days == {date(2024, 3, 13)}
    after = day_versions()
    assert {day for day in after if after[day] != before[day]} == {date(2024, 3, 13)}


def test_batches_drain_a_backlog_over_many_days():
    record_acts(500, step=timedelta(hours=20))
    report = mover.move_all(limit=90)
    assert report.moved == 500
    assert len(report.days) == len(day_versions()) == 417
    assert read("count(*), count(DISTINCT object_id)") == [(500, 500)]


def test_months_that_are_over_share_a_file_and_the_running_month_has_one_a_day():
    now = timezone.now()
    record_acts(5, step=timedelta(days=1))
    record_acts(1, start=now)
    mover.move_all()
    folders = {path.split("/")[1].split("=")[0] for path in Segment.objects.values_list("path", flat=True)}
    assert folders == {"month", "dt"}
    assert Segment.objects.count() == 2


def test_many_small_moves_do_not_leave_many_files():
    for minute in range(40):
        record_acts(1, start=NOON + timedelta(minutes=minute))
        mover.move_once()
    assert Segment.objects.filter(retired_us=None).count() < 16
    assert read("count(*), count(DISTINCT seq)") == [(40, 40)]


def test_rows_taken_by_somebody_else_undo_the_hand_over():
    record_acts(3)
    acts = sources()[0]
    ids = list(Act.objects.values_list("id", flat=True))
    Act.objects.filter(id=ids[0]).delete()
    with pytest.raises(RowsGone):
        mover._hand_over(acts, ids, mover._seal(acts.read(3)))
    assert Act.objects.count() == 2
    assert not Segment.objects.exists()


def test_second_mover_waits_and_then_says_so():
    def move_too() -> str:
        try:
            with locks.lake_lock(patience=0.1):
                return "moved"
        except locks.LakeBusy as busy:
            return str(busy)
        finally:
            connections.close_all()

    with locks.lake_lock(), ThreadPoolExecutor(1) as another:
        assert another.submit(move_too).result() == (
            "Another process is writing into the lake. Try again when it has finished."
        )


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time: numbers are in order")
@pytest.mark.django_db(databases="__all__", transaction=True)
def test_smaller_number_that_is_committed_later_is_not_lost():
    recorded, moved = Event(), Event()

    def record_slowly() -> None:
        with transaction.atomic():
            record(an_event(object_id=1))
            recorded.set()
            assert moved.wait(10)
        connections.close_all()

    with ThreadPoolExecutor(1) as another:
        slow = another.submit(record_slowly)
        assert recorded.wait(10)
        with transaction.atomic():
            record(an_event(object_id=2))
        mover.move_all()
        assert read("object_id") == [(2,)]
        moved.set()
        slow.result()
    mover.move_all()
    assert read("object_id, count(*)", rest="GROUP BY 1 ORDER BY 1") == [(1, 1), (2, 1)]
    assert read("arg_max(object_id, seq)") == [(2,)]


def test_nothing_waiting_writes_nothing(lake):
    assert mover.move_all() == mover.NOTHING
    assert not list(lake.rglob("*.parquet"))
