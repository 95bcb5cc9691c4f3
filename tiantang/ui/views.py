"""Pages for what went wrong, and the two files browsers ask every site for."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request

from tiantang.ui.assets import asset
from tiantang.ui.choices import theme_of
from tiantang.ui.context import HTML_LANGUAGES

log = logging.getLogger(__name__)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed; the exception's text says why when it has one."""
    context = {"reason": str(exception or ""), "framed": _is_framed(request)}
    return render(request, "ui/forbidden.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "ui/not_found.html", {"framed": _is_framed(request)}, status=404)


def _is_framed(request: HttpRequest) -> bool:
    """Whether the site's bar can stand above the page: it needs to know whether somebody is signed in."""
    return hasattr(request, "user")


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: asked under a name that is not the site's, or too much at once; the request may be unreadable."""
    context = _bare(request) | {"wrong_host": isinstance(exception, DisallowedHost)}
    return HttpResponse(render_to_string("ui/unreadable.html", context), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without database, session or request context, for any of them may be what is broken."""
    try:
        return HttpResponse(render_to_string("ui/server_error.html", _bare(request)), status=500)
    except Exception:  # the page for broken pages must not break: plain words then
        log.exception("the error page itself failed")
        text = "服务器出了问题，请稍后再试。 / Something broke on the server. Please try again later."
        return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")


def _bare(request: HttpRequest) -> dict[str, str]:
    """What ``ui/plain.html`` needs, asked of nobody but the request's cookies."""
    language = getattr(request, "LANGUAGE_CODE", None) or get_language_from_request(request)
    return {
        "site_name": settings.SITE_NAME,
        "html_language": HTML_LANGUAGES.get(language, language),
        "theme": theme_of(request),
    }


def too_many(request: HttpRequest) -> HttpResponse:
    """429: the same was asked for too often in a row."""
    response = render(request, "ui/too_many.html", status=429)
    response.headers["Retry-After"] = "60"
    return response


def rejected_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose security token was missing or too old."""
    return render(request, "ui/rejected_form.html", status=403)


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that do not read the page's icon link ask here."""
    return HttpResponsePermanentRedirect(asset("mark.svg"))


def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything public, not the console or account pages."""
    lines = ["User-agent: *", "Disallow: /console/", "Disallow: /accounts/", "Disallow: /language/"]
    return HttpResponse("\n".join([*lines, "Disallow: /theme/", ""]), content_type="text/plain")
