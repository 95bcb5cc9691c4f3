from __future__ import annotations

import pyarrow as pa
import pytest

from tiantang.events import compaction, mover
from tiantang.events.history import HistoryRefused, forget_history, write_history
from tiantang.events.stream import day_versions
from tiantang.events.tests.factory import read, record_acts

pytestmark = pytest.mark.django_db(databases="__all__")

HOUR_US = 3_600_000_000
START_US = 1_600_000_000_000_000


def a_past(count: int, **columns):
    return {
        "ts_us": [START_US + number * 7 * HOUR_US for number in range(count)],
        "event": [1 + number % 2 for number in range(count)],
        **columns,
    }


def test_history_fills_the_columns_that_were_not_given():
    assert write_history("past", a_past(1)) == 1
    columns = "stream, lag_s, subject, visitor, topic, client, source, campaign, payload, dt::VARCHAR"
    assert read(columns) == [(3, 0, 0, 0, 0, 0, "", "", None, "2020-09-13")]


def test_history_takes_lists_ranges_and_arrow_arrays():
    columns = a_past(3, subject=pa.array([1, 2, 3], pa.int64()), topic=range(3), source=["", "微博", "b站"])
    write_history("past", columns)
    assert read("subject, topic, source", rest="ORDER BY 1") == [(1, 0, ""), (2, 1, "微博"), (3, 2, "b站")]


def test_same_name_again_replaces():
    write_history("past", a_past(50))
    write_history("past", a_past(20))
    assert read("count(*)") == [(20,)]


def test_same_history_again_changes_no_version():
    write_history("past", a_past(50))
    before = day_versions()
    write_history("past", a_past(50))
    assert day_versions() == before


def test_changed_history_changes_the_versions_of_its_days_only():
    write_history("past", a_past(50))
    before = day_versions()
    write_history("past", a_past(50, value=[0] * 49 + [1]))
    after = day_versions()
    assert [day for day in after if after[day] != before[day]] == [max(before)]


def test_two_names_do_not_touch_each_other_nor_the_acts():
    record_acts(2)
    mover.move_all()
    write_history("one", a_past(30))
    write_history("two", a_past(30))
    compaction.compact_lake()
    write_history("one", a_past(5))
    assert read("count(*), count(DISTINCT (stream, seq))") == [(37, 37)]
    forget_history("two")
    assert read("count(*)") == [(7,)]


def test_nothing_at_all_is_a_history_too():
    write_history("past", a_past(3))
    assert write_history("past", {"ts_us": [], "event": []}) == 0
    assert read("count(*)") == [(0,)]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"ts_us": [1], "event": [1], "seq": [1]}, "no column seq"),
        ({"ts_us": [1], "event": [1], "colour": [1]}, "no column colour"),
        ({"event": [1]}, "needs the column ts_us"),
        ({"ts_us": [1, 2], "event": [1]}, "different lengths"),
    ],
)
def test_history_that_does_not_fit_is_refused(columns, reason):
    with pytest.raises(HistoryRefused, match=reason):
        write_history("past", columns)
