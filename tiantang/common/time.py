"""Instants in UTC, days in the site's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(instant: datetime) -> int:
    """Microseconds since 1970-01-01 UTC of an aware instant, exactly."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def instant_of(ts_us: int) -> datetime:
    """The aware UTC instant of a count of microseconds."""
    return EPOCH + timedelta(microseconds=ts_us)


def site_zone() -> ZoneInfo:
    """The time zone in which days, weeks and months are counted."""
    return ZoneInfo(settings.TIME_ZONE)


def site_day(instant: datetime) -> date:
    """The site-local day on which an aware instant falls."""
    return instant.astimezone(site_zone()).date()


def today() -> date:
    """The site-local day that is running."""
    return site_day(timezone.now())


def day_start(day: date) -> datetime:
    """The UTC instant at which a site-local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=site_zone()).astimezone(UTC)
