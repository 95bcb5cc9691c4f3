"""How the summary writes a metric's value: with the measure word its language wants."""

from __future__ import annotations

from django.utils.translation import get_language, pgettext

from tiantang.dashboards.reading import is_duration, is_percent
from tiantang.metrics.registry import METRICS
from tiantang.ui.charts.numbers import format_value

PEOPLE = frozenset(
    [
        "dau",
        "wau",
        "mau",
        "active_members",
        "contributing_members",
        "engaged_members",
        "new_members",
        "returning_members",
        "resurrecting_members",
        "dormant_members",
        "concentration",
    ]
)
PIECES = frozenset(("posts", "replies", "comments"))


def unit_of(metric: str) -> str:
    """The word after a count; empty for ratios and lengths of time, which carry their own."""
    if metric in PEOPLE:
        return pgettext("summary unit", "members")
    if metric in PIECES:
        return {
            "posts": pgettext("summary unit", "posts"),
            "replies": pgettext("summary unit", "replies"),
        }.get(metric) or pgettext("summary unit", "comments")
    if metric == "topics":
        return pgettext("summary unit", "topics")
    if METRICS[metric].unit == "pages":
        return pgettext("summary unit", "pages")
    if METRICS[metric].unit == "per_1000":
        return pgettext("summary unit", "per 1,000")
    if METRICS[metric].unit in ("count", "each"):
        return pgettext("summary unit", "times") if (get_language() or "en").startswith("zh") else ""
    return ""


def value_text(metric: str, value: float | None, *, unit: bool = True) -> str:
    """The value in full, "—" where there is none."""
    return format_value(
        value,
        get_language() or "en",
        percent=is_percent(metric),
        duration=is_duration(metric),
        unit=unit_of(metric) if unit else "",
    )


def cell_text(metric: str, value: float | None) -> str:
    """The value in a table whose row names the metric: English leaves the noun to that name."""
    zh = (get_language() or "en").startswith("zh")
    return value_text(metric, value, unit=zh or METRICS[metric].unit == "per_1000")
