"""Figures as people of each language write them."""

from __future__ import annotations

import math
from dataclasses import dataclass

NOTHING = "—"
EXACT_MINUTES = 600
"""Below so many seconds a length keeps its seconds: half a minute of three is worth telling."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language shortens large numbers and names lengths of time."""

    large: tuple[tuple[float, str], ...]  # threshold and divisor, suffix
    lengths: tuple[tuple[int, str], ...]  # seconds, suffix
    minutes: str  # minutes that stand alone: 「3 分」 would read as three points
    gap: str  # between a figure and its unit


CHINESE = Wording(
    ((1e8, " 亿"), (1e4, " 万")), ((86400, " 天"), (3600, " 小时"), (60, " 分"), (1, " 秒")), " 分钟", " "
)
ENGLISH = Wording(
    ((1e9, "B"), (1e6, "M"), (1e3, "k")), ((86400, " d"), (3600, " h"), (60, " min"), (1, " s")), " min", " "
)


def wording(language: str) -> Wording:
    """The wording of a language code; anything but Chinese reads as English."""
    return CHINESE if language.lower().startswith("zh") else ENGLISH


def plain(value: float) -> str:
    """``12,345`` or ``3.4``: thousands apart, one digit after the point when it says something."""
    rounded = round(value, 1)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"


def share(value: float) -> str:
    """A ratio of one as ``7.8%``; below one per cent two digits, so that 0.04% does not read as nothing."""
    percent = value * 100
    if percent == 0 or abs(percent) >= 0.995:
        return f"{plain(percent)}%"
    return f"{percent:.2f}".rstrip("0").rstrip(".") + "%"


def length(seconds: float, language: str) -> str:
    """Seconds as the two largest parts: ``1 小时 52 分``, ``1 h 52 min``; seconds up to ten minutes."""
    words = wording(language).lengths
    whole = round(seconds)
    size, place = next(
        ((size, place) for place, (size, _) in enumerate(words) if whole >= size), (1, len(words) - 1)
    )
    if size >= 3600:  # round to the second part, so that 1 h 59.7 min reads 2 h
        part = words[place + 1][0]
        whole = round(seconds / part) * part
        size, place = next((size, place) for place, (size, _) in enumerate(words) if whole >= size)
    elif size == 60 and (whole >= EXACT_MINUTES or whole % 60 == 0):
        return f"{round(seconds / 60)}{wording(language).minutes}" if whole < 3570 else f"1{words[1][1]}"
    first, rest = divmod(whole, size)
    text = f"{first}{words[place][1]}"
    if rest and place + 1 < len(words):
        second, suffix = words[place + 1]
        text += f" {rest // second}{suffix}" if rest >= second else ""
    return text


def format_value(
    value: float | None, language: str, *, percent: bool = False, duration: bool = False, unit: str = ""
) -> str:
    """A figure in full: ``3,482 人``, ``7.8%``, ``1 小时 52 分``; "—" where there is nothing to say."""
    if value is None or not math.isfinite(value):
        return NOTHING
    if percent:
        return share(value)
    if duration:
        return length(value, language)
    return f"{plain(value)}{wording(language).gap}{unit}" if unit else plain(value)


def short_value(value: float, language: str, *, percent: bool = False, duration: bool = False) -> str:
    """A figure for an axis: ``1.2 万``, ``1.2k``, ``25%``, ``30 分``."""
    if duration and value == 0:
        return "0"
    if percent or duration:
        return format_value(value, language, percent=percent, duration=duration)
    for size, suffix in wording(language).large:
        if abs(value) >= size:
            return f"{round(value / size, 2):g}{suffix}"
    return plain(value) if abs(value) >= 10 else f"{round(value, 2):g}"


def nice_step(span: float, *, parts: int = 4, whole: bool = True, duration: bool = False) -> float:
    """The distance between grid lines: 1, 2, 2.5 or 5 times a power of ten, or a usual length of time."""
    if duration:
        usual = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400)
        fitting = next((float(step) for step in usual if span <= step * (parts + 1)), None)
        if fitting is not None:
            return fitting
        return 86400.0 * nice_step(span / 86400, parts=parts)
    raw = max(span, 1e-12) / parts
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if raw <= power * factor * 1.0000001)
    return max(step, 1.0) if whole else step


def nice_ticks(
    low: float, high: float, *, whole: bool = True, duration: bool = False, ceiling: float | None = None
) -> tuple[float, ...]:
    """Grid lines around ``low``…``high``, equally far apart, none beyond ``ceiling`` (100 %)."""
    if high <= low:
        high = low + (1.0 if whole or duration else 0.1)
    step = nice_step(high - low, whole=whole, duration=duration)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(step * place, 10) for place in range(first, last + 1))
    if ceiling is not None and high <= ceiling:
        ticks = tuple(tick for tick in ticks if tick <= ceiling + 1e-9)
        if ticks[-1] < high:
            ticks = (*ticks, round(ticks[-1] + step, 10))
    return ticks


def text_width(text: str, size: float) -> float:
    """About how wide a text is in pixels: Chinese and Japanese signs are square, Latin ones half that."""
    return sum(size if ord(sign) >= 0x2E80 else size * 0.58 for sign in text)
