"""The interface's built files: hashed names, kept by browsers for good, sent compressed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise import WhiteNoise

from tiantang.config.page_cache import Application

HASHED = re.compile(r"[.-][0-9A-Za-z_-]{8,}\.[a-z0-9]+$")
"""How a built file's name shows that it changes with its contents."""


def with_static_files(application: Application) -> Application:
    """Serve ``tiantang/ui/dist`` under ``STATIC_URL`` in front of the application."""
    folder = Path(settings.STATICFILES_DIRS[0])
    served = WhiteNoise(
        application,
        max_age=3600,
        immutable_file_test=lambda path, url: bool(HASHED.search(url)),
        add_headers_function=_protect,
        autorefresh=settings.DEBUG,
    )
    served.add_files(str(folder), prefix=settings.STATIC_URL)
    result: Application = served
    return result


def _protect(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
