"""The forms a summary can take, by file ending."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation
from django.utils.module_loading import import_string

from tiantang.summary.document import Summary

FORMATS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "md": "text/markdown; charset=utf-8",
}
"""File ending → media type."""

_RENDERERS = {
    "html": "report.render_html",
    "pdf": "report.render_pdf",
    "pptx": "pptx.render_pptx",
    "md": "markdown.render_markdown",
}
"""By name: the libraries behind them take 20 MB, and a web process draws seldom."""


def draw(summary: Summary, name: str) -> bytes:
    """The summary as a file of this format, in its own language. Raises TiantangError."""
    render: Callable[[Summary], str | bytes] = import_string(f"{__package__}.{_RENDERERS[name]}")
    with translation.override(summary.language):
        content = render(summary)
    return content.encode() if isinstance(content, str) else content
