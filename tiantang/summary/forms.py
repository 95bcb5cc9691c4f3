"""What the console asks for when a summary is ordered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from tiantang.common.errors import TiantangError
from tiantang.metrics.periods import Period, parse_period
from tiantang.summary.builder import check_period


class OrderForm(forms.Form):
    """Period, language, presenter. ``cleaned_data["period"]`` is a Period that has begun."""

    period = forms.CharField(
        label=pgettext_lazy("summary form", "Period"),
        max_length=30,
        help_text=pgettext_lazy(
            "summary form", "2018-08, 2018-Q3, 2018-H2, 2018 or 2018-03-12..2018-09-01 (both days included)"
        ),
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("summary form", "Language"),
        choices=[("zh-hans", "中文"), ("en", "English")],
    )
    presenter = forms.CharField(
        label=pgettext_lazy("summary form", "Presented by"),
        max_length=80,
        required=False,
        help_text=pgettext_lazy("summary form", "Left empty: the community lead."),
    )

    def clean_period(self) -> Period:
        try:
            period = parse_period(self.cleaned_data["period"])
        except TiantangError:
            raise forms.ValidationError(
                pgettext(
                    "summary form",
                    "This is no period. Write it like 2018-08, 2018-Q3 or 2018-03-12..2018-09-01.",
                )
            ) from None
        try:
            check_period(period)
        except TiantangError as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return period


def ordered(form: OrderForm) -> dict[str, Any]:
    """The keyword arguments of ``order_release``."""
    held = form.cleaned_data
    return {"period": held["period"], "language": held["language"], "presenter": held["presenter"]}
