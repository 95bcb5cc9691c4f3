"""Letters about an account: what each says. They read in the language of whoever gets them.

One ``Letter`` is printed twice, as plain text and as HTML, by ``members/letter.txt`` and ``.html``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import npgettext, pgettext, pgettext_lazy

from tiantang.community.members.models import Member
from tiantang.ui.words import moment_text

Context = Mapping[str, Any]
DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Letter:
    """``link`` is (words on the button, address); ``facts`` are (label, text) below; ``closing`` ends it."""

    subject: str
    paragraphs: tuple[str, ...]
    closing: str
    link: tuple[str, str] | None = None
    code: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)


def at_home(address: str) -> str:
    """An address on this site as letters carry it: under the site's own name, whatever the request said."""
    return settings.SITE_URL + urlsplit(address).path


def reader_of(context: Context, email: str) -> Member | None:
    """The member a letter is for, as far as we know one."""
    user = context.get("user")
    if isinstance(user, Member):
        return user
    owners = EmailAddress.objects.filter(email__iexact=email).order_by("-verified", "-primary")
    owner = owners.select_related("user").first()
    return owner.user if owner is not None else None


def write_letter(kind: str, context: Context, reader: Member | None) -> Letter | None:
    """The letter of one of allauth's kinds (``account/email/…``), None for one we have no words for.

    The language in force is the letter's.
    """
    name = kind.rsplit("/", 1)[-1]
    if name in NOTICES:
        return _notice(name, context)
    write = LETTERS.get(name)
    return write({**context, "handle": reader.handle if reader else ""}) if write else None


def _not_you() -> str:
    return pgettext("letter", "It wasn't you? Then simply leave this letter alone; nothing changes.")


def _confirm_new(context: Context) -> Letter:
    return _confirm(
        context,
        pgettext("letter", "Welcome to %(site)s. The account “%(handle)s” was made with this address."),
    )


def _confirm_added(context: Context) -> Letter:
    return _confirm(
        context, pgettext("letter", "This address was added to the account “%(handle)s” on %(site)s.")
    )


def _confirm(context: Context, occasion: str) -> Letter:
    days = settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS
    within = npgettext("letter", "The link works for %(n)d day.", "The link works for %(n)d days.", days)
    return Letter(
        pgettext("letter", "Confirm your email address"),
        (
            occasion % {"site": settings.SITE_NAME, "handle": context["handle"]},
            pgettext("letter", "Confirm that it is yours, and you can set a new password with it some day."),
            within % {"n": days},
        ),
        _not_you(),
        link=(pgettext("letter", "Confirm this address"), at_home(context["activate_url"])),
    )


def _lost_password(context: Context) -> Letter:
    days = settings.PASSWORD_RESET_TIMEOUT // DAY_SECONDS
    within = npgettext(
        "letter",
        "The link works once, for %(n)d day.",
        "The link works once, within %(n)d days.",
        days,
    )
    asked = pgettext("letter", "Somebody, probably you, wants a new password for the account “%(handle)s”.")
    return Letter(
        pgettext("letter", "Set a new password"),
        (asked % {"handle": context["handle"]}, within % {"n": days}),
        pgettext("letter", "It wasn't you? Then leave this letter alone; your password stays as it is."),
        link=(pgettext("letter", "Set a new password"), at_home(context["password_reset_url"])),
    )


def _known_address(context: Context) -> Letter:
    return Letter(
        pgettext("letter", "You already have an account"),
        (
            pgettext("letter", "Somebody, probably you, wanted to join %(site)s with this address.")
            % {"site": settings.SITE_NAME},
            pgettext(
                "letter",
                "It belongs to the account “%(handle)s” already: just sign in. "
                "Forgot the password? Set a new one.",
            )
            % {"handle": context["handle"]},
        ),
        _not_you(),
        link=(pgettext("letter", "Set a new password"), at_home(context["password_reset_url"])),
    )


def _unknown_address(context: Context) -> Letter:
    return Letter(
        pgettext("letter", "There is no account with this address"),
        (
            pgettext("letter", "Somebody, probably you, wants a new password on %(site)s for this address.")
            % {"site": settings.SITE_NAME},
            pgettext(
                "letter",
                "No account here uses it. Perhaps you joined with another address, or without any; "
                "or you have not joined yet.",
            ),
        ),
        _not_you(),
        link=(
            pgettext("letter", "Join %(site)s") % {"site": settings.SITE_NAME},
            at_home(context["signup_url"]),
        ),
    )


def _code(context: Context) -> Letter:
    return Letter(
        pgettext("letter", "Your code"),
        (pgettext("letter", "Type this code into the page that asked for it."),),
        _not_you(),
        code=str(context["code"]),
    )


LETTERS: dict[str, Callable[[Context], Letter]] = {
    "email_confirmation_signup": _confirm_new,
    "email_confirmation": _confirm_added,
    "password_reset_key": _lost_password,
    "account_already_exists": _known_address,
    "unknown_account": _unknown_address,
    "login_code": _code,
    "password_reset_code": _code,
}
Words = str | Promise
NOTICES: dict[str, tuple[Words, Words]] = {
    "email_confirm": (
        pgettext_lazy("letter", "Address confirmed"),
        pgettext_lazy("letter", "The address of your account is confirmed."),
    ),
    "email_changed": (
        pgettext_lazy("letter", "Your address has changed"),
        pgettext_lazy("letter", "From now on we write to %(to_email)s, no longer to %(from_email)s."),
    ),
    "email_deleted": (
        pgettext_lazy("letter", "An address was removed"),
        pgettext_lazy("letter", "%(deleted_email)s no longer belongs to your account."),
    ),
    "password_changed": (
        pgettext_lazy("letter", "Your password has changed"),
        pgettext_lazy("letter", "The password of your account was changed."),
    ),
    "password_reset": (
        pgettext_lazy("letter", "Your password has changed"),
        pgettext_lazy("letter", "A new password was set through a link in a letter."),
    ),
    "password_set": (
        pgettext_lazy("letter", "Your account has a password now"),
        pgettext_lazy("letter", "A password was set for your account, which had none before."),
    ),
    "totp_activated": (
        pgettext_lazy("letter", "Two-step sign-in is on"),
        pgettext_lazy("letter", "From now on we ask for a code from your phone after the password."),
    ),
    "totp_deactivated": (
        pgettext_lazy("letter", "Two-step sign-in is off"),
        pgettext_lazy("letter", "From now on the password alone opens your account."),
    ),
    "recovery_codes_generated": (
        pgettext_lazy("letter", "New recovery codes"),
        pgettext_lazy("letter", "New recovery codes were made; the old ones are void."),
    ),
    "webauthn_added": (
        pgettext_lazy("letter", "A passkey was added"),
        pgettext_lazy("letter", "A passkey was added to your account."),
    ),
    "webauthn_removed": (
        pgettext_lazy("letter", "A passkey was removed"),
        pgettext_lazy("letter", "A passkey was removed from your account."),
    ),
    "account_connected": (
        pgettext_lazy("letter", "Another way to sign in"),
        pgettext_lazy("letter", "%(provider)s was connected to your account."),
    ),
    "account_disconnected": (
        pgettext_lazy("letter", "One way to sign in less"),
        pgettext_lazy("letter", "%(provider)s is no longer connected to your account."),
    ),
}
"""What changed: subject and sentence."""


def _notice(name: str, context: Context) -> Letter:
    subject, sentence = NOTICES[name]
    facts = [(pgettext("letter", "When"), moment_text(context["timestamp"]))]
    address = str(context.get("ip") or "")
    if address and not address.startswith(("127.", "::1")):
        facts.append((pgettext("letter", "From the network address"), address))
    return Letter(
        str(subject),
        (str(sentence) % context,),
        pgettext("letter", "It was you? Then there is nothing to do. It wasn't? Set a new password at once."),
        link=(pgettext("letter", "Set a new password"), at_home(reverse("account_reset_password"))),
        facts=facts,
    )
