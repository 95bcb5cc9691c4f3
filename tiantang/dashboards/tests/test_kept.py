"""Panels and cards are kept as long as their figures stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from tiantang.community.forum.models import Board, Topic
from tiantang.community.forum.tests.factory import make_topic
from tiantang.dashboards.cards import cards
from tiantang.dashboards.filters import read_filters
from tiantang.dashboards.panels import build_panel
from tiantang.dashboards.tests.community import Community
from tiantang.events.history import write_history
from tiantang.metrics import clock, kpi
from tiantang.metrics.models import Target
from tiantang.metrics.raw import day_us
from tiantang.metrics.rollup import catch_up


def test_a_panel_is_made_once_for_the_same_question(
    community: Community, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    first = build_panel("activity", read_filters({}))
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert build_panel("activity", read_filters({})) == first


def test_cards_are_made_once_for_the_same_question(
    community: Community, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    first = cards(read_filters({}))
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert cards(read_filters({})) == first


def test_another_language_is_another_panel(community: Community) -> None:
    with translation.override("en"):
        english = build_panel("activity", read_filters({})).title
    with translation.override("zh-hans"):
        assert build_panel("activity", read_filters({})).title != english


def test_new_figures_make_a_new_panel_and_none_leave_it(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)  # with the next hour figures are counted again
    catch_up()
    before, version = build_panel("activity", read_filters({})), kpi.version()
    catch_up()
    assert kpi.version() == version
    moment = day_us(community.last - timedelta(days=3)) + 1
    write_history("late", {"ts_us": [moment], "event": [11], "subject": [9_999], "actor_class": [1]})
    catch_up()
    assert kpi.version() != version
    assert build_panel("activity", read_filters({})).sheet != before.sheet


def test_a_renamed_board_has_its_new_name_at_once(community: Community) -> None:
    build_panel("boards", read_filters({}))
    Board.objects.filter(slug="tea").update(name="茶水间", name_en="Tea room")
    lines = build_panel("boards", read_filters({})).content["lines"]
    assert {"茶水间"} <= {line.board.name for line in lines if line.board}


def test_a_new_target_is_drawn_at_once(community: Community) -> None:
    filters = read_filters({})
    before = build_panel("activity", filters)
    Target.objects.create(metric="dau", start=filters.period.start, end=filters.period.end, value=123.0)
    assert build_panel("activity", filters).sheet != before.sheet


def test_targets_that_change_places_are_drawn_at_once(community: Community) -> None:
    filters = read_filters({})
    span = {"start": filters.period.start, "end": filters.period.end}
    first = Target.objects.create(metric="dau", value=100.0, **span)
    other = Target.objects.create(metric="posts", value=200.0, **span)
    before = cards(filters)
    for target, value in ((first, 200.0), (other, 100.0)):
        target.value = value
        target.save()
    assert [card.target for card in cards(filters)] != [card.target for card in before]


def test_a_topic_removed_or_renamed_is_so_in_its_panel_at_once(community: Community) -> None:
    topic = make_topic("写错的标题", pk=1000 + 65 * 10, board=community.tea)
    filters = read_filters({})
    assert [one.topic.title for one in build_panel("topics", filters).content] == ["写错的标题"]
    Topic.objects.filter(pk=topic.pk).update(title="改好的标题")
    assert [one.topic.title for one in build_panel("topics", filters).content] == ["改好的标题"]
    Topic.objects.filter(pk=topic.pk).update(removed_at=topic.created_at)
    assert build_panel("topics", filters).empty
