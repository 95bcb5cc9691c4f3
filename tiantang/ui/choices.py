"""Language and theme: links that remember a choice and lead back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from tiantang.common.navigation import for_visits

THEMES = ("light", "dark", "auto")
THEME_COOKIE = "theme"
REMEMBERED_S = 60 * 60 * 24 * 365


def theme_of(request: HttpRequest) -> str:
    """``light`` or ``dark`` when chosen, else nothing: the reader's system decides."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in ("light", "dark") else ""


def safe_next(request: HttpRequest) -> str:
    """Where ``?next=`` leads, else where the reader comes from; the front page when that is elsewhere."""
    wanted = request.GET.get("next") or request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"


@for_visits
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language and go back."""
    response = HttpResponseRedirect(safe_next(request))
    remember_language(response, code)
    _keep_for_member(request, "language", code)
    return response


@for_visits
def choose_theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Remember the theme and go back."""
    response = HttpResponseRedirect(safe_next(request))
    remember_theme(response, theme)
    _keep_for_member(request, "theme", theme)
    return response


def remember_language(response: HttpResponse, code: str) -> None:
    """Set the cookie that LocaleMiddleware reads."""
    _remember(response, settings.LANGUAGE_COOKIE_NAME, code)


def remember_theme(response: HttpResponse, theme: str) -> None:
    """Set the cookie that ``theme_of`` reads."""
    _remember(response, THEME_COOKIE, theme)


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=REMEMBERED_S,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def _keep_for_member(request: HttpRequest, field: str, value: str) -> None:
    """A member finds the choice again on another device."""
    member: Any = request.user
    if member.is_authenticated and getattr(member, field) != value:
        setattr(member, field, value)
        member.save(update_fields=[field])
