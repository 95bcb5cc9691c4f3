"""What reporters and moderators type, parsed; the verbs judge it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from tiantang.community.moderation.actions.report import NEEDS_NOTE
from tiantang.community.moderation.models import ReportReason


class ReportForm(forms.Form):
    """Why something is reported."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("report", "What is wrong with it?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": pgettext_lazy("refusal", "Choose what is wrong with it.")},
    )
    note = forms.CharField(
        label=pgettext_lazy("report", "In a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pgettext_lazy(
            "report",
            "Needed for “Illegal or dangerous” and “Something else”. "
            "Moderators read this. The author doesn't learn who reported.",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["data-needed-for"] = " ".join(sorted(NEEDS_NOTE))


NUMBER_LONGEST = 18
"""Digits of a row's number; longer ones no database holds."""


def numbers_in(texts: Iterable[str]) -> list[int]:
    """The texts that can be the number of a row, as numbers."""
    return [int(text) for text in texts if text.isdecimal() and len(text) <= NUMBER_LONGEST]


class DecisionForm(forms.Form):
    """A decision on one report or on those ticked."""

    verdict = forms.ChoiceField(choices=[(key, key) for key in ("remove", "uphold", "reject")])
    note = forms.CharField(required=False, max_length=500)
    rule = forms.IntegerField(required=False, min_value=0, max_value=999)
    reports = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reports"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        ticked = self.data.getlist("reports") if hasattr(self.data, "getlist") else []
        field.choices = [(pk, pk) for pk in numbers_in(ticked)]

    @property
    def verb(self) -> dict[str, Any]:
        """The decision as arguments of ``decide_report``."""
        verdict = self.cleaned_data["verdict"]
        words = {key: self.cleaned_data[key] for key in ("note", "rule")}
        return {"upheld": verdict != "reject", "remove": verdict == "remove", **words}
