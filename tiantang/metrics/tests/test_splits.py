"""Every metric split by every key: the parts are the whole, or the metric says that it cannot be split so."""

from __future__ import annotations

import pytest

from tiantang.metrics import query, rollup
from tiantang.metrics.periods import parse_period
from tiantang.metrics.query.splits import COLUMN_SPLITS, HOUR_SPLITS, UnknownSplitError
from tiantang.metrics.registry import METRICS
from tiantang.metrics.tests.pasts import community, seal

PERIOD = parse_period("2026-01")


@pytest.fixture
def month(lake, stop_clock):
    stop_clock("2026-02-02T20:00:00+00:00")
    seal(community(7, days=42, acts=300))
    rollup.catch_up()


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


@pytest.mark.parametrize("by", [*COLUMN_SPLITS, *HOUR_SPLITS])
def test_every_metric_is_split_or_says_that_it_cannot_be(month, by):
    told = {name: parts(name, by) for name in METRICS}
    assert told["posts"]
    assert told["retention"] is None or by in METRICS["retention"].dimensions
