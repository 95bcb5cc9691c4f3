"""A community in which nothing has happened yet."""

from __future__ import annotations

import pytest

from tiantang.metrics.periods import parse_period
from tiantang.summary.builder import Edition, build_summary
from tiantang.summary.renderers.formats import draw

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(("language", "formats"), [("en", ("pptx", "pdf")), ("zh-hans", ("html", "md"))])
def test_empty_community_still_gets_an_honest_report(may, language, formats):
    summary = build_summary(parse_period("2026-04"), language, Edition())
    assert [chapter.number for chapter in summary.chapters] == [1, 2, 3, 4, 5, 6]
    assert len(summary.chapters[1].missing) >= 2
    for name in formats:
        assert len(draw(summary, name)) > 1000
