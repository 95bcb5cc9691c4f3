"""Database connections made from one URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tiantang.config.environment import Environment

SQLITE_ACTS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=15000;"
    "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
)
SQLITE_VISITS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=15000;"


def databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """``default`` for rows; embedded installations keep visits in a second file, ``visits``."""
    if not environment.embedded:
        return {"default": _postgresql(environment.database_url)}
    path = Path(unquote(urlsplit(environment.database_url).path))
    visits = path.with_name(path.stem + "-visits" + path.suffix)
    return {"default": _sqlite(path, SQLITE_ACTS), "visits": _sqlite(visits, SQLITE_VISITS)}


def _sqlite(path: Path, pragmas: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 15, "init_command": pragmas},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
