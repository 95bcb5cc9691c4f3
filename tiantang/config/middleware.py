"""What every request passes: its name in the log, and whether its answer may be kept for others."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse

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
        return response

    return answer


def _is_personal(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def one_policy(get_response: Answer) -> Answer:
    """The content security policy of the settings on every answer, written once and not for each."""
    policy = build_policy()

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, policy)
        return response

    return answer
