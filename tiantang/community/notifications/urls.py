"""Addresses of notifications."""

from __future__ import annotations

from django.urls import URLPattern, path

from tiantang.community.notifications import views

app_name = "notifications"
urlpatterns: list[URLPattern] = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read_all"),
    path("inbox/<int:letter_id>/", views.open_letter, name="open"),
]
