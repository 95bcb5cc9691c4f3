"""Numbers and times as people say them, in the language of the page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language, npgettext, pgettext

from tiantang.common.time import site_day, site_zone

MINUTE, HOUR, DAY = 60, 3600, 86400


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def short_count(number: int | None) -> str:
    """3,482 · 1.2 万 or 12.3k · 3.6 亿 or 361m."""
    value = number or 0
    steps = ((10**8, " 亿"), (10**4, " 万")) if _chinese() else ((10**6, "m"), (10**4, "k"))
    for size, word in steps:
        if abs(value) >= size:
            unit = 1000 if word == "k" else size
            return f"{value / unit:.1f}".removesuffix(".0") + word
    return f"{value:,}"


def ago(moment: datetime) -> str:
    """How long ago in one breath; from yesterday on, the site-local day."""
    seconds = (timezone.now() - moment).total_seconds()
    if seconds < MINUTE:
        return pgettext("time ago", "just now")
    if seconds < HOUR:
        minutes = int(seconds // MINUTE)
        return npgettext("time ago", "%(n)d min ago", "%(n)d min ago", minutes) % {"n": minutes}
    if seconds < DAY:
        hours = int(seconds // HOUR)
        return npgettext("time ago", "%(n)d h ago", "%(n)d h ago", hours) % {"n": hours}
    return _day(moment)


def _day(moment: datetime) -> str:
    local = moment.astimezone(site_zone())
    today = site_day(timezone.now())
    if local.date() == today - timedelta(days=1):
        return pgettext("time ago", "yesterday")
    if local.year == today.year:
        return f"{local.month} 月 {local.day} 日" if _chinese() else f"{local.day} {local:%b}"
    return f"{local:%Y-%m-%d}" if _chinese() else day_text(moment)


def moment_text(moment: datetime) -> str:
    """Site-local minute: 2026-11-26 14:20."""
    return f"{moment.astimezone(site_zone()):%Y-%m-%d %H:%M}"


def day_text(moment: datetime) -> str:
    """Site-local day: 2026 年 11 月 26 日, or 26 Nov 2026."""
    local = moment.astimezone(site_zone())
    if _chinese():
        return f"{local.year} 年 {local.month} 月 {local.day} 日"
    return f"{local.day} {local:%b %Y}"
