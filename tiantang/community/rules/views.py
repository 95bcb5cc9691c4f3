"""The rules page."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from tiantang.community.members.models import Member
from tiantang.community.rules.actions import accept_rules, has_accepted
from tiantang.community.rules.models import RulesVersion
from tiantang.events.visitor import client_of, visitor_of


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The version that holds now; a member who has not accepted it yet can do so below."""
    version = RulesVersion.objects.current()
    if version is None:
        raise Http404
    member = request.user if isinstance(request.user, Member) else None
    context = {
        "version": version,
        "text": version.html(request.LANGUAGE_CODE),
        "asked": member is not None and not has_accepted(member, version),
    }
    return render(request, "rules/rules.html", context)


@require_POST
@login_required
def accept(request: HttpRequest) -> HttpResponse:
    """The member accepts the current version."""
    version = RulesVersion.objects.current()
    if version is None:
        raise Http404
    member = cast(Member, request.user)
    accept_rules(member=member, version=version, visitor=visitor_of(request), client=client_of(request))
    messages.success(request, pgettext("rules", "Thank you. Have a good time here."))
    return redirect("rules:rules")
