"""The operator's pages: the team, one person of it, and what changed."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from tiantang.community.members.access import is_operator, needs_two_steps, operators_only, roles_in_gift_of
from tiantang.community.members.actions.roles import RoleNotAllowed, RoleRefused, end_role, grant_role
from tiantang.community.members.forms import EndRoleForm, GrantRoleForm
from tiantang.community.members.models import Member, Role, RoleGrant
from tiantang.community.members.team import changes_of, people_with_history, seats, with_two_steps

MOST_FOUND = 8
RECENT = 5
ON_A_PAGE = 30
UNPROCESSABLE = 422


@require_GET
@operators_only()
def team(request: HttpRequest) -> HttpResponse:
    """Who holds which duty; ``?q=`` looks for a member to give one to."""
    context = {
        "seats": seats(),
        "recent": changes_of(RoleGrant.objects.changes()[:RECENT]),
        "gift": roles_in_gift_of(request.user),
        "must_have_two_steps": needs_two_steps(),
        **_search(request),
    }
    return render(request, "members/team.html", context)


@require_GET
@operators_only()
def find(request: HttpRequest) -> HttpResponse:
    """The members whose name holds what was typed so far, for the script."""
    return render(request, "members/_found.html", _search(request))


def _search(request: HttpRequest) -> dict[str, object]:
    asked = request.GET.get("q", "").strip()[:60]
    found = list(Member.objects.found_by(asked)[: MOST_FOUND + 1])
    held = RoleGrant.objects.worn_by(member.pk for member in found)
    rows = [(member, held.get(member.pk, "")) for member in found[:MOST_FOUND]]
    return {"asked": asked, "found": rows, "more": len(found) > MOST_FOUND}


@require_GET
@operators_only()
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """One person: what they hold, what may be given to them, what changed."""
    return _person(request, _member(handle))


@require_POST
@operators_only()
def grant(request: HttpRequest, handle: str) -> HttpResponse:
    """Give a role."""
    member, user = _member(handle), cast(Member, request.user)
    form = GrantRoleForm(_may_be_given(user, member), request.POST)
    if form.is_valid():
        try:
            given = grant_role(member=member, granted_by=user, **form.cleaned_data)
        except RoleNotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except RoleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = pgettext("team", "%(name)s now holds: %(role)s")
            messages.success(request, said % {"name": member.shown_name, "role": given.get_role_display()})
            return redirect("members:team_person", member.handle)
    return _person(request, member, grant_form=form)


@require_POST
@operators_only()
def end(request: HttpRequest, handle: str) -> HttpResponse:
    """Take a role back; who gives up their own last duty is led out of the console."""
    member, user = _member(handle), cast(Member, request.user)
    form = EndRoleForm(request.POST)
    if form.is_valid():
        try:
            ended = end_role(member=member, ended_by=user, **form.cleaned_data)
        except RoleNotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except RoleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = pgettext("team", "%(name)s no longer holds: %(role)s")
            messages.success(request, said % {"name": member.shown_name, "role": ended.get_role_display()})
            stays = is_operator(Member.objects.get(pk=user.pk))
            return redirect("members:team_person" if stays else "members:profile", member.handle)
    return _person(request, member, end_form=form)


@require_GET
@operators_only()
def history(request: HttpRequest) -> HttpResponse:
    """Every change of a role, the latest first; ``?person=`` shows one person's."""
    people = people_with_history()
    chosen = people.filter(handle__iexact=request.GET.get("person", "")).first()
    grants = RoleGrant.objects.filter(member=chosen) if chosen else RoleGrant.objects.all()
    page = Paginator(grants.changes(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "changes": changes_of(page.object_list), "people": people, "chosen": chosen}
    return render(request, "members/team_history.html", context)


def _member(handle: str) -> Member:
    return get_object_or_404(Member.objects.people().filter(is_active=True), handle__iexact=handle)


def _may_be_given(user: Member, member: Member) -> list[Role]:
    """The roles this person may give and that one does not hold yet."""
    return [Role(role) for role in roles_in_gift_of(user) if role not in member.role_names]


def _person(
    request: HttpRequest,
    member: Member,
    *,
    grant_form: GrantRoleForm | None = None,
    end_form: EndRoleForm | None = None,
) -> HttpResponse:
    user = cast(Member, request.user)
    offered = _may_be_given(user, member)
    context = {
        "member": member,
        "two_steps": member.pk in with_two_steps([member.pk]),
        "must_have_two_steps": needs_two_steps(),
        "held": list(member.roles.of_team()),
        "gift": roles_in_gift_of(user),
        "offered": offered,
        "grant_form": grant_form or GrantRoleForm(offered),
        "end_form": end_form,
        "changes": changes_of(member.roles.changes()[:ON_A_PAGE]),
    }
    refused = bool(grant_form or end_form)
    return render(request, "members/team_person.html", context, status=UNPROCESSABLE if refused else 200)
