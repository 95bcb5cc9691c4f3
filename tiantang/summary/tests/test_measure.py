"""Texts are cut before they leave their box."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tiantang.summary.renderers.measure import best_size, lines_needed, shorten, text_width


def test_chinese_signs_are_square():
    assert text_width("天堂社区", 20) == 80


@given(st.text(max_size=200), st.integers(60, 900), st.integers(1, 3))
def test_shortened_text_fits(text, width, lines):
    assert lines_needed(shorten(text, 20, width, lines), 20, width) <= lines or width < 40


def test_text_that_fits_stays_whole():
    assert shorten("新番放映室", 20, 200) == "新番放映室"


def test_cut_text_says_so():
    assert shorten("名字很长很长的版块一直写到放不下为止", 20, 120).endswith("…")


def test_title_takes_the_largest_size_that_fits():
    assert best_size("短", 500, ((36.0, 1), (28.0, 2))) == (36.0, 1)
    assert best_size("长" * 20, 500, ((36.0, 1), (28.0, 2))) == (28.0, 2)
