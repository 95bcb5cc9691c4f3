"""Quoting a post: the composer's text for it, and reading it back."""

from __future__ import annotations

import re

QUOTED = re.compile(r"^>.*?\]\(/p/([0-9]{1,15})/\)", re.MULTILINE)


def quote_block(post_id: int, number: int, name: str, words: str) -> str:
    """Markdown that quotes ``words`` and links the post they come from."""
    safe_name = re.sub(r"[\[\]\\`*_]", r"\\\g<0>", name)
    lines = words.strip().splitlines() or [""]
    return "\n".join([f"> [{safe_name} #{number}](/p/{post_id}/)", *(f"> {line}" for line in lines), "", ""])


def quoted_posts(source: str) -> list[int]:
    """Ids of the posts a text quotes, in order, each once."""
    return list(dict.fromkeys(int(number) for number in QUOTED.findall(source)))
