"""Interface: base templates, components, static sources."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tiantang.ui"
    label = "ui"
