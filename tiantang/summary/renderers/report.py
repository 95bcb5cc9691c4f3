"""The printed report and the self-contained web page: one template, drawn by a browser or by WeasyPrint."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from markupsafe import Markup

from tiantang.common.errors import TiantangError
from tiantang.summary.document import FigureFacts, Summary, Tile
from tiantang.summary.renderers import palette
from tiantang.ui.charts.model import Chart, ChartKind
from tiantang.ui.charts.svg import render_svg

STYLES = Path(__file__).resolve().parents[1] / "templates" / "summary"
WIDTH, PHONE = 760, 360
"""How wide a chart is drawn, in pixels; a heatmap keeps its width, its cells need it."""
NARROW, NIGHT = " and (max-width: 600px)", " and (prefers-color-scheme: dark)"
SCREENS = ((NARROW + NIGHT, PHONE, "dark"), (NARROW, PHONE, "light"), (NIGHT, WIDTH, "dark"))
"""How a chart is drawn where the wide light picture does not serve; the first that fits is taken."""
FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei")


def render_html(summary: Summary) -> str:
    """A web page that needs nothing but itself."""
    return _render(summary, "page.css")


def render_pdf(summary: Summary) -> bytes:
    """The report on A4 pages. Raises TiantangError when no font with Chinese signs is installed."""
    check_fonts()
    from PIL import ImageFile
    from weasyprint import HTML

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for everybody, uploads included
    written: bytes = HTML(string=_render(summary, "print.css")).write_pdf()
    return written


def check_fonts() -> None:
    """Refuse to print squares instead of Chinese signs. Raises TiantangError."""
    if not has_han_font():
        raise TiantangError(
            "No font with Chinese signs is installed. On Debian: apt install fonts-noto-cjk; then try again."
        )


@lru_cache(maxsize=1)
def has_han_font() -> bool:
    """Whether fontconfig, which draws the PDF's text, knows a font that holds 天 and 堂."""
    import subprocess

    try:
        told = subprocess.run(
            ["fc-list", ":charset=5929 5802", "family"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return True  # no fontconfig tools: let the renderer try
    return bool(told.stdout.strip())


def _render(summary: Summary, sheet: str) -> str:
    styles = "\n".join((STYLES / name).read_text("utf-8") for name in ("report.css", sheet))
    context: dict[str, Any] = {
        "summary": summary,
        "styles": Markup(styles),  # noqa: S704 - our own file
        "picture": picture if sheet == "print.css" else fitting_picture,
        "spark": spark_path,
        "stub": lambda key: stub(summary.figures[key]) if key in summary.figures else "",
        "tag_style": tag_style,
        "chapter_inks": palette.chapter,
        "address": figure_address,
    }
    return render_to_string("summary/report.html", context)


def tag_style(hue: int) -> str:
    """A board's colours by day and by night."""
    day, night = palette.board(hue), palette.board(hue, "dark")
    return f"--day:{day['tint']};--day-ink:{day['ink']};--night:{night['tint']};--night-ink:{night['ink']}"


def picture(chart: Chart) -> Markup:
    """The chart as a picture inside the page."""
    height = _height(chart)
    return Markup('<img class="chart" width="{}" height="{}" alt="{}" src="{}">').format(
        WIDTH, height, chart.summary, _drawn(chart, WIDTH)
    )


def fitting_picture(chart: Chart) -> Markup:
    """The same for screens: also at night, and for phones, where the wide one's type would be tiny."""
    wide = chart.kind is ChartKind.HEATMAP
    sources = [
        Markup('<source media="screen{}" srcset="{}">').format(media, _drawn(chart, width, theme))
        for media, width, theme in SCREENS
        if width == WIDTH or not wide
    ]
    shown = Markup("<picture>{}{}</picture>").format(Markup().join(sources), picture(chart))
    return Markup('<div class="wide">{}</div>').format(shown) if wide else shown


def _drawn(chart: Chart, width: int, theme: str = "light") -> str:
    svg = render_svg(chart, width, _height(chart), theme)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _height(chart: Chart) -> int:
    if chart.kind is ChartKind.HEATMAP:
        return 56 + 26 * len(chart.series)
    if chart.kind in (ChartKind.ROWS, ChartKind.FUNNEL):
        return 24 + 38 * len(chart.categories)
    return 260


def stub(facts: FigureFacts) -> Markup:
    """The figure's serial as a link to its proof on the site."""
    return Markup('<a class="stub" href="{}">{}</a>').format(figure_address(facts), facts.serial)


def spark_path(tile: Tile) -> tuple[str, str] | None:
    """The course as a line and the area under it, in a box of 200 × 40."""
    values = [value for value in tile.spark if value is not None]
    if len(values) < 3:
        return None
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    step = 200 / (len(values) - 1)
    points = [
        f"{place * step:.1f} {36 - (value - low) / span * 30:.1f}" for place, value in enumerate(values)
    ]
    line = "M" + "L".join(points)
    return line, f"{line}L200 40L0 40Z"


def figure_address(facts: FigureFacts) -> str:
    """Where the figure's stub leads on the site."""
    return (
        f"{settings.SITE_URL.rstrip('/')}{reverse('dashboards:figure', args=[facts.metric])}?{facts.address}"
    )
