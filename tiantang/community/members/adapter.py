"""How accounts are made and recognised (django-allauth's seam)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tiantang.community.members.actions.join import sign_in
from tiantang.community.members.actions.naming import free_handle
from tiantang.community.members.models import Member
from tiantang.events.visitor import client_of, visitor_of
from tiantang.ui.choices import remember_language, remember_theme

SAID: dict[str, str | Promise] = {
    "password_changed": pgettext_lazy("account message", "Your new password is set."),
    "password_set": pgettext_lazy("account message", "Your password is set."),
    "email_confirmation_sent": pgettext_lazy("account message", "We sent a link to confirm this address."),
    "email_confirmed": pgettext_lazy("account message", "This address is confirmed."),
    "email_deleted": pgettext_lazy("account message", "This address is removed."),
    "cannot_delete_primary_email": pgettext_lazy(
        "account message", "This is the address we write to. Choose another one first."
    ),
    "primary_email_set": pgettext_lazy("account message", "From now on we write to this address."),
    "unverified_primary_email": pgettext_lazy("account message", "Confirm this address first."),
    "totp_activated": pgettext_lazy(
        "account message", "Two-step sign-in is on. Keep the recovery codes safe."
    ),
    "totp_deactivated": pgettext_lazy("account message", "Two-step sign-in is off."),
    "recovery_codes_generated": pgettext_lazy(
        "account message", "New recovery codes. The old ones are void."
    ),
}
"""What allauth's own messages say here; those not listed (“signed in as …”) say nothing new."""


class AccountAdapter(DefaultAccountAdapter):
    """Tiantang's choices where allauth offers one."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """A handle that may be had: allowed signs, not reserved, taken by nobody and like nobody's."""
        return free_handle(username)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """An installation without a way to send letters sends none."""
        if settings.ENVIRONMENT.email_url:
            super().send_mail(template_prefix, email, context)

    def post_login(self, request: HttpRequest, user: Member, **kwargs: Any) -> HttpResponse:
        """Record the sign-in, and bring language and theme along to this browser."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not kwargs.get("signup"):
            sign_in(member=user, visitor=visitor_of(request), client=client_of(request))
        if user.language:
            remember_language(response, user.language)
        if user.theme:
            remember_theme(response, user.theme)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words."""
        key = (message_template or "").rsplit("/", 1)[-1].removesuffix(".txt")
        text = message or SAID.get(key)
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)
