"""Targets are the whole community's: a board or a kind of people is never measured against them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tiantang.dashboards.cards import CARDS, card
from tiantang.dashboards.filters import Filters, read_filters
from tiantang.dashboards.panels.courses import course
from tiantang.dashboards.tests.community import Community
from tiantang.dashboards.views.exports import cards_sheet
from tiantang.metrics import query
from tiantang.metrics.models import Target
from tiantang.metrics.periods import period_of
from tiantang.ui.charts.model import SeriesRole

PARTS = [{"board": "tea"}, {"people": "all"}, {"people": "staff"}]


@pytest.fixture
def month(community: Community) -> str:
    """The code of a month with a target for every card."""
    period = period_of(community.last, "month")
    for metric in CARDS:
        Target.objects.create(metric=metric, start=period.start, end=period.end, value=1)
    return period.code


def chosen(month: str, part: dict[str, str]) -> Filters:
    return read_filters({"period": month, **part})


@pytest.mark.parametrize("part", PARTS)
def test_part_of_the_community_has_no_target(month: str, part: dict[str, str]) -> None:
    filters = chosen(month, part)
    assert query.figure("posts", filters.period, filters.where).target is None
    for metric in CARDS:
        shown = card(metric, filters)
        assert (shown.target, shown.completion) == ("—", None), metric
        assert all(line.role is not SeriesRole.TARGET for line in course(metric, filters).series)
    assert {row[6:8] for row in cards_sheet(filters).rows} == {(None, None)}


def test_whole_community_is_measured_against_its_targets(month: str) -> None:
    filters = chosen(month, {})
    assert card("posts", filters).completion is not None
    assert any(row[5] is not None for row in cards_sheet(filters).rows)


def test_page_of_a_part_says_why_no_target_is_shown(operator: Client, month: str) -> None:
    page = reverse("dashboards:metrics")
    said = "目标是为全站定的"
    assert said in operator.get(page, {"period": month, "board": "tea"}).content.decode()
    assert said not in operator.get(page, {"period": month}).content.decode()
