"""Addresses that serve the interface itself: language and theme choice."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "ui"
urlpatterns: list[URLPattern | URLResolver] = []
