"""How the figures of each metric are written: per cent, lengths of time, or numbers with their unit."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, npgettext, pgettext

from tiantang.metrics.registry import METRICS
from tiantang.ui.charts.numbers import NOTHING, format_value, plain, share

_PEOPLE = (
    "dau wau mau active_members contributing_members engaged_members new_members returning_members"
    " resurrecting_members dormant_members"
)
_POSTS = "posts topics replies"
_TIMES = "likes shares bookmarks visits sessions"
STEADY = 0.005
"""Changes smaller than half a per cent (or half a point) read as steady, here and in the work summary."""


@dataclass(frozen=True, slots=True)
class Delta:
    """A change in words: ``mood`` is good, bad or flat."""

    text: str
    mood: str


def language() -> str:
    """The language of the page being made."""
    return get_language() or "en"


def label_of(metric: str) -> str:
    """The metric's name in the page's language."""
    label = METRICS[metric].label
    return label["zh" if language().startswith("zh") else "en"]


def formula_of(metric: str) -> str:
    """The metric's formula in words, in the page's language."""
    formula = METRICS[metric].formula
    return formula["zh" if language().startswith("zh") else "en"]


def is_percent(metric: str) -> bool:
    """True for ratios of one."""
    return METRICS[metric].unit == "ratio"


def is_duration(metric: str) -> bool:
    return METRICS[metric].unit == "seconds"


def unit_of(metric: str) -> str:
    """The word after a figure; empty for ratios and lengths of time, which carry their own."""
    if metric in _PEOPLE.split():
        return pgettext("unit", "members")
    if metric in _POSTS.split():
        return pgettext("unit", "posts")
    if metric == "comments":
        return pgettext("unit", "comments")
    if metric in _TIMES.split():
        return pgettext("unit", "times")
    if METRICS[metric].unit == "pages":
        return pgettext("unit", "pages")
    if METRICS[metric].unit == "each":
        return pgettext("unit", "per reader")
    return pgettext("unit", "per 1,000") if METRICS[metric].unit == "per_1000" else ""


def value_text(metric: str, value: float | None, *, unit: bool = True) -> str:
    """A figure of the metric in full, "—" when there is none."""
    return format_value(
        value,
        language(),
        percent=is_percent(metric),
        duration=is_duration(metric),
        unit=unit_of(metric) if unit else "",
    )


def change_size(metric: str, change: float) -> str:
    """How large a change is, without its direction: 8.6%, 240%, 2.9 pts; an arrow stands before it."""
    if is_percent(metric):
        n = plain(abs(change) * 100)
        return npgettext("change", "%(n)s pt", "%(n)s pts", 1 if n == "1" else 2) % {"n": n}
    return share(round(abs(change), 3 if abs(change) < 0.1 else 2))


def direction(change: float | None) -> int:
    """1 up, -1 down, 0 steady or unknown."""
    return 0 if change is None or abs(change) < STEADY else 1 if change > 0 else -1


def mood_of(metric: str, change: float | None) -> str:
    """Whether a change is good news: good, bad or flat."""
    way, better = direction(change), METRICS[metric].better
    if not way or not better:
        return "flat"
    return "good" if (way > 0) == (better == "higher") else "bad"


def delta(metric: str, change: float | None) -> Delta:
    """A change as an arrow and an amount; ratios change in points."""
    if change is None:
        return Delta(NOTHING, "flat")
    amount, way = change_size(metric, change), direction(change)
    if not way:
        return Delta(pgettext("change", "steady %(amount)s") % {"amount": amount}, "flat")
    return Delta(f"{'▲' if way > 0 else '▼'} {amount}", mood_of(metric, change))


def serial_of(metric: str) -> str:
    """What is printed on the metric's stub: ``NO.DAU-v1``."""
    return f"NO.{metric.upper().replace('_', '-')}-v{METRICS[metric].version}"
