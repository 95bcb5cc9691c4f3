"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The site's name and the request's language, for every template."""
    return {"site_name": settings.SITE_NAME, "language": request.LANGUAGE_CODE}
