"""How accounts are made and recognised (django-allauth's seam)."""

from __future__ import annotations

import secrets
from email.utils import formataddr, parseaddr
from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tiantang.common.addresses import crowd_of
from tiantang.community.members.actions.join import sign_in
from tiantang.community.members.actions.naming import free_handle
from tiantang.community.members.letters import reader_of, write_letter
from tiantang.community.members.models import Member
from tiantang.community.members.refusals import ACCOUNT
from tiantang.community.members.tasks import post_letter
from tiantang.events.visitor import client_of, visitor_of
from tiantang.ui.choices import remember_language, remember_theme
from tiantang.ui.context import HTML_LANGUAGES

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


def _are_first_codes(key: str, request: HttpRequest) -> bool:
    """Whether recovery codes were only made along with two-step sign-in, and replace none."""
    return key == "recovery_codes_generated" and request.path == reverse("mfa_activate_totp")


def _letterhead() -> dict[str, str]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "html_language": HTML_LANGUAGES.get(language, language),
    }


class AccountAdapter(DefaultAccountAdapter):
    """Tiantang's choices where allauth offers one."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT}

    def get_client_ip(self, request: HttpRequest) -> str:
        """By what allauth's limits for an address count; a name nobody shares when it is not known."""
        return crowd_of(request) or secrets.token_hex(8)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """A handle that may be had: allowed signs, not reserved, taken by nobody and like nobody's."""
        return free_handle(username)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter in its reader's language; the worker posts it once all rows are written.

        An installation without a way to send letters sends none.
        """
        if not settings.ENVIRONMENT.email_url:
            return
        reader = reader_of(context, email)
        with translation.override((reader.language if reader else "") or translation.get_language()):
            letter = write_letter(template_prefix, context, reader)
            assert letter is not None, template_prefix  # a test walks through all of allauth's
            shown = {"letter": letter, "reader": reader, **_letterhead()}
            text = render_to_string("members/letter.txt", shown).strip() + "\n"
            html = render_to_string("members/letter.html", shown)
        subject = f"{letter.subject} · {settings.SITE_NAME}"
        transaction.on_commit(partial(post_letter, email, self.get_from_email(), subject, text, html))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Member,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell of a change; the letter needs to know to whom."""
        if _are_first_codes(template_prefix.rsplit("/", 1)[-1], self.request):
            return
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def get_from_email(self) -> str:
        """The site by its name, unless the installation names the sender itself."""
        name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        return formataddr((name or settings.SITE_NAME, address))

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
        """Say it in our words; the first recovery codes come with two-step sign-in and replace nothing."""
        key = (message_template or "").rsplit("/", 1)[-1].removesuffix(".txt")
        if _are_first_codes(key, request):
            return
        text = message or SAID.get(key)
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)
