"""What every page knows."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from markupsafe import Markup

from tiantang.ui.choices import theme_of
from tiantang.ui.jinja import parts_in

HTML_LANGUAGES = {"zh-hans": "zh-CN", "en": "en"}


class FormToken:
    """The token forms are sent with, made once however many forms a page has.

    Made only when a page shows it: making it sets a cookie.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        return self.text

    @cached_property
    def text(self) -> str:
        return get_token(self.request)


class FormTokenInput:
    """The hidden field with the token."""

    def __init__(self, token: FormToken) -> None:
        self.token = token

    def __html__(self) -> str:
        return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(self.token)


def page(request: HttpRequest) -> dict[str, Any]:
    """What the layouts show: site, language, theme, components, the token of forms."""
    token = FormToken(request)
    return {
        "site_name": settings.SITE_NAME,
        "language": request.LANGUAGE_CODE,
        "html_language": HTML_LANGUAGES.get(request.LANGUAGE_CODE, request.LANGUAGE_CODE),
        "theme": theme_of(request),
        "parts": parts_in(request.LANGUAGE_CODE),
        "csrf_token": token,
        "csrf_input": FormTokenInput(token),
    }
