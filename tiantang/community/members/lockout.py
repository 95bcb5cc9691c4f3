"""Which name a sign-in tried, for counting wrong passwords (django-axes' seam)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def name_tried(request: HttpRequest, credentials: Mapping[Any, Any] | None = None) -> str:
    """What was typed as handle or e-mail, in one spelling; empty when nothing was.

    The sign-in form calls it ``login``; elsewhere the credentials tell, under the name of the model's field.
    """
    typed = request.POST.get("login", "")
    if not typed and credentials:
        given = {str(key): value for key, value in credentials.items()}
        typed = given.get("username") or given.get("handle") or given.get("email") or ""
    return str(typed).strip().casefold()[:255]
