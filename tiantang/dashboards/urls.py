"""Addresses of the console's figures."""

from __future__ import annotations

from django.urls import path, register_converter

from tiantang.dashboards.sheets import FORMATS
from tiantang.dashboards.views import dictionary, exports, figures, home, metrics


class SheetFormat:
    """The ending of an exported table."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SheetFormat, "sheet")

app_name = "dashboards"
urlpatterns = [
    path("console/", home.home, name="home"),
    path("console/duty/<slug:key>/", home.duty, name="duty"),
    path("console/data/", metrics.metrics, name="metrics"),
    path("console/data/all.xlsx", exports.workbook, name="workbook"),
    path("console/data/metrics/", dictionary.dictionary, name="dictionary"),
    path("console/data/panels/<slug:key>/", metrics.panel, name="panel"),
    path("console/data/panels/<slug:key>.<sheet:ending>", exports.panel_sheet, name="panel_sheet"),
    path("console/data/figures/<slug:metric>/", figures.figure, name="figure"),
    path("console/data/figures/<slug:metric>/series.<sheet:ending>", exports.series, name="series"),
    path("console/data/figures/<slug:metric>/rows.<sheet:ending>", exports.rows, name="rows"),
]
