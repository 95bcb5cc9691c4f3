from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiantang.ui.charts.numbers import format_value, nice_ticks, short_value


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (0, "0", "0"),
        (0.25, "0.25", "0.25"),
        (950, "950", "950"),
        (4700, "4,700", "4.7k"),
        (12000, "1.2 万", "12k"),
        (123456789, "1.23 亿", "123.46M"),
        (-20000, "-2 万", "-20k"),
    ],
)
def test_short_value_follows_the_language(value: float, chinese: str, english: str) -> None:
    assert short_value(value, "zh-hans") == chinese
    assert short_value(value, "en") == english


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (0, "0 秒", "0 s"),
        (42, "42 秒", "42 s"),
        (153.3, "2 分 33 秒", "2 min 33 s"),
        (180, "3 分钟", "3 min"),
        (840, "14 分钟", "14 min"),
        (3599, "1 小时", "1 h"),
        (6720, "1 小时 52 分", "1 h 52 min"),
        (7199, "2 小时", "2 h"),
        (86399, "1 天", "1 d"),
        (200000, "2 天 8 小时", "2 d 8 h"),
    ],
)
def test_length_has_two_parts_at_most(seconds: float, chinese: str, english: str) -> None:
    assert format_value(seconds, "zh-hans", duration=True) == chinese
    assert format_value(seconds, "en", duration=True) == english


@pytest.mark.parametrize(
    ("ratio", "text"), [(0.078, "7.8%"), (1, "100%"), (0, "0%"), (0.0004, "0.04%"), (0.4919, "49.2%")]
)
def test_share_is_written_in_per_cent(ratio: float, text: str) -> None:
    assert format_value(ratio, "en", percent=True) == text


def test_nothing_is_a_dash_and_never_zero() -> None:
    assert format_value(None, "zh-hans", unit="人") == "—"
    assert format_value(float("nan"), "en") == "—"
    assert format_value(3482, "zh-hans", unit="人") == "3,482 人"


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9))
def test_ticks_enclose_the_values_at_equal_distances(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span, whole=False)
    slack = span * 1e-6 + 1e-6
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 8
    steps = {round((b - a) / (ticks[1] - ticks[0]), 3) for a, b in pairwise(ticks)}
    assert steps == {1.0}


def test_ticks_of_time_are_usual_lengths() -> None:
    assert nice_ticks(0, 5400, duration=True) == (0, 1800, 3600, 5400)
