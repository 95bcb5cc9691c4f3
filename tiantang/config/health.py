"""Whether the site is alive, and whether it can do its work."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from tiantang.config.schema import schema_states

LEAST_FREE = 64 * 1024 * 1024
"""Bytes that must be free where the installation's files are."""
WORKER_SILENCE = 180.0
"""Seconds without a round of the worker after which it counts as missing."""


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything needed is there, else 503.

    ``reasons`` says what is wrong, ``remarks`` what is odd but does not keep the site from answering.
    """
    reasons = [*database_reasons(), *folder_reasons()]
    answer = {"ready": not reasons, "reasons": reasons, "remarks": worker_remarks()}
    response = JsonResponse(answer, status=503 if reasons else 200)
    if reasons:
        response["Retry-After"] = "10"
    return response


def database_reasons() -> list[str]:
    """Why the databases cannot be used; empty when they can."""
    reasons = []
    for alias in settings.DATABASES:
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            reasons.append(f"database {alias} does not answer")
    if reasons:
        return reasons
    for state in schema_states():
        if state.missing:
            reasons.append(f"database {state.database} lacks {len(state.missing)} migrations")
        if state.unknown:
            reasons.append(f"database {state.database} was written by a newer version")
    return reasons


def folder_reasons() -> list[str]:
    """Why files cannot be written; empty when they can."""
    home = Path(settings.HOME)
    if not os.access(home, os.W_OK):
        return ["the installation's folder is not writable"]
    if shutil.disk_usage(home).free < LEAST_FREE:
        return ["the disk is full"]
    return []


def worker_remarks() -> list[str]:
    """What is odd about the worker; the site answers without it, but figures and notices wait."""
    try:
        silence = time.time() - (Path(settings.HOME) / "worker.alive").stat().st_mtime
    except FileNotFoundError:
        return ["no worker has been at work yet"]
    return [f"no worker for {silence:.0f} s"] if silence > WORKER_SILENCE else []
