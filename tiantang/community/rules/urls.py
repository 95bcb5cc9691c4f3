"""Addresses of rules."""

from __future__ import annotations

from django.urls import URLPattern, path

from tiantang.community.rules import views

app_name = "rules"
urlpatterns: list[URLPattern] = [
    path("rules/", views.rules, name="rules"),
    path("rules/accept/", views.accept, name="accept"),
]
