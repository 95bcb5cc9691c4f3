"""Paragraphs, list items, headings and cells in Japanese or Korean say so, for the right glyphs."""

from __future__ import annotations

import re

from tiantang.ui.tongues import FOREIGN, language_of

BLOCK = "p|li|h[3-6]|t[dh]|d[td]|figcaption"
OUTER = rf"{BLOCK}|ul|ol|dl|t(?:able|head|body|r)|blockquote|pre|figure"
ATTRIBUTES = r'(?:\s+[a-z]+="[^"]*")*'
MARKED = re.compile(rf"<({BLOCK})({ATTRIBUTES})>([^<]*(?:<(?!/?(?:{OUTER})\b)[^<]*)*)")
TAG = re.compile(r"<[^>]*>")


def mark_languages(body_html: str) -> str:
    """A sanitised body with ``lang`` on its blocks that are not Chinese; most bodies cost one search."""
    return MARKED.sub(_with_language, body_html) if FOREIGN.search(body_html) else body_html


def mark_line(line_html: str) -> str:
    """The same for a text that is no block by itself."""
    language = _language(line_html) if FOREIGN.search(line_html) else ""
    return f'<span lang="{language}">{line_html}</span>' if language else line_html


def _with_language(block: re.Match[str]) -> str:
    """What its author marked stays as marked."""
    language = "" if " lang=" in block[2] else _language(block[3])
    return f'<{block[1]}{block[2]} lang="{language}">{block[3]}' if language else block[0]


def _language(inner_html: str) -> str:
    return language_of(TAG.sub("", inner_html))
