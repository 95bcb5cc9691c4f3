"""What every request passes: its name in the log, and who may keep its answer."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from tiantang.config.page_cache import KEEP, KEPT_VIEWS

VIEW = "tiantang.view"
"""Key in the request's environ that holds the name of the view that answered."""

Answer = Callable[[HttpRequest], HttpResponse]


def mark_answer(get_response: Answer) -> Answer:
    """Tell the layers in front of Django which view answered and whether the page is everybody's."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if match is not None:
            request.META[VIEW] = match.view_name
            request.META[KEEP] = match.view_name in KEPT_VIEWS and not _is_personal(request)
        if not response.has_header("Cache-Control"):  # files say themselves how long they hold
            response["Cache-Control"] = _cache_rule(request, match.view_name if match else "")
        return response

    return answer


def _cache_rule(request: HttpRequest, view: str) -> str:
    """Nothing is kept by anybody on the way. What a member is shown is not stored by the browser either.

    Except the pages one reads (``KEPT_VIEWS``): going back to a long topic has to find the place again, which
    browsers do only with pages they may store, and what stands there is what everybody reads.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES and view not in KEPT_VIEWS:
        return "private, no-store"
    return "private, no-cache"


def _is_personal(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def no_null(get_response: Answer) -> Answer:
    """An address with a NUL leads nowhere: PostgreSQL has no such text and would fail when asked for it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404("NUL in the address")
        return get_response(request)

    return answer


def one_policy(get_response: Answer) -> Answer:
    """The policies of the settings on every answer, written once and not for each: content, and HTTPS only.

    Django's own middleware speaks of HTTPS only when the request came by it; behind a proxy it does not.
    """
    policy = build_policy()

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, policy)
        if settings.HTTPS_ONLY:
            response.headers.setdefault("Strict-Transport-Security", settings.HTTPS_ONLY)
        return response

    return answer
