"""How wide a text will be, so that nothing leaves its box on any machine."""

from __future__ import annotations

from math import ceil

NARROW = frozenset("iljtfrI.,:;'!|()[] /·-")
WIDE = frozenset("mwMW%@—→")


def _part(sign: str) -> float:
    if ord(sign) >= 0x2E80 or sign in "「」《》，。；：、…":
        return 1.0
    if sign in NARROW:
        return 0.34
    if sign in WIDE:
        return 0.92
    return 0.68 if sign.isupper() else 0.57


def text_width(text: str, size: float) -> float:
    """A slightly generous width of ``text`` in the unit of ``size``; Chinese signs are square."""
    return sum(map(_part, text)) * size


def lines_needed(text: str, size: float, width: float) -> int:
    """Lines that ``text`` takes in ``width``; Latin words leave a ragged edge, so they get some reserve."""
    latin = sum(ord(sign) < 0x2E80 for sign in text) / max(len(text), 1)
    return max(1, ceil(text_width(text, size) / (width * (0.97 - 0.07 * latin))))


def shorten(text: str, size: float, width: float, lines: int = 1) -> str:
    """``text`` cut so that it fits ``lines`` lines of ``width``, with an ellipsis where it was cut."""
    if lines_needed(text, size, width) <= lines:
        return text
    kept = text
    while kept and lines_needed(kept + "…", size, width) > lines:
        kept = kept[:-1]
    if " " in kept[-12:] and ord(kept[-1]) < 0x2E80:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ，,、。.") + "…"


def best_size(text: str, width: float, sizes: tuple[tuple[float, int], ...]) -> tuple[float, int]:
    """The first (size, lines) at which ``text`` fits; the last when none does."""
    for size, lines in sizes:
        if lines_needed(text, size, width) <= lines:
            return size, lines
    return sizes[-1]
