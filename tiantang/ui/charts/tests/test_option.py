from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tiantang.ui.charts.axes import axis_start, value_ticks
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole
from tiantang.ui.charts.option import echarts_option
from tiantang.ui.charts.page import drawn
from tiantang.ui.charts.palette import colours
from tiantang.ui.charts.table import chart_table, describe
from tiantang.ui.charts.tests.gallery import activity, gallery


def values_of(line: dict) -> list:
    return [item["value"] if isinstance(item, dict) else item for item in line["data"]]


def by_name(option: dict, name: str) -> dict:
    return next(line for line in option["series"] if line["name"] == name)


@pytest.mark.parametrize("theme", ["light", "dark", "live"])
def test_every_kind_travels_as_json(theme: str) -> None:
    for chart in gallery():
        option = echarts_option(chart, theme)
        assert json.loads(json.dumps(option)) == option
        assert option["animation"] is False


def test_series_keep_the_values_of_the_chart() -> None:
    chart = activity(open_last=False)
    option = echarts_option(chart)
    for series in chart.series:
        if series.role is not SeriesRole.BAND_HIGH:
            assert values_of(by_name(option, series.name)) == list(series.values)


def test_band_is_drawn_as_the_distance_between_its_edges() -> None:
    option = echarts_option(activity())
    low, high = (values_of(line) for line in option["series"] if line["name"] == "常态")
    assert [bottom + height for bottom, height in zip(low, high, strict=True)] == [
        3600.0 + 10 * day for day in range(10)
    ]


def test_unfinished_day_is_a_hollow_point_and_not_a_fall() -> None:
    option = echarts_option(activity(), "light")
    assert values_of(by_name(option, "本期"))[-1] is None
    hollow = next(
        item
        for line in option["series"]
        for item in line["data"]
        if isinstance(item, dict) and item["value"] == 1600.0
    )
    assert hollow["itemStyle"]["color"] == colours("light")["surface"]
    assert hollow["itemStyle"]["borderColor"] == colours("light")["c1"]
    assert hollow["label"]["formatter"] == "未满一天"


def test_ours_is_solid_earlier_dashed_grey_target_dotted() -> None:
    option = echarts_option(activity(), "dark")
    assert "type" not in by_name(option, "本期")["lineStyle"]
    assert by_name(option, "前期")["lineStyle"]["color"] == colours("dark")["ink-3"]
    assert by_name(option, "前期")["lineStyle"]["type"] == [5, 4]
    assert by_name(option, "目标")["lineStyle"]["type"] == [1, 4]


def test_names_at_line_ends_do_not_touch() -> None:
    option = echarts_option(activity(), height=200)
    ticks = value_ticks(activity())
    height = 200 - 26 - 28
    ends = sorted(
        height * (ticks[-1] - item["value"]) / (ticks[-1] - ticks[0]) + item["label"].get("offset", [0, 0])[1]
        for line in option["series"]
        for item in line["data"]
        if isinstance(item, dict) and item.get("label", {}).get("position") == "right"
    )
    assert len(ends) == 4
    assert all(below - above >= 14 for above, below in pairwise(ends))


def test_lone_last_point_keeps_its_dot_and_carries_the_name() -> None:
    chart = Chart(ChartKind.LINE, "", "", ("a", "b", "c"), (Series("x", (None, 3.0, None)),), language="en")
    point = echarts_option(chart)["series"][0]["data"][1]
    assert point["value"] == 3.0
    assert point["symbolSize"] > 1
    assert point["label"]["formatter"] == "x"


def test_live_theme_leaves_colours_as_tokens() -> None:
    text = json.dumps(echarts_option(activity(), "live"))
    assert '"$c1"' in text
    assert colours("light")["c1"] not in text


def test_scale_enlarges_text_and_lines() -> None:
    small, large = (echarts_option(activity(), scale=scale) for scale in (1.0, 2.0))
    assert large["textStyle"]["fontSize"] == 2 * small["textStyle"]["fontSize"]
    assert by_name(large, "本期")["lineStyle"]["width"] == 2 * by_name(small, "本期")["lineStyle"]["width"]


def test_axis_labels_are_written_in_the_language() -> None:
    bars = [gallery(language)[1] for language in ("zh-hans", "en")]
    chinese, english = (echarts_option(chart)["yAxis"][1]["data"] for chart in bars)
    assert chinese == ["0", "1 万", "2 万", "3 万"]
    assert english == ["0", "10k", "20k", "30k"]


def test_bars_start_at_zero_and_a_line_that_does_not_says_where() -> None:
    bars = Chart(ChartKind.BARS, "", "", ("a",), (Series("x", (50.0,)),), from_zero=False, language="en")
    assert value_ticks(bars)[0] == 0
    assert axis_start(bars) == ""
    assert axis_start(activity()) == "1,000"


def test_share_axis_ends_at_hundred_per_cent() -> None:
    chart = Chart(
        ChartKind.LINE, "", "", ("a", "b"), (Series("x", (0.3, 0.99)),), percent=True, language="en"
    )
    assert value_ticks(chart)[-1] == 1.0


def test_funnel_writes_the_share_of_the_step_before() -> None:
    option = echarts_option(gallery("en")[4])
    labels = [item["label"]["formatter"] for item in option["series"][0]["data"]]
    assert labels == ["1,000", "250 · 25%", "50 · 20%", "0 · 0%"]


def test_heatmap_keeps_every_cell_and_leaves_out_unknown_ones() -> None:
    chart = Chart(ChartKind.HEATMAP, "", "", ("w0", "w1"), (Series("r", (1.0, None)),), percent=True)
    cells = echarts_option(chart)["series"][0]["data"]
    assert [cell["value"] for cell in cells] == [[0, 0, 1.0]]
    assert cells[0]["label"]["formatter"] == "100%"


@pytest.mark.parametrize("kind", list(ChartKind))
def test_chart_without_figures_is_still_an_option(kind: ChartKind) -> None:
    nothing = Chart(kind, "t", "", ("a", "b"), (Series("x", (None, None)),), language="en")
    assert json.dumps(echarts_option(nothing))
    assert describe(nothing) == "t"


def test_table_behind_holds_the_same_figures() -> None:
    table = chart_table(activity())
    assert table.head == ("", "常态下限", "常态上限", "前期", "目标", "本期")
    assert (table.names[0], table.names[-1]) == ("11/1", "11/10 · 未满一天")
    assert table.rows[0][-1] == "3,100 人"
    assert table.rows[3][-1] == "—"
    assert [row[-1] for row in table.values] == list(activity().series[-1].values)


def test_table_tells_the_edges_of_a_band_apart_and_what_is_unfinished() -> None:
    low, high = (
        Series("Usual range", (1.0, 2.0), SeriesRole.BAND_LOW),
        Series("Usual range", (3.0, 4.0), SeriesRole.BAND_HIGH),
    )
    days, running = ("a", "b"), {"open_last": True, "open_label": "today so far", "language": "en"}
    table = chart_table(Chart(ChartKind.LINE, "", "", days, (low, high), **running))
    assert table.head == ("", "Usual range, low", "Usual range, high")
    assert table.names == ("a", "b · today so far")


@pytest.mark.parametrize("kind", [ChartKind.LINE, ChartKind.BARS, ChartKind.STACKED])
def test_running_part_is_open_though_others_have_not_begun(kind: ChartKind) -> None:
    parts, values = ("a", "b", "c", "d"), (5.0, 6.0, 2.0, None)
    running = {"open_last": True, "open_label": "still running", "ahead": 1, "language": "en"}
    chart = Chart(kind, "", "", parts, (Series("x", values),), **running)
    drawn = echarts_option(chart)["series"]
    if kind is ChartKind.LINE:
        assert drawn[0]["data"] == [5.0, 6.0, None, None]
        assert (len(drawn[1]["data"]), drawn[1]["data"][2]["value"]) == (3, 2.0)
    else:
        assert "opacity" in drawn[0]["data"][2]["itemStyle"]
    assert chart_table(chart).names == ("a", "b", "c · still running", "d")


def test_nobody_is_minus_twenty_in_a_stack() -> None:
    chart = gallery("en")[2]
    table, option = chart_table(chart), echarts_option(chart)
    assert [row[1] for row in table.values] == [20.0, 10.0, None]
    assert [row[1] for row in table.rows] == ["20", "10", "—"]
    assert option["tiantang"]["rows"][1]["texts"] == ["20", "10", "—"]
    assert not any(label.startswith("-") for label in option["yAxis"][1]["data"])
    assert option["series"][1]["data"][0]["value"] == -20.0


def test_heatmap_table_keeps_its_rows() -> None:
    table = chart_table(gallery()[5])
    assert table.names == ("一", "二", "三")
    assert len(table.head) == 25
    assert table.values[2][23] == 46.0


def test_description_tells_highest_lowest_last() -> None:
    sentence = describe(activity("en"))
    assert "4,300 人 (11/6)" in sentence
    assert "1,600 人 (11/10)" in sentence


def test_page_chart_carries_option_words_and_table() -> None:
    shown = drawn(activity())
    assert json.loads(shown.option)["tiantang"]["rows"][4]["texts"][0] == "3,100 人"
    assert shown.summary == "每天的活跃成员"
    assert shown.start == "1,000"


def test_days_of_a_month_are_named_every_fifth() -> None:
    month = Chart(
        kind=ChartKind.LINE,
        title="",
        summary="",
        categories=tuple(str(day) for day in range(1, 32)),
        series=(Series("now", (1.0,) * 31),),
    )
    assert '"interval": 4' in json.dumps(echarts_option(month))
    week = Chart(
        kind=ChartKind.LINE, title="", summary="", categories=("1", "2"), series=(Series("now", (1.0, 2.0)),)
    )
    assert '"interval": "auto"' in json.dumps(echarts_option(week))
