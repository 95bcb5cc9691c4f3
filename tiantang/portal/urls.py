"""Addresses of portal."""

from __future__ import annotations

from django.urls import URLPattern, path

from tiantang.portal import views

app_name = "portal"
urlpatterns: list[URLPattern] = [path("", views.home, name="home")]
