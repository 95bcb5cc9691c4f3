from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pytest

from tiantang.common.errors import TiantangError
from tiantang.ui.charts import svg
from tiantang.ui.charts.palette import colours
from tiantang.ui.charts.svg import render_svg
from tiantang.ui.charts.tests.gallery import activity, gallery

pytestmark = pytest.mark.skipif(not svg.BUNDLE.exists(), reason="front end is not built")


def texts(drawing: str) -> str:
    return " ".join(ElementTree.fromstring(drawing).itertext())


def test_drawing_carries_names_labels_and_categories() -> None:
    said = texts(render_svg(activity(), 640, 280))
    for word in ("本期", "前期", "目标", "未满一天", "提名夜 +22%", "11/1", "4,000"):
        assert word in said


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_draws_in_both_themes_and_languages(theme: str, language: str) -> None:
    for chart in gallery(language):
        drawing = render_svg(chart, 520, 260, theme)
        root = ElementTree.fromstring(drawing)
        assert (root.get("width"), root.get("height")) == ("520", "260")
        assert colours(theme)["c1"] in drawing or colours(theme)["seq1"] in drawing


def test_every_bar_and_its_figure_is_there() -> None:
    said = texts(render_svg(gallery()[3], 520, 200))
    for word in ("45 帖", "9 帖", "0 帖", "掌机茶馆", "<b>硬件</b>"):
        assert word in said


def test_same_chart_gives_the_same_drawing() -> None:
    first = render_svg(activity(), 640, 280)
    assert render_svg(gallery()[1], 300, 200) != first
    assert render_svg(activity(), 640, 280) == first


def test_drawing_brings_no_style_or_script_of_its_own() -> None:
    for chart in gallery():
        drawing = render_svg(chart, 400, 220)
        assert "<style" not in drawing
        assert "<script" not in drawing
        assert "class=" not in drawing


def test_threads_share_the_engine() -> None:
    charts = gallery() * 3
    with ThreadPoolExecutor(4) as threads:
        drawings = list(threads.map(lambda chart: render_svg(chart, 400, 220), charts))
    assert drawings == [render_svg(chart, 400, 220) for chart in charts]


def test_missing_build_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(svg, "BUNDLE", tmp_path / "echarts.min.js")
    monkeypatch.setattr(svg, "_engine", None)
    with pytest.raises(TiantangError, match="bin/setup"):
        render_svg(activity(), 100, 100)
