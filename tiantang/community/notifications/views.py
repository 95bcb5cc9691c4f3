"""A member's inbox."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tiantang.common.navigation import for_visits
from tiantang.community.members.models import Member
from tiantang.community.notifications import actions
from tiantang.community.notifications.models import Notification
from tiantang.community.notifications.withheld import withhold

PER_PAGE = 30


@require_GET
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What others did with what this member wrote; ``?filter=unread`` leaves out the rest."""
    letters = Notification.objects.inbox_of(cast(Member, request.user).pk)
    chosen = "unread" if request.GET.get("filter") == "unread" else "all"
    if chosen == "unread":
        letters = letters.unread()
    page = Paginator(letters, PER_PAGE).get_page(request.GET.get("page"))
    withhold(list(page))
    return render(request, "notifications/inbox.html", {"page": page, "chosen": chosen})


@require_GET
@for_visits
@login_required
def open_letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Mark one letter read and go where it points."""
    letter = get_object_or_404(Notification, pk=letter_id, recipient=cast(Member, request.user))
    actions.mark_read(notification=letter)
    inside = url_has_allowed_host_and_scheme(letter.address, allowed_hosts=None)
    return redirect(letter.address if inside else "notifications:inbox")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Empty the bell."""
    actions.mark_all_read(member=cast(Member, request.user))
    return redirect("notifications:inbox")
