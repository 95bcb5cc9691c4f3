"""Mail settings made from one URL: ``smtp://USER:PASSWORD@HOST:PORT`` or ``smtps://…``."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from tiantang.config.environment import SettingError

BACKENDS = {"smtp": "smtp", "smtps": "smtp", "console": "console", "": "dummy"}


def mail_settings(url: str) -> dict[str, Any]:
    """Django's settings for a mail address; without one, mail goes nowhere.

    ``?from=ADDRESS`` says who sends. Raises SettingError for a URL that is none of ours.
    """
    parts, port = _split(url)
    sender = parse_qs(parts.query).get("from", [f"noreply@{parts.hostname or 'localhost'}"])[0]
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{BACKENDS[parts.scheme]}.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
    }


def _split(url: str) -> tuple[SplitResult, int | None]:
    """The address in its parts, and its port. Raises SettingError for one that is none of ours."""
    try:
        parts = urlsplit(url)
        port = parts.port
        known = parts.scheme in BACKENDS and bool(parts.scheme or not url)
    except ValueError:
        known = False
    if not known:
        raise SettingError("TIANTANG_EMAIL_URL: use smtp://USER:PASSWORD@HOST:PORT or smtps://….")
    return parts, port
