"""Names of the built styles and scripts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

DIST = Path(__file__).resolve().parent / "dist"
NAMES = DIST / "assets.json"


class AssetMissing(RuntimeError):
    """The front end was not built, or does not know the file asked for."""


def asset(name: str) -> str:
    """The address of a built file, as ``asset("app.css")``. Raises AssetMissing."""
    try:
        return _addresses()[name]
    except KeyError:
        raise AssetMissing(f"{name} is not in {NAMES}. Run bin/setup to build it.") from None


def has_asset(name: str) -> bool:
    """Whether the build made this file."""
    return name in _addresses()


def _addresses() -> dict[str, str]:
    """Read once; a page asks for the sprite a hundred times."""
    try:
        return _read(NAMES.stat().st_mtime_ns if settings.DEBUG else 0)
    except FileNotFoundError:
        raise AssetMissing(f"{NAMES} is missing. Run bin/setup to build the front end.") from None


@cache
def _read(stamp: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(NAMES.read_text(encoding="utf8"))
    return {name: static(file) for name, file in names.items()}
