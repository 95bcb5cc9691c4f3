"""The sign that pages kept for anonymous readers are out of date.

Every process of an installation sees it: it is a small file in ``TIANTANG_HOME`` that grows by one byte
with each change, so a look at the file's size and time is enough to know whether a kept page still holds.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

LONGEST = 1 << 20
"""Bytes after which the file starts anew."""

Version = tuple[int, int]


def version_file() -> Path:
    """The file whose growth says that something on the pages changed."""
    return Path(settings.HOME) / "pages.version"


def pages_changed() -> None:
    """Drop every page kept for anonymous readers; call it after commit.

    Inside a verb: ``transaction.on_commit(pages_changed)``.
    """
    grow(version_file())


def grow(path: Path) -> None:
    """Change the sign in this file: one byte more, or a new beginning when it is long."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    descriptor = os.open(path, flags, 0o644)
    try:
        if os.fstat(descriptor).st_size >= LONGEST:
            os.ftruncate(descriptor, 0)
        os.write(descriptor, b".")
    finally:
        os.close(descriptor)


def pages_version(path: Path | None = None) -> Version:
    """Size and time of the sign; two equal answers mean that nothing changed between them."""
    try:
        state = os.stat(path or version_file())  # noqa: PTH116 - once per request, Path costs more
    except FileNotFoundError:
        return (0, 0)
    return (state.st_size, state.st_mtime_ns)
