"""Addresses that serve the interface itself: language and theme choice."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, path, re_path

from tiantang.ui import choices, views

app_name = "ui"
_codes = "|".join(code for code, _name in settings.LANGUAGES)
_themes = "|".join(choices.THEMES)
urlpatterns: list[URLPattern | URLResolver] = [
    re_path(rf"^language/(?P<code>{_codes})$", choices.choose_language, name="language"),
    re_path(rf"^theme/(?P<theme>{_themes})$", choices.choose_theme, name="theme"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
]
