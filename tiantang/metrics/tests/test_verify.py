"""Verification finds what was tampered with, and nothing else."""

from __future__ import annotations

import pytest
from pyarrow import parquet

from tiantang.metrics import rollup
from tiantang.metrics.models import Kpi
from tiantang.metrics.rollups import store
from tiantang.metrics.tests.pasts import event, seal
from tiantang.metrics.verify import verify

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def counted(lake, stop_clock):
    stop_clock("2026-01-20T04:00:00+00:00")
    seal(
        [event(20, f"2026-01-0{day}T04:00:00", subject=day, object_id=day, topic=day) for day in range(1, 8)]
    )
    rollup.catch_up()


def test_levels_that_agree_give_no_difference(counted):
    assert verify() == []


def test_a_changed_figure_is_found(counted):
    Kpi.objects.filter(metric="topics", cut="members", grain="month").update(value=99)
    found = [(one.metric, one.period, one.level, one.found, one.expected) for one in verify()]
    assert found == [("topics", "2026-01", "kpi", 99, 7)]


def test_a_changed_rollup_is_found_and_rebuilt(counted):
    path = next((store.folder() / "counts").glob("*.parquet"))
    table = parquet.read_table(path)
    parquet.write_table(table.slice(1), path)
    assert {(one.metric, one.level) for one in verify()} >= {("topics", "rollups"), ("posts", "rollups")}
    rollup.rebuild()
    assert verify() == []
