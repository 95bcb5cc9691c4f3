"""Compiled templates, kept between starts."""

from __future__ import annotations

from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache


def template_cache(folder: Path) -> BytecodeCache | None:
    """A store of compiled templates in ``folder``; None where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))
