"""Addresses of members."""

from __future__ import annotations

from django.urls import URLPattern, path

from tiantang.community.members import views

app_name = "members"
urlpatterns: list[URLPattern] = [
    path("m/<str:handle>/", views.profile, name="profile"),
    path("settings/", views.settings_page, name="settings"),
    path("settings/avatar/", views.avatar, name="avatar"),
]
