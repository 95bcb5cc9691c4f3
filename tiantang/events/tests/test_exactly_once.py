"""Whatever step the mover dies at, no event is lost or doubled."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tiantang.events import compaction, manifest, mover, sweep, tiers
from tiantang.events.history import write_history
from tiantang.events.models import Act, Segment, Visit
from tiantang.events.routers import stores
from tiantang.events.tests.factory import NOON, read, record_acts, stage_visits
from tiantang.events.waiting import Source

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

STEPS = [
    (pq, "write_table"),
    (pq, "ParquetFile"),
    (os, "fsync"),
    (Path, "replace"),
    (Source, "read"),
    (Source, "delete"),
    (manifest, "register"),
    (manifest, "retire"),
    (tiers, "merge"),
    (transaction, "atomic"),
    (Path, "unlink"),
]


class Killed(BaseException):
    """The process ends here."""


class Death:
    """Ends the process before or after the n-th step of those that touch disk or database."""

    def __init__(self, step: int, after: bool) -> None:
        self.left = step
        self.after = after

    def around(self, original):
        def stepped(*args, **kwargs):
            self.left -= 1
            if self.left == 0 and not self.after:
                raise Killed
            result = original(*args, **kwargs)
            if self.left == 0:
                raise Killed
            return result

        return stepped


def dying(step: int, after: bool, work) -> bool:
    """Run ``work`` and let it die; False when it ended before the step came."""
    death = Death(step, after)
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS:
            patch.setattr(owner, name, death.around(getattr(owner, name)))
        sweep._swept.clear()
        try:
            work()
        except Killed:
            return True
    return False


def start_anew(lake: Path) -> None:
    """Hypothesis runs many examples in one database; each begins with nothing."""
    shutil.rmtree(lake, ignore_errors=True)
    for store in stores():
        Segment.objects.using(store).all().delete()
    Act.objects.all().delete()
    Visit.objects.all().delete()


def everything(live: bool) -> list[tuple]:
    return read("stream, seq, object_id, dt", live=live, rest="ORDER BY ALL")


calm = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@calm
@given(deaths=st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=4))
def test_mover_killed_at_any_step_moves_each_event_once(deaths, lake):
    start_anew(lake)
    record_acts(7, start=NOON - timedelta(days=40), step=timedelta(days=9))
    stage_visits(5)
    expected = everything(live=True)
    for step, after in deaths:
        dying(step, after, lambda: mover.move_all(limit=4))
        assert everything(live=True) == expected
    sweep._swept.clear()
    mover.move_all()
    assert everything(live=False) == expected
    assert_no_leftovers(lake)


@calm
@given(step=st.integers(1, 40), after=st.booleans(), again=st.integers(1, 40))
def test_compaction_killed_at_any_step_keeps_the_days_as_they_are(step, after, again, lake):
    start_anew(lake)
    for part in range(3):
        record_acts(3, start=NOON + timedelta(days=part), step=timedelta(hours=13))
        mover.move_all()
    expected, versions = everything(live=False), manifest.day_versions()
    dying(step, after, compaction.compact_lake)
    dying(again, after, compaction.compact_lake)
    compaction.compact_lake()
    assert everything(live=False) == expected
    assert manifest.day_versions() == versions


@calm
@given(step=st.integers(1, 30), after=st.booleans())
def test_history_killed_at_any_step_is_the_old_one_or_the_new_one(step, after, lake):
    start_anew(lake)
    old = {"ts_us": [1_500_000_000_000_000, 1_510_000_000_000_000], "event": [1, 1]}
    new = {"ts_us": [1_500_000_000_000_000, 1_520_000_000_000_000], "event": [1, 2]}
    write_history("past", old)
    before = read("event, ts_us", rest="ORDER BY ALL")
    dying(step, after, lambda: write_history("past", new))
    assert read("event, ts_us", rest="ORDER BY ALL") in (before, [(1, new["ts_us"][0]), (2, new["ts_us"][1])])
    write_history("past", new)
    assert read("event, ts_us", rest="ORDER BY ALL") == [(1, new["ts_us"][0]), (2, new["ts_us"][1])]


def assert_no_leftovers(lake: Path) -> None:
    """A new process finds and removes the files that were never registered."""
    sweep.sweep_lake()
    known = {segment.path for store in stores() for segment in Segment.objects.using(store).all()}
    assert {str(path.relative_to(lake)) for path in lake.rglob("*.parquet")} == known
