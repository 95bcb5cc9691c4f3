"""From the rules' Markdown to what the page shows."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import nh3
from markdown_it import MarkdownIt

TEXTS = Path(__file__).resolve().parent / "texts"


def render_rules(markdown: str) -> str:
    """Safe HTML; each second-level heading carries the anchor ``rule-N`` of its number, to be cited by."""
    parser = MarkdownIt("commonmark")
    tokens = parser.parse(markdown)
    for opening, inside in pairwise(tokens):
        number = inside.content.split(".", 1)[0] if opening.type == "heading_open" else ""
        if number.isdigit():
            opening.attrSet("id", f"rule-{number}")
    html = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(html, attributes={**nh3.ALLOWED_ATTRIBUTES, "h2": {"id"}})


def seeded_text(number: int, language: str) -> str:
    """The text that a new installation begins with; ``language`` is zh or en."""
    return (TEXTS / f"{number}.{language}.md").read_text(encoding="utf8")
