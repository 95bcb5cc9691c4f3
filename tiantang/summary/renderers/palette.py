"""The inks of look.md for print, slides and the self-contained page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from tiantang.summary.document import Tone
from tiantang.ui.charts import palette

CHAPTER_HUES = (5, 1, 7, 9, 8, 3)
"""Board colours of the six chapters: 石绿 朱砂 湖蓝 群青 石青 藤黄."""

BRAND_INK = "#005541"
SEAL_INK = "#a32418"
SEAL_TINT = "#ffe5de"
ON_LAMP = "#3a2400"
ON_GATE_2 = "#b4d7cb"


@cache
def _scheme(theme: str) -> dict[str, Any]:
    scheme: dict[str, Any] = json.loads(Path(palette.__file__).with_name("palette.json").read_text("utf-8"))
    return scheme[theme]  # type: ignore[no-any-return]


def ink(token: str) -> str:
    """Hex colour of a token such as ``gate``, ``ink-2``, ``c1`` or ``seq3``."""
    return palette.colours("light")[token]


def board(hue: int, theme: str = "light") -> dict[str, str]:
    """``fill on tint ink`` of a board colour 1–12."""
    found: dict[str, str] = _scheme(theme)["boards"][(hue - 1) % 12]
    return found


def chapter(number: int) -> dict[str, str]:
    """``fill on tint ink`` of a chapter 1–6."""
    return board(CHAPTER_HUES[number - 1])


def tone_ink(tone: Tone, plain: str = "ink") -> str:
    """The colour of a word that tells good or bad news."""
    return {Tone.GOOD: BRAND_INK, Tone.BAD: SEAL_INK}.get(tone) or ink(plain)
