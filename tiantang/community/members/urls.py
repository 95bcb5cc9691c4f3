"""Addresses of members."""

from __future__ import annotations

from django.urls import URLPattern, path

from tiantang.community.members import console, own_data, views

app_name = "members"
urlpatterns: list[URLPattern] = [
    path("m/<str:handle>/", views.profile, name="profile"),
    path("settings/", views.settings_page, name="settings"),
    path("settings/avatar/", views.avatar, name="avatar"),
    path("settings/data/", own_data.own_data, name="own_data"),
    path("settings/data/export/", own_data.export, name="export"),
    path("settings/data/delete/", own_data.delete, name="delete"),
    path("goodbye/", own_data.gone, name="gone"),
    path("console/team/", console.team, name="team"),
    path("console/team/find/", console.find, name="team_find"),
    path("console/team/history/", console.history, name="team_history"),
    path("console/team/m/<str:handle>/", console.person, name="team_person"),
    path("console/team/m/<str:handle>/grant/", console.grant, name="team_grant"),
    path("console/team/m/<str:handle>/end/", console.end, name="team_end"),
]
