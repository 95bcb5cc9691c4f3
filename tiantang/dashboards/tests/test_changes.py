"""One rule for how a change is written, on the console and in the work summary."""

from __future__ import annotations

import pytest
from django.utils import translation

from tiantang.dashboards.reading import delta
from tiantang.summary.narrative import arrow


@pytest.mark.parametrize(
    ("metric", "change", "written"),
    [
        ("posts", 2.396, "▲240%"),
        ("posts", 0.0859, "▲8.6%"),
        ("posts", -0.812, "▼81%"),
        ("reply_rate", -0.029, "▼2.9 pts"),
        ("stickiness", 0.01, "▲1 pt"),
    ],
)
def test_arrow_is_followed_by_the_change_itself(metric: str, change: float, written: str) -> None:
    with translation.override("en"):
        assert arrow(metric, change) == written
        assert delta(metric, change).text.replace(" ", "", 1) == written


def test_change_that_reads_as_steady_does_so_in_both_places() -> None:
    with translation.override("en"):
        assert (arrow("posts", 0.004), arrow("posts", -0.02)) == ("steady", "▼2%")
        assert delta("posts", 0.004).text.startswith("steady")
