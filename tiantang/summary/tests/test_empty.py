"""A community in which nothing has happened yet."""

from __future__ import annotations

import pytest

from tiantang.metrics.periods import parse_period
from tiantang.summary.builder import Edition, build_summary
from tiantang.summary.renderers.formats import draw

pytestmark = pytest.mark.django_db(databases=["default", "visits"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_empty_community_still_gets_an_honest_report(may, language):
    summary = build_summary(parse_period("2026-04"), language, Edition())
    assert [chapter.number for chapter in summary.chapters] == [1, 2, 3, 4, 5, 6]
    assert len(summary.chapters[1].missing) >= 2
    for name in ("md", "pptx", "pdf", "html"):
        assert len(draw(summary, name)) > 1000
