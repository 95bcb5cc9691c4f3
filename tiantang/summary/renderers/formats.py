"""The forms a summary can take, by file ending."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation

from tiantang.summary.document import Summary
from tiantang.summary.renderers.markdown import render_markdown
from tiantang.summary.renderers.pptx import render_pptx
from tiantang.summary.renderers.report import render_html, render_pdf

FORMATS: dict[str, tuple[str, Callable[[Summary], str | bytes]]] = {
    "html": ("text/html; charset=utf-8", render_html),
    "pdf": ("application/pdf", render_pdf),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", render_pptx),
    "md": ("text/markdown; charset=utf-8", render_markdown),
}
"""File ending → media type and renderer."""


def draw(summary: Summary, name: str) -> bytes:
    """The summary as a file of this format, in its own language. Raises TiantangError."""
    with translation.override(summary.language):
        content = FORMATS[name][1](summary)
    return content.encode() if isinstance(content, str) else content
