"""Addresses of summary."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "summary"
urlpatterns: list[URLPattern] = []
