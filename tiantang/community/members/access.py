"""Who may: duties of the team, and the doors of the console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.community.members.models import Member, Role

User = Member | AnonymousUser | AbstractBaseUser
View = Callable[..., HttpResponseBase]
SEEN_EVERY = timedelta(minutes=15)


def id_of(reader: User | None) -> int:
    """The reader's number for reads that mark what is theirs; 0, which nobody has, when not signed in."""
    return (reader.pk or 0) if reader is not None else 0


def is_operator(user: User) -> bool:
    """Whether this is somebody of the operations team."""
    return isinstance(user, Member) and user.is_active and user.is_operator


def is_moderator(user: User) -> bool:
    """Whether this person may decide on reports: the team and volunteer moderators."""
    return isinstance(user, Member) and user.is_active and user.is_moderator


def has_duty(user: User, *roles: str) -> bool:
    """Whether the person holds one of these roles; the community lead holds every duty."""
    return isinstance(user, Member) and bool(user.role_names & {*roles, Role.LEAD.value})


def may_see_team(user: User) -> bool:
    """The team sees who holds which duty, and what changed."""
    return is_operator(user)


def roles_in_gift_of(user: User) -> tuple[str, ...]:
    """The roles this person may give and take back: the lead all, member operators moderators."""
    if not isinstance(user, Member) or not user.is_active:
        return ()
    if Role.LEAD.value in user.role_names:
        return tuple(Role.values)
    return (Role.MODERATOR.value,) if Role.MEMBERS.value in user.role_names else ()


def may_make_password_link(user: User, member: Member) -> bool:
    """Who gives roles may help people back in, but nobody whose roles are not theirs to give.

    Not themselves: an open session alone sets no new password, settings ask for the old one.
    """
    gift = roles_in_gift_of(user)
    return bool(gift) and user.pk != member.pk and member.role_names <= frozenset(gift)


def may_edit_profile(user: User, member: Member) -> bool:
    """One's own, while the account exists."""
    return isinstance(user, Member) and user.pk == member.pk and member.forgotten_at is None


def needs_two_steps() -> bool:
    """Whether operators must sign in in two steps: everywhere but on an embedded installation.

    ``TIANTANG_STRICT`` decides when Django's settings carry it as ``OPERATORS_NEED_TWO_STEPS``.
    """
    return bool(getattr(settings, "OPERATORS_NEED_TWO_STEPS", not settings.ENVIRONMENT.embedded))


def operators_only(*duties: str) -> Callable[[View], View]:
    """Open a console view to operators, or to those with one of the duties (and the lead).

    Anonymous people are led to sign-in and back, others get the 403 page; where two steps are required,
    operators without them are led to set them up.
    """

    def allowed(member: Member) -> bool:
        return has_duty(member, *duties) if duties else is_operator(member)

    return _door(allowed)


def moderators_only(view: View) -> View:
    """Open a view to the team and to volunteer moderators; else as ``operators_only``."""
    return _door(is_moderator)(view)


def _door(allowed: Callable[[Member], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            member = request.user
            if not allowed(member):
                raise PermissionDenied
            if needs_two_steps() and not is_mfa_enabled(member):
                return _to_two_steps(request)
            note_presence(member)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def note_presence(member: Member) -> None:
    """Remember that somebody of the team is here; one write in a quarter of an hour at most."""
    now = timezone.now()
    if member.last_seen_at is None or now - member.last_seen_at > SEEN_EVERY:
        member.last_seen_at = now
        Member.objects.filter(pk=member.pk).update(last_seen_at=now)


def _to_two_steps(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request, pgettext("console", "The console opens after you have set up two-step sign-in here.")
    )
    return redirect("mfa_index")
