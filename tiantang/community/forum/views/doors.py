"""What every door that changes something has in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import pgettext

from tiantang.community.forum.refusals import NotAllowed, Refused
from tiantang.community.members.models import Member

View = Callable[..., HttpResponse]
UNPROCESSABLE = 422
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
    """A door for members with a form of its own: GET shows it, POST sends it; the view shows refusals."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.reason) from refusal

    return door


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
