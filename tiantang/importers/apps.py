"""Importers: a running community arrives."""

from __future__ import annotations

from django.apps import AppConfig


class ImportersConfig(AppConfig):
    name = "tiantang.importers"
    label = "importers"
