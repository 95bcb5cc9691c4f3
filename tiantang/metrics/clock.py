"""What time it is for the figures; one place, so that a test can stop it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from tiantang.common.time import site_day


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The present site-local day."""
    return site_day(now())
