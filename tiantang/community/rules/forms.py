"""Joining means accepting the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import pgettext, pgettext_lazy

from tiantang.community.members.forms import JoinForm
from tiantang.community.members.models import Member
from tiantang.community.rules.actions import accept_rules
from tiantang.community.rules.models import RulesVersion
from tiantang.events.visitor import client_of, visitor_of


class SignupForm(JoinForm):
    """The sign-up form with the rules to accept."""

    field_order = ["username", "password1", "email", "accept"]
    accept = forms.BooleanField(
        error_messages={
            "required": pgettext_lazy("account form", "Read the rules and tick here, then you can join.")
        }
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before, _mark, after = pgettext("account form", "I'll keep to the [community rules]").partition("[")
        name, _mark, after = after.partition("]")
        self.fields["accept"].label = format_html(
            '{}<a href="{}" target="_blank">{}</a>{}', before, reverse("rules:rules"), name, after
        )
        if RulesVersion.objects.current() is None:
            del self.fields["accept"]

    @transaction.atomic
    def save(self, request: HttpRequest) -> Member:
        """Make the account and note which version it accepted."""
        member = super().save(request)
        version = RulesVersion.objects.current()
        if version is not None:
            accept_rules(
                member=member, version=version, visitor=visitor_of(request), client=client_of(request)
            )
        return member
