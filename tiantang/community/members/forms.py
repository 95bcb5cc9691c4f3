"""Forms of members: joining, signing in, the profile. Labels are ours; placeholders are not labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.validators import EmailValidator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from tiantang.community.members.actions.join import join
from tiantang.community.members.models import Member, Role
from tiantang.community.members.refusals import ACCOUNT, NO_ADDRESS, NOT_THE_SAME, REQUIRED
from tiantang.events.visitor import client_of, visitor_of

PASSWORD_HINT = pgettext_lazy("account form", "At least 8 characters. A short sentence is easy to remember.")
LABELS: dict[str, str | Promise] = {
    "login": pgettext_lazy("account form", "Handle or email"),
    "username": pgettext_lazy("account form", "Handle"),
    "email": pgettext_lazy("account form", "Email"),
    "password": pgettext_lazy("account form", "Password"),
    "password1": pgettext_lazy("account form", "Password"),
    "password2": pgettext_lazy("account form", "The same password again"),
    "oldpassword": pgettext_lazy("account form", "Current password"),
    "remember": pgettext_lazy("account form", "Keep me signed in on this device"),
    "code": pgettext_lazy("account form", "Code"),
}
HINTS: dict[str, str | Promise] = {
    "username": pgettext_lazy(
        "account form", "Part of your page's address and of mentions. 2 to 24 characters, Chinese is fine."
    ),
    "password1": PASSWORD_HINT,
}


class Worded(forms.Form):
    """Our labels and hints on a library's form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in LABELS:
                field.label = str(LABELS[name])
            field.help_text = str(HINTS.get(name, ""))
            field.widget.attrs.pop("placeholder", None)
            if not isinstance(field, forms.BooleanField):
                field.error_messages["required"] = str(REQUIRED)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = str(NO_ADDRESS)
                field.validators = [EmailValidator(str(NO_ADDRESS))]


class NewPassword(Worded):
    """Forms that set a password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = pgettext_lazy("account form", "New password")

    def add_error(self, field: str | None, error: Any) -> None:
        """The library says that the two differ in words of its own."""
        differs = field == "password2" and isinstance(error, str | Promise)
        super().add_error(field, NOT_THE_SAME if differs else error)


class SignInForm(Worded, account.LoginForm):
    """Sign in by handle or e-mail."""


class JoinForm(Worded, account.SignupForm):
    """Sign up; on an installation that sends no letters an address is optional and stays unused."""

    field_order = ["username", "password1", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = (
            pgettext_lazy("account form", "Only for mail about your account, such as a new password.")
            if settings.ENVIRONMENT.email_url
            else pgettext_lazy(
                "account form", "This site doesn't send email yet; you can add an address later."
            )
        )

    def save(self, request: HttpRequest) -> Member:
        """Make the account with the browser it comes from."""
        email = self.cleaned_data.get("email") or ""
        member = join(
            handle=self.cleaned_data["username"],
            password=self.cleaned_data["password1"],
            email=email,
            visitor=visitor_of(request),
            client=client_of(request),
        )
        self.custom_signup(request, member)
        setup_user_email(request, member, [EmailAddress(email=email)] if email else [])
        return member


class NewPasswordForm(NewPassword, account.ChangePasswordForm):
    """Change the password while signed in."""


class FirstPasswordForm(NewPassword, account.SetPasswordForm):
    """Set a password where there was none."""


class LostPasswordForm(Worded, account.ResetPasswordForm):
    """Ask for a letter with a link."""


class ResetPasswordForm(NewPassword, account.ResetPasswordKeyForm):
    """Set a new password from such a link."""


class EmailForm(Worded, account.AddEmailForm):
    """Add an address."""


class ConfirmForm(Worded, account.ReauthenticateForm):
    """The password once more before something important."""


class CodeForm(Worded, mfa.AuthenticateForm):
    """Second step of signing in."""


class CodeAgainForm(Worded, mfa.ReauthenticateForm):
    """The second step once more before something important."""


class SetUpCodesForm(Worded, totp.ActivateTOTPForm):
    """Prove that the authenticator app shows our codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = pgettext_lazy("account form", "Six-digit code")


class ProfileForm(forms.Form):
    """What a member says about themselves."""

    name = forms.CharField(
        label=pgettext_lazy("profile form", "Name"),
        max_length=30,
        required=False,
        help_text=pgettext_lazy("profile form", "Shown beside what you write; empty means your handle."),
    )
    about = forms.CharField(
        label=pgettext_lazy("profile form", "About me"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    region = forms.CharField(
        label=pgettext_lazy("profile form", "Where I live"), max_length=60, required=False
    )
    website = forms.URLField(
        label=pgettext_lazy("profile form", "Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": pgettext_lazy("profile form", "Give a whole address, such as https://example.org.")
        },
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("profile form", "Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    theme = forms.ChoiceField(
        label=pgettext_lazy("profile form", "Theme"),
        choices=[
            ("auto", pgettext_lazy("theme", "Auto")),
            ("light", pgettext_lazy("theme", "Light")),
            ("dark", pgettext_lazy("theme", "Dark")),
        ],
        widget=forms.RadioSelect,
    )


class AvatarForm(forms.Form):
    """A new picture."""

    picture = forms.FileField(
        label=pgettext_lazy("profile form", "Picture"),
        help_text=pgettext_lazy(
            "profile form", "JPEG, PNG, WebP or GIF up to 5 MB; the middle is cut out square."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={"empty": pgettext_lazy("profile form", "This file is empty. Choose another.")},
    )


class ReasonForm(forms.Form):
    """Why, in a few words: whoever it concerns reads them."""

    reason = forms.CharField(
        label=pgettext_lazy("team", "Reason"),
        max_length=200,
        help_text=pgettext_lazy("team", "One sentence. The person reads it, and it stays in the history."),
        error_messages={"required": pgettext_lazy("team", "Say why in a few words.")},
    )


class GrantRoleForm(ReasonForm):
    """A role to give, out of those offered."""

    field_order = ["role", "reason"]
    role = forms.ChoiceField(
        label=pgettext_lazy("team", "Role"),
        widget=forms.RadioSelect,
        error_messages={
            "required": pgettext_lazy("team", "Choose a role."),
            "invalid_choice": pgettext_lazy("team", "Choose one of the roles shown."),
        },
    )

    def __init__(self, offered: Iterable[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(one.value, one.label) for one in offered]


class EndRoleForm(ReasonForm):
    """A role to take back."""

    role = forms.CharField(widget=forms.HiddenInput)


class DeleteAccountForm(forms.Form):
    """The password once more; an account without one types its handle."""

    proof = forms.CharField(
        max_length=200,
        error_messages={"required": pgettext_lazy("deletion", "This is needed, so that it is really you.")},
    )

    def __init__(self, request: HttpRequest, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.member = request, member
        proof, self.by_password = self.fields["proof"], member.has_usable_password()
        proof.label = pgettext_lazy("deletion", "Your password")
        if self.by_password:
            proof.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        else:
            proof.label = pgettext_lazy("deletion", "Your handle")
            proof.help_text = pgettext_lazy("deletion", "Your account has no password, so type its handle.")

    def clean_proof(self) -> str:
        """Wrong passwords count as they do at sign-in."""
        proof = str(self.cleaned_data["proof"])
        if not self.by_password:
            if proof.strip().lstrip("@").casefold() != self.member.handle.casefold():
                raise forms.ValidationError(pgettext("deletion", "This is not your handle."))
        elif authenticate(self.request, username=self.member.handle, password=proof) != self.member:
            raise forms.ValidationError(str(ACCOUNT["incorrect_password"]))
        return proof
