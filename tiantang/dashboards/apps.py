"""Dashboards: the console pages that watch metrics."""

from __future__ import annotations

from django.apps import AppConfig

from tiantang.ui.jinja import provide


class DashboardsConfig(AppConfig):
    name = "tiantang.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        """Lend the duties to the console's navigation."""
        from tiantang.dashboards.desks.places import duty_places

        provide("duty_places", duty_places)
