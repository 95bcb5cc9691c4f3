"""The one address of events: where browsers tell that a page was seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tiantang.events.bots import Drop
from tiantang.events.ingest import Refused, take_in
from tiantang.events.visitor import remember_visitor

ANSWERS = {
    Drop.FOREIGN: 403,
    Drop.OVERSIZE: 413,
    Drop.MALFORMED: 400,
    Drop.TOO_FAST: 429,
    Drop.CROWD: 429,
    Drop.OVERLOAD: 503,
}
"""Programs get the answer of a success, so that they do not learn to look different."""
RETRY_AFTER_S = {Drop.TOO_FAST: 60, Drop.CROWD: 60, Drop.OVERLOAD: 5}


@csrf_exempt
@require_POST
def visits(request: HttpRequest) -> HttpResponse:
    """Take in what our script tells, and give a new browser its number.

    Exempt from the CSRF token, which pages from the cache cannot carry; the sending page is checked instead.
    """
    try:
        new = take_in(request)
    except Refused as refusal:
        return _refusal(refusal)
    response = HttpResponse(status=204)
    if new:
        remember_visitor(response, new)
    return response


def _refusal(refusal: Refused) -> HttpResponse:
    response = HttpResponse(status=ANSWERS.get(refusal.reason, 204))
    if refusal.reason in RETRY_AFTER_S:
        response["Retry-After"] = str(RETRY_AFTER_S[refusal.reason])
    return response
