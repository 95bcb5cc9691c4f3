"""Summary: the periodic work summary."""

from __future__ import annotations

from django.apps import AppConfig


class SummaryConfig(AppConfig):
    name = "tiantang.summary"
    label = "summary"

    def ready(self) -> None:
        """Tell the console about the newest summary."""
        from tiantang.dashboards.lent import lend
        from tiantang.summary.news import latest_summary

        lend("latest_summary", latest_summary)
