"""Addresses of the console's work summaries."""

from __future__ import annotations

from django.urls import path

from tiantang.summary import views

app_name = "summary"
urlpatterns = [
    path("console/summaries/", views.list_releases, name="list"),
    path("console/summaries/new/", views.new_release, name="new"),
    path("console/summaries/<int:release_id>/", views.show_release, name="release"),
    path("console/summaries/<int:release_id>/refresh/", views.refresh_release, name="refresh"),
    path("console/summaries/<int:release_id>/file.<str:ending>", views.download, name="download"),
]
