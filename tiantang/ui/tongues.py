"""Which language a short text is in, so that browsers draw its characters as its readers know them.

Chinese and Japanese share code points that look different. A page is Chinese or English; what is written in
kana, with the kanji around it, gets ``lang="ja"``, and hangul ``lang="ko"``.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9d"
HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
BETWEEN = "\u30fb\u30fc\uff70"
"""Middle dot and long-vowel sign: they stand in Japanese words but do not make one."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters written from right to left, and the marks that turn a line around."""
FOREIGN = re.compile(f"[{KANA}{HANGUL}]")
RUN = re.compile(f"[{HAN}{BETWEEN}]*[{KANA}][{HAN}{KANA}{BETWEEN}]*|[{HANGUL}](?:[{HANGUL} ]*[{HANGUL}])?")
CHINESE = re.compile(f"[{HAN}]")
SIGN = re.compile(f"[{HAN}{KANA}{HANGUL}]")
JAPANESE = re.compile(f"[{KANA}]")


def language_of(text: str) -> str:
    """``ja`` for a text in Japanese, ``ko`` for one in Korean, else nothing. One search for most texts.

    Chinese that quotes a Japanese title stays Chinese: more than a quarter of it stands outside kana's runs.
    """
    if FOREIGN.search(text) is None:
        return ""
    signs, outside = len(SIGN.findall(text)), len(CHINESE.findall(RUN.sub("", text)))
    return _tongue(text) if outside * 4 <= signs else ""


def spoken(text: Any) -> Any:
    """A title or name for a page: what is Japanese or Korean in it is marked, the rest as it was.

    The text as a whole when all its Chinese characters belong to it, else the runs alone. What is written
    from right to left stands in a piece of its own, so that it does not turn the line around it.
    """
    if RIGHT_TO_LEFT.search(text):
        return Markup("<bdi>{}</bdi>").format(_by_tongue(text))
    return _by_tongue(text)


def _by_tongue(text: Any) -> Any:
    if FOREIGN.search(text) is None:
        return text
    safe = escape(text)
    if not CHINESE.search(RUN.sub("", safe)):
        return _marked(str(safe))
    return Markup(RUN.sub(lambda run: _marked(run[0]), safe))  # noqa: S704 - escaped above


def _marked(safe: str) -> Markup:
    return Markup(f'<span lang="{_tongue(safe)}">{safe}</span>')  # noqa: S704 - escaped by the caller


def _tongue(text: str) -> str:
    return "ja" if JAPANESE.search(text) else "ko"
