"""How wide a text will be, so that nothing leaves its box on any machine."""

from __future__ import annotations

from math import ceil

BOLD_WIDTHS = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722,
    722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
    611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556,
    500, 389, 280, 389, 584,
)  # fmt: skip
"""Widths of the printable ASCII signs in Helvetica Bold, in thousandths of the type size."""


MIXED_GAP = 0.27


def _part(sign: str) -> float:
    place = ord(sign) - 32
    if 0 <= place < len(BOLD_WIDTHS):
        return BOLD_WIDTHS[place] / 1000
    if ord(sign) >= 0x2E80 or sign in "「」《》，。；：、…“”‘’—▲▼→":
        return 1.0
    return 0.62


def text_width(text: str, size: float) -> float:
    """The width of ``text`` in bold type in the unit of ``size``; Chinese signs are square."""
    return (sum(map(_part, text)) + MIXED_GAP * _borders(text)) * size


def _borders(text: str) -> int:
    """How often Chinese meets Latin across a space: some editors widen that gap by themselves."""
    return sum(
        middle == " " and (ord(left) >= 0x2E80) != (ord(right) >= 0x2E80)
        for left, middle, right in zip(text, text[1:], text[2:], strict=False)
    )


def lines_needed(text: str, size: float, width: float) -> int:
    """Lines that ``text`` takes in ``width``; Latin words leave a ragged edge, so they get some reserve."""
    if text_width(text, size) <= width * 0.985:
        return 1
    latin = sum(ord(sign) < 0x2E80 for sign in text) / max(len(text), 1)
    return max(2, ceil(text_width(text, size) / (width * (0.97 - 0.06 * latin))))


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
