"""Whether a person went to an address, or a page only pulled it in.

A link that changes something may be followed, but not be loaded as a picture, a frame or a script: then
whoever writes a page would act in the name of all who read it. Browsers say which it is (``Sec-Fetch-Dest``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
DESTINATION = "Sec-Fetch-Dest"


def is_pulled_in(request: HttpRequest) -> bool:
    """Whether the browser loads this as a part of a page. Old browsers and programs do not say: no."""
    return request.headers.get(DESTINATION, "document") not in ("document", "empty")


def is_visit(request: HttpRequest) -> bool:
    """Whether a browser shows the answer as a page; what counts visits asks this."""
    return request.headers.get(DESTINATION, "document") == "document"


def for_visits(view: View) -> View:
    """A door that changes something by GET: pulled into a page it answers 204 and changes nothing."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_pulled_in(request):
            return HttpResponse(status=204)
        return view(request, *args, **kwargs)

    return door
