"""Every metric, on every level, against the independent computation."""

from __future__ import annotations

import pytest

from tiantang.events.history import forget_history
from tiantang.metrics import query, rollup
from tiantang.metrics.models import Kpi
from tiantang.metrics.periods import parse_period
from tiantang.metrics.registry import METRICS
from tiantang.metrics.tests.agreement import BOARD, EVERYONE, disagreements, same
from tiantang.metrics.tests.independent import Past
from tiantang.metrics.tests.pasts import community, seal

pytestmark = pytest.mark.django_db(databases="__all__")
CALENDAR = ["2026-01", "2026-W01", "2026-01-17"]


def test_every_metric_has_an_independent_twin():
    assert [name for name in METRICS if not hasattr(Past, name)] == []


@pytest.mark.parametrize("seed", range(2))
def test_all_levels_agree_with_plain_python(lake, stop_clock, seed):
    stop_clock("2026-01-22T20:00:00+00:00")
    events = community(seed, days=42, acts=300)
    seal(events)
    rollup.catch_up()
    assert disagreements(events, "Asia/Shanghai", CALENDAR) == []


def test_custom_periods_agree(lake, stop_clock):
    stop_clock("2026-02-02T20:00:00+00:00")
    events = community(11, days=42, acts=200)
    seal(events)
    rollup.catch_up()
    ranges = ["2025-12-20..2026-01-08", "2025-11-01..2026-03-31"]
    assert disagreements(events, "Asia/Shanghai", ranges, (EVERYONE, BOARD)) == []


def test_counting_in_pieces_gives_what_counting_at_once_gives(lake, stop_clock):
    """Events arrive in random lots, late and out of order; every lot is counted before the next comes."""
    stop_clock("2026-01-22T20:00:00+00:00")
    events = community(5, days=42, acts=200)
    for lot in range(3):
        seal(events[lot::3], f"lot {lot}")
        rollup.catch_up()
    assert disagreements(events, "Asia/Shanghai", CALENDAR, (EVERYONE,)) == []
    pieces = list(Kpi.objects.order_by("metric", "cut", "grain", "start", "end").values_list(*STORED))
    rollup.rebuild()
    at_once = list(Kpi.objects.order_by("metric", "cut", "grain", "start", "end").values_list(*STORED))
    assert [pair for pair in zip(pieces, at_once, strict=True) if not alike(*pair)] == []


def test_taking_a_lot_away_again_gives_the_figures_without_it(lake, stop_clock):
    stop_clock("2026-01-22T20:00:00+00:00")
    events = community(6, days=42, acts=200)
    seal(events[::2], "stays")
    seal(events[1::2], "goes")
    rollup.catch_up()
    forget_history("goes")
    rollup.catch_up()
    assert disagreements(events[::2], "Asia/Shanghai", CALENDAR, (EVERYONE,)) == []


STORED = ("metric", "cut", "grain", "start", "end", "value", "numerator", "denominator", "n")


def alike(one, other) -> bool:
    return one[:5] == other[:5] and all(map(same, one[5:], other[5:]))


def test_rows_behind_a_count_are_as_many_as_it_says(lake, stop_clock):
    """Also where the definition leaves out what was removed or taken back since."""
    stop_clock("2026-01-22T20:00:00+00:00")
    seal(community(7, days=42, acts=300))
    rollup.catch_up()
    period = parse_period("2026-01")
    counts = ["topics", "replies", "posts", "comments", "likes", "bookmarks", "shares", "new_members"]
    told = {name: query.figure(name, period).value for name in counts}
    behind = {name: query.rows(name, period, limit=1).total for name in counts}
    assert behind == told
    assert told["posts"] > 0
