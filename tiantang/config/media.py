"""Uploaded files, sent so that no browser runs anything in them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

SHOWN = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
"""What a page may show in place; every other file is offered for saving."""


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """One uploaded file. Pictures show in place, the rest is an attachment of no particular type."""
    path = _inside(name)
    kind = SHOWN.get(path.suffix.lower())
    response = FileResponse(
        path.open("rb"),
        content_type=kind or "application/octet-stream",
        as_attachment=kind is None,
        filename=path.name,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=60 * 60 * 24 * 30, immutable=True)
    return response


def _inside(name: str) -> Path:
    """The file's path, never outside the media folder and never a hidden file. Raises Http404."""
    try:
        path = Path(safe_join(settings.MEDIA_ROOT, name))
        found = path.is_file()
    except (SuspiciousFileOperation, ValueError, OSError):  # OSError: a name longer than any file's
        raise Http404 from None
    if not found or any(part.startswith(".") for part in Path(name).parts):
        raise Http404
    return path
