"""Dashboards: the console pages that watch metrics."""

from __future__ import annotations

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "tiantang.dashboards"
    label = "dashboards"
