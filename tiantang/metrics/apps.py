"""Metrics: what the events measure."""

from __future__ import annotations

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "tiantang.metrics"
    label = "metrics"
