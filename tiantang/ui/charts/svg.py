"""Charts as SVG, drawn by the same ECharts that draws them in the browser, in an embedded V8."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from threading import Lock

from py_mini_racer import MiniRacer

import tiantang.ui
from tiantang.common.errors import TiantangError
from tiantang.ui.charts.model import Chart
from tiantang.ui.charts.option import echarts_option

BUNDLE = Path(tiantang.ui.__file__).parent / "dist" / "echarts.min.js"

_DRAW = """
function draw(option, width, height) {
  const chart = echarts.init(null, null, {renderer: "svg", ssr: true, width, height});
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
"""

# What serves only the pointer: a style sheet (which a page's policy would refuse), classes, marks of parts.
_HOVER = re.compile(
    r"<style.*?</style>|<!\[CDATA\[.*?\]\]>| class=\"[^\"]*\"| ecmeta_[a-z_]+=\"[^\"]*\"", re.DOTALL
)
# Running numbers in ids differ with each drawing; the same chart is to give the same text.
_NUMBERED = re.compile(r"zr\d+-")


class _Engine:
    """One warm V8 with ECharts loaded; one chart at a time."""

    def __init__(self) -> None:
        if not BUNDLE.exists():
            raise TiantangError(f"The front-end build is missing ({BUNDLE}): run bin/setup.")
        self.process = os.getpid()
        self._lock = Lock()
        self._racer = MiniRacer()
        self._racer.eval(BUNDLE.read_text(encoding="utf-8"))
        self._racer.eval(_DRAW)

    def draw(self, option: str, width: int, height: int) -> str:
        with self._lock:
            return str(self._racer.eval(f"draw({option}, {width}, {height})"))


_engine: _Engine | None = None
_making = Lock()


def _warm_engine() -> _Engine:
    """This process's engine; a forked child makes its own, for threads do not survive a fork."""
    global _engine
    with _making:
        if _engine is None or _engine.process != os.getpid():
            _engine = _Engine()
        return _engine


def render_svg(chart: Chart, width: int, height: int, theme: str = "light", scale: float = 1.0) -> str:
    """The chart as an SVG document of ``width`` by ``height`` pixels on a clear ground.

    Raises TiantangError when the front-end build is missing.
    """
    option = json.dumps(echarts_option(chart, theme, scale, height), ensure_ascii=True)
    drawing = _warm_engine().draw(option, width, height)
    mark = hashlib.sha256(f"{option}{width}x{height}".encode()).hexdigest()[:8]
    return _NUMBERED.sub(f"c{mark}-", _HOVER.sub("", drawing))
