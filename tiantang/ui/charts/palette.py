"""The colours of drawn charts by token: ``c1``…``c8``, ``seq1``…``seq7``, ``ink``, ``surface`` and so on."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

LIVE = "live"
"""The theme of a page: tokens stay, the browser resolves them and follows light and dark."""

FONTS = "PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, sans-serif"

Paint = Callable[[str], str]
"""Gives the colour of a token."""


@cache
def colours(theme: str) -> dict[str, str]:
    """Hex colours of the theme ``light`` or ``dark`` by token."""
    scheme = json.loads(Path(__file__).with_name("palette.json").read_text(encoding="utf-8"))[theme]
    named = {name: value for name, value in scheme.items() if isinstance(value, str)}
    for prefix, group in (("c", "series"), ("seq", "sequential"), ("div", "diverging")):
        named |= {f"{prefix}{place}": value for place, value in enumerate(scheme[group], start=1)}
    return named


def paint_for(theme: str) -> Paint:
    """The painter of a theme: hex for ``light`` and ``dark``, ``$token`` for ``live``."""
    if theme == LIVE:
        return lambda token: f"${token}"
    return colours(theme).__getitem__
