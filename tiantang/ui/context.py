"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tiantang.ui.choices import theme_of

HTML_LANGUAGES = {"zh-hans": "zh-CN", "en": "en"}


def page(request: HttpRequest) -> dict[str, Any]:
    """The site's name, and the language and theme this page is read in."""
    return {
        "site_name": settings.SITE_NAME,
        "language": request.LANGUAGE_CODE,
        "html_language": HTML_LANGUAGES.get(request.LANGUAGE_CODE, request.LANGUAGE_CODE),
        "theme": theme_of(request),
    }
