"""A member's pages about their own data: take it along, delete the account."""

from __future__ import annotations

from typing import cast

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiantang.common.time import today
from tiantang.community.members.actions.forget import LeavingRefused, delete_account
from tiantang.community.members.actions.takeout import export_own_data
from tiantang.community.members.forms import DeleteAccountForm
from tiantang.community.members.models import Member

UNPROCESSABLE = 422


@require_GET
@login_required
def own_data(request: HttpRequest) -> HttpResponse:
    """What may be done with one's own data."""
    return render(request, "members/own_data.html")


@require_POST
@login_required
@never_cache
def export(request: HttpRequest) -> HttpResponseBase:
    """The archive, made on request."""
    member = cast(Member, request.user)
    name = f"{member.handle}-{today()}.zip"
    return FileResponse(export_own_data(member=member), as_attachment=True, filename=name)


@require_http_methods(["GET", "POST"])
@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; with the password the account is gone."""
    member = cast(Member, request.user)
    form = DeleteAccountForm(request, member, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            delete_account(member=member)
        except LeavingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            return redirect("members:gone")
    return render(
        request, "members/delete.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200
    )


@require_GET
def gone(request: HttpRequest) -> HttpResponse:
    """After leaving."""
    return render(request, "members/gone.html")
