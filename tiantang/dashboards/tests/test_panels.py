from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tiantang.common.time import day_start, microseconds
from tiantang.community.forum.tests.factory import make_topic
from tiantang.dashboards.filters import Filters, read_filters
from tiantang.dashboards.panels import build_panel
from tiantang.dashboards.panels.boards import board_rows
from tiantang.dashboards.panels.participation import concentration, rhythm
from tiantang.dashboards.panels.retention import cell, retention
from tiantang.dashboards.panels.topics import hot_topics
from tiantang.dashboards.panels.unusual import causes_of, unusual, watch
from tiantang.dashboards.tests.community import REPLY, TOPIC, VIEW, Community, _act
from tiantang.events.history import write_history
from tiantang.metrics import clock, query
from tiantang.metrics.rollup import catch_up
from tiantang.ui.charts.model import ChartKind


def finished(community: Community) -> Filters:
    """The last finished four weeks."""
    first = community.last - timedelta(days=27)
    return read_filters({"from": first.isoformat(), "to": community.last.isoformat()})


def write(name: str, rows: list[dict[str, int]]) -> None:
    write_history(name, {column: [row[column] for row in rows] for column in rows[0]})
    catch_up()


def test_boards_say_how_much_is_said_and_answered(community: Community) -> None:
    rows = {row.board.slug: row for row in board_rows(finished(community)) if row.board}
    assert rows["tea"].values["posts"] == 56
    assert rows["souls"].values["posts"] == 28
    assert rows["tea"].values["reply_rate"] == 1.0
    assert rows["souls"].values["reply_rate"] == 0.0
    assert rows["tea"].values["time_to_first_response"] == pytest.approx(60)
    assert rows["tea"].change == 0.0


def test_boards_compare_the_days_that_are_over_as_their_cards_do(community: Community) -> None:
    now = microseconds(day_start(clock.today())) + 1
    more = [_act(now + n, REPLY, 2, object_id=n, topic=1000, board=community.tea.pk) for n in range(1, 9)]
    write("eight replies today", more)
    for period in ("7d", "30d", clock.today().isoformat()):
        filters = read_filters({"period": period})
        row = next(row for row in board_rows(filters) if row.board == community.tea)
        figure = query.figure("posts", filters.period, query.Where(board=community.tea.pk))
        assert row.values["posts"] == figure.value
        assert row.change == figure.change_previous, period


def test_boards_are_sorted_as_asked_and_unknown_columns_are_ignored(community: Community) -> None:
    def order(sort: str) -> list[str]:
        panel = build_panel("boards", finished(community), {"sort": sort})
        return [line.board.slug for line in panel.content["lines"]]

    assert order("posts") == ["tea", "souls"]
    assert order("-posts") == ["souls", "tea"]
    assert order("-reply_rate") == ["souls", "tea"]
    assert order("no-such-column") == ["tea", "souls"]


@pytest.mark.parametrize("key", ["activity", "lifecycle", "answers", "waits", "reports"])
def test_running_part_is_drawn_as_unfinished_also_in_a_period_that_reaches_beyond_today(
    community: Community, key: str
) -> None:
    reaching = {
        "from": (community.last - timedelta(days=27)).isoformat(),
        "to": (community.last + timedelta(days=30)).isoformat(),
    }
    panel = build_panel(key, read_filters(reaching), {})
    table = panel.drawn.table
    unfinished = [place for place, name in enumerate(table.names) if "·" in name]
    parts = [(row[0], row[1]) for row in panel.sheet.rows]
    assert [parts[place][0] <= clock.today() <= parts[place][1] for place in unfinished] == [True]
    ours = [row[-1] for row in table.values[unfinished[0] + 1 :]]
    assert all(value is None for value in ours)


def test_rhythm_counts_in_the_sites_time_zone(community: Community) -> None:
    panel = rhythm(finished(community))
    values = dict(zip(panel.drawn.table.names, panel.drawn.table.values, strict=True))
    assert all(row[20] == 3.0 for row in values.values())  # a day's posts, in each of four weeks
    assert all(sum(row) == 3.0 for row in values.values())


def test_concentration_adds_up(community: Community) -> None:
    panel = concentration(finished(community))
    layers = panel.content["layers"]
    assert sum(layer.width for layer in layers) == pytest.approx(100, abs=0.1)
    assert panel.sheet.rows[0][1] == 3


def test_retention_follows_joining_weeks(community: Community) -> None:
    panel = retention(finished(community), {"unit": "week"})
    assert panel.content.heads[0].endswith("0") or "0" in panel.content.heads[0]
    table = query.retention(finished(community).period, unit="week", steps=7)
    assert [row.size for row in panel.content.rows][-1] == "1"
    assert len(panel.sheet.rows) >= len([c for c in table.cohorts if c.size])


@pytest.mark.parametrize(
    "choice", [{"unit": "century"}, {"unit": "day", "unbounded": "1"}, {"unit": "month"}]
)
def test_retention_takes_any_switch(community: Community, choice: dict[str, str]) -> None:
    assert retention(finished(community), choice).links


def test_retention_cells_are_empty_until_over() -> None:
    assert cell(None, 10).text == ""
    assert cell(0.0, 10).text == "0%"
    assert cell(0.5, 10).title == "5 / 10"
    assert cell(1.0, 10).shade > cell(0.3, 10).shade > cell(0.01, 10).shade


def test_quiet_days_are_as_usual(community: Community) -> None:
    assert all(one.beyond == 0 for one in watch(read_filters({})) if one.metric == "posts")
    assert unusual(read_filters({})).body.endswith("_calm.html")


def test_flood_in_one_board_is_found_and_explained(community: Community) -> None:
    at = microseconds(day_start(community.last)) + 21 * 3_600_000_000
    rows = [
        _act(at + n, TOPIC, 5, object_id=90_000 + n, topic=90_000 + n, board=community.souls.pk)
        for n in range(40)
    ]
    write("flood", rows)
    filters = read_filters({})
    panel = unusual(filters)
    finding = panel.content["finding"]
    assert finding.metric == "posts"
    assert finding.is_high
    causes = causes_of("posts", finding.figure, filters)
    assert causes[0].key == community.souls.pk
    assert causes[0].share == pytest.approx(1.0, abs=0.01)
    assert causes[0].extra == pytest.approx(40, abs=1)
    assert panel.drawn.table.names[0] == "=动作与魂"
    hours = causes_of("posts", finding.figure, read_filters({"board": "souls"}))
    assert hours[0].key == 21


def test_flood_of_visits_is_explained_by_hours(community: Community) -> None:
    at = microseconds(day_start(community.last)) + 3 * 3_600_000_000
    write("crowd", [_act(at + n, VIEW, 5000 + n) for n in range(300)])
    filters = read_filters({"board": "tea"})
    assert "dau" in {one.metric for one in watch(read_filters({})) if one.beyond}
    assert watch(filters)


def test_hot_topics_leave_out_removed_ones(community: Community) -> None:
    topic = make_topic("还在的主题")
    gone = make_topic("删掉的主题", removed_at=topic.created_at)
    at = microseconds(day_start(community.last)) + 22 * 3_600_000_000
    rows = [_act(at + n, 21, 2 + n, object_id=80_000 + n, topic=topic.pk, target=1) for n in range(5)]
    rows += [_act(at + n, 21, 2 + n, object_id=81_000 + n, topic=gone.pk, target=1) for n in range(9)]
    write("talk", rows)
    hot = hot_topics(read_filters({}))
    assert [one.topic.pk for one in hot] == [topic.pk]
    assert hot[0].heat.authors == 5


def test_the_panel_of_topics_shows_their_titles(community: Community, operator: Client) -> None:
    number = 1000 + 65 * 10
    make_topic("دانة 的灯塔", pk=number, board=community.tea)
    page = operator.get("/console/data/panels/topics/").content.decode()
    assert "<bdi>دانة 的灯塔</bdi>" in page


def test_previous_line_and_band_stand_beside_ours(community: Community) -> None:
    from tiantang.dashboards.panels.courses import course

    chart = course("posts", finished(community))
    assert chart.kind is ChartKind.LINE
    roles = [series.role.value for series in chart.series]
    assert roles == ["band_low", "band_high", "previous", "current"]
    assert {len(series.values) for series in chart.series} == {28}
    alone = course("posts", read_filters({"period": finished(community).period.code, "compare": "none"}))
    assert "previous" not in [series.role.value for series in alone.series]
