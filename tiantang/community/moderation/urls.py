"""Addresses of moderation."""

from __future__ import annotations

from django.urls import URLPattern, path

from tiantang.community.moderation import console, views

app_name = "moderation"
urlpatterns: list[URLPattern] = [
    path("report/post/<int:post_id>/", views.report, name="report"),
    path("report/comment/<int:comment_id>/", views.report_comment, name="report_comment"),
    path("console/reports/", console.queue, name="queue"),
    path("console/reports/decide/", console.decide, name="decide"),
    path("console/reports/take-back/", console.take_back, name="take_back"),
]
