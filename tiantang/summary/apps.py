"""Summary: the periodic work summary."""

from __future__ import annotations

from django.apps import AppConfig


class SummaryConfig(AppConfig):
    name = "tiantang.summary"
    label = "summary"
