"""What every door that changes something has in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import pgettext

from tiantang.community.forum.refusals import NotAllowed, Refused
from tiantang.community.members.models import Member

View = Callable[..., HttpResponse]
FORBIDDEN, GONE, UNPROCESSABLE = 403, 404, 422
UNDO = '<button form="acts" formaction="{}" name="{}" value="{}" class="btn small">{}</button>'


def acting(view: View) -> View:
    """A door for one act: POST, by a signed-in member.

    A refusal becomes a message on the page the person came from, or a toast for a script; NotAllowed
    becomes the 403 page; anonymous people are led to sign-in and back.
    """

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.is_authenticated:
            return redirect_to_login(came_from(request))
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.reason) from refusal
        except Refused as refusal:
            return _refused(request, refusal)

    return door


def writing(view: View) -> View:
    """A door for members with a form of its own: GET shows it, POST sends it; the view shows refusals.

    Where the door shut while somebody wrote (removed, closed, signed out), the page hands the words back.
    """

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            reason = pgettext(
                "handed back", "You were signed out meanwhile. Copy it, sign in and send it again."
            )
            return _handed_back(request, FORBIDDEN, reason) or redirect_to_login(request.get_full_path())
        try:
            return view(request, *args, **kwargs)
        except Http404:
            reason = pgettext("handed back", "What you were answering or changing was removed meanwhile.")
            if (page := _handed_back(request, GONE, reason)) is None:
                raise
            return page
        except NotAllowed as refusal:
            if (page := _handed_back(request, FORBIDDEN, refusal.reason)) is None:
                raise PermissionDenied(refusal.reason) from refusal
            return page

    return door


def _handed_back(request: HttpRequest, status: int, reason: str) -> HttpResponse | None:
    """What was typed, to be copied: its door shut while it was being written. None where nothing was."""
    typed = {name: request.POST.get(name, "").strip() for name in ("title", "source")}
    if not typed["source"]:
        return None
    words = "\n\n".join(filter(None, typed.values()))
    return render(request, "forum/handed_back.html", {"words": words, "reason": reason}, status=status)


def signed_in(request: HttpRequest) -> Member:
    """The member behind an ``acting`` or ``writing`` door."""
    assert isinstance(request.user, Member)  # the doors let nobody else in
    return request.user


def is_script(request: HttpRequest) -> bool:
    """Whether a script asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def came_from(request: HttpRequest, otherwise: str = "/") -> str:
    """The page of this site the request was sent from."""
    page = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if page and allowed else otherwise


def offer_undo(request: HttpRequest, said: str, address: str, name: str, value: str) -> None:
    """Say on the next page what was done, with a button that undoes it by sending ``name`` to ``address``.

    The button belongs to the page's form "acts", which carries the token.
    """
    button = format_html(UNDO, address, name, value, pgettext("toast", "Undo"))
    messages.success(request, format_html("{} {}", said, button))


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if is_script(request):
        toast = format_html('<div class="ticket toast short"><p>{}</p></div>', refusal.reason)
        where = {"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"}
        return HttpResponse(toast, status=UNPROCESSABLE, headers=where)
    messages.error(request, refusal.reason)
    return redirect(came_from(request))
