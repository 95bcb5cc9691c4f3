"""Counting wrong passwords: for a name from one address, and for an address whatever the name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_failure_limit
from axes.models import AccessAttempt
from django.db.models import Sum
from django.http import HttpRequest

from tiantang.common.addresses import crowd_of

MOST_FROM_AN_ADDRESS = 30
"""Wrong passwords from one address in a quarter of an hour, whatever the names: a classroom makes fewer."""


class Lockout(AxesDatabaseHandler):
    """Locks a name for the address that guesses its password, and an address that guesses many names."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures for this name; as many as lock it when the address is locked for all names."""
        failures = int(super().get_failures(request, credentials))
        if _guesses_many(request):
            return max(failures, int(get_failure_limit(request, credentials)))
        return failures


def _guesses_many(request: HttpRequest) -> bool:
    if not crowd_of(request):
        return False
    recent = AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
        attempt_time__gte=get_cool_off_threshold(request),
    )
    return (recent.aggregate(sum=Sum("failures_since_start"))["sum"] or 0) >= MOST_FROM_AN_ADDRESS


def name_tried(request: HttpRequest, credentials: Mapping[Any, Any] | None = None) -> str:
    """What was typed as handle or e-mail, in one spelling; empty when nothing was.

    The sign-in form calls it ``login``; elsewhere the credentials tell, under the name of the model's field.
    """
    typed = request.POST.get("login", "")
    if not typed and credentials:
        given = {str(key): value for key, value in credentials.items()}
        typed = given.get("username") or given.get("handle") or given.get("email") or ""
    return str(typed).strip().casefold()[:255]
