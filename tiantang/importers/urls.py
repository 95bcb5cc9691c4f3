"""Addresses of importers."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "importers"
urlpatterns: list[URLPattern] = []
