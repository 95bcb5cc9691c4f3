"""What allauth and Django refuse on account pages, in our words: each says what to do about it."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth import password_validation as stock
from django.utils.functional import Promise
from django.utils.translation import npgettext, pgettext, pgettext_lazy

WRONG_SIGN_IN = pgettext_lazy(
    "account refusal", "Handle or password is wrong. Look at capitals, or set a new password."
)
WRONG_CODE = pgettext_lazy(
    "account refusal", "This code is wrong or too old. Type the one the app shows right now."
)
NOT_CONFIRMED = pgettext_lazy(
    "account refusal", "Confirm your address first, under Email. Then come back to this page."
)
ACCOUNT: dict[str, str | Promise] = {
    "account_inactive": pgettext_lazy("account refusal", "This account is closed."),
    "cannot_remove_primary_email": pgettext_lazy(
        "account refusal", "This is the address we write to. Choose another one first."
    ),
    "duplicate_email": pgettext_lazy("account refusal", "This address belongs to your account already."),
    "email_password_mismatch": WRONG_SIGN_IN,
    "username_password_mismatch": WRONG_SIGN_IN,
    "invalid_login": WRONG_SIGN_IN,
    "email_taken": pgettext_lazy(
        "account refusal", "Another account has this address. Sign in there, or use another address."
    ),
    "enter_current_password": pgettext_lazy(
        "account refusal", "This is not your current password. Try again."
    ),
    "incorrect_password": pgettext_lazy("account refusal", "This password is wrong. Try again."),
    "incorrect_code": WRONG_CODE,
    "invalid_or_expired_key": pgettext_lazy("account refusal", "This link has expired. Ask for a new one."),
    "invalid_password_reset": pgettext_lazy("account refusal", "This link has expired. Ask for a new one."),
    "max_email_addresses": pgettext_lazy("account refusal", "%d addresses are enough. Remove one first."),
    "too_many_login_attempts": pgettext_lazy(
        "account refusal", "The password was wrong too often. Wait a quarter of an hour."
    ),
    "unknown_email": pgettext_lazy("account refusal", "No account here uses this address."),
    "unverified_primary_email": pgettext_lazy("account refusal", "Confirm this address first."),
    "username_blacklisted": pgettext_lazy("account refusal", "Nobody may be called this. Try another."),
    "username_taken": pgettext_lazy("account refusal", "Somebody here is called this. Try another."),
    "select_only_one": pgettext_lazy("account refusal", "Choose one only."),
    "same_as_current": pgettext_lazy("account refusal", "That is what you have now. Choose another one."),
    "rate_limited": pgettext_lazy("account refusal", "Too often in a row. Wait a minute, then try again."),
}
TWO_STEPS: dict[str, str | Promise] = {
    "add_email_blocked": pgettext_lazy(
        "account refusal", "With two-step sign-in on, no address can be added. Turn it off first."
    ),
    "cannot_delete_authenticator": pgettext_lazy("account refusal", "Two-step sign-in cannot be turned off."),
    "cannot_generate_recovery_codes": pgettext_lazy(
        "account refusal", "Set up two-step sign-in first; recovery codes belong to it."
    ),
    "incorrect_code": WRONG_CODE,
    "unverified_email": NOT_CONFIRMED,
}
REQUIRED = pgettext_lazy("account refusal", "Fill this in.")
NO_ADDRESS = pgettext_lazy("account refusal", "This is no email address. One looks like name@example.org.")
NOT_THE_SAME = pgettext_lazy("account refusal", "The two differ. Type the same password twice.")


class TwoStepAdapter(DefaultMFAAdapter):
    """Two-step sign-in refuses in our words."""

    error_messages = {**DefaultMFAAdapter.error_messages, **TWO_STEPS}


class LongEnough(stock.MinimumLengthValidator):
    def get_error_message(self) -> str:
        said = npgettext(
            "account refusal",
            "Too short: it needs %(n)d character at least.",
            "Too short: it needs %(n)d characters at least.",
            self.min_length,
        )
        return said % {"n": self.min_length}


class NotCommon(stock.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return pgettext("account refusal", "Too many people use this one. Take a short sentence.")


class NotTheName(stock.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return pgettext("account refusal", "Too much like your handle or address. Take something else.")
