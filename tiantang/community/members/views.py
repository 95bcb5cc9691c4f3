"""A member's page and settings."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiantang.community.members.actions.avatar import remove_avatar, set_avatar
from tiantang.community.members.actions.profile import edit_profile
from tiantang.community.members.forms import AvatarForm, ProfileForm
from tiantang.community.members.models import Member
from tiantang.community.members.profile import tabs_for
from tiantang.community.members.shown import first_role
from tiantang.ui.choices import remember_language, remember_theme


@require_GET
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """A member's page; ``?filter=`` chooses the tab."""
    member = get_object_or_404(Member, handle__iexact=handle)
    if member.forgotten_at is not None:
        raise Http404
    if member.handle != handle:
        return redirect("members:profile", member.handle, permanent=True)
    reader = request.user if isinstance(request.user, Member) else None
    tabs = tabs_for(member, reader)
    wanted = request.GET.get("filter")
    tab = next((tab for tab in tabs if tab.key == wanted), tabs[0])
    context = {
        "member": member,
        "role": first_role(member.role_names),
        "badges": list(member.badges.order_by("grade", "-awarded_at")[:12]),
        "tabs": tabs,
        "tab": tab,
        **tab.load(member, reader, _page_number(request)),
    }
    return render(request, "members/profile.html", context)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


@require_http_methods(["GET", "POST"])
@login_required
def settings_page(request: HttpRequest) -> HttpResponse:
    """What a member says about themselves, and how they read."""
    member = cast(Member, request.user)
    form = ProfileForm(request.POST or None, initial=_as_initial(member))
    if request.method == "POST" and _store_profile(form, member):
        messages.success(request, pgettext("settings", "Saved."))
        response = redirect("members:settings")
        remember_language(response, member.language)
        remember_theme(response, member.theme)
        return response
    status = 422 if form.is_bound else 200
    return render(
        request, "members/settings.html", {"form": form, "avatar_form": AvatarForm()}, status=status
    )


def _store_profile(form: ProfileForm, member: Member) -> bool:
    """Whether the form was accepted and stored; else it says what to mend."""
    if not form.is_valid():
        return False
    try:
        edit_profile(member=member, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("name", error)
        return False
    return True


def _as_initial(member: Member) -> dict[str, str]:
    kept = {key: getattr(member, key) for key in ("name", "about", "region", "website")}
    return {
        **kept,
        "language": member.language or settings.LANGUAGE_CODE,
        "theme": member.theme or "auto",
    }


@require_POST
@login_required
def avatar(request: HttpRequest) -> HttpResponse:
    """A new picture, or none (``remove``)."""
    member = cast(Member, request.user)
    if "remove" in request.POST:
        remove_avatar(member=member)
        return redirect("members:settings")
    form = AvatarForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            set_avatar(member=member, upload=form.cleaned_data["picture"])
            messages.success(request, pgettext("settings", "This is you from now on."))
            return redirect("members:settings")
        except ValidationError as error:
            form.add_error("picture", error)
    context = {"form": ProfileForm(initial=_as_initial(member)), "avatar_form": form}
    return render(request, "members/settings.html", context, status=422)
