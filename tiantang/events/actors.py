"""Who is signed in, cheaply: asked once a minute for each session."""

from __future__ import annotations

import time
from dataclasses import replace
from importlib import import_module
from typing import Protocol, runtime_checkable

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

from tiantang.events.envelope import Actor

KEPT_S = 60.0
MOST_KEPT = 20_000

_known: dict[str, tuple[float, Actor]] = {}


@runtime_checkable
class Acting(Protocol):
    """Anything that can act; members live above this package."""

    def as_actor(self, visitor: int = 0) -> Actor: ...


def actor_of(request: HttpRequest, visitor: int) -> Actor:
    """The actor of a request, with the browser's number. Kept for a minute for each session."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not session:
        return Actor(visitor=visitor)
    now = time.monotonic()
    kept = _known.get(session)
    if kept is None or kept[0] < now:
        kept = (now + KEPT_S, _ask(request))
        if len(_known) >= MOST_KEPT:
            _known.clear()
        _known[session] = kept
    return replace(kept[1], visitor=visitor)


def _ask(request: HttpRequest) -> Actor:
    """Ask the session's store. Visits come past the middleware, so there may be no ``request.user`` yet."""
    if not hasattr(request, "session"):
        _refresh_connection()
        store = import_module(settings.SESSION_ENGINE).SessionStore
        request.session = store(request.COOKIES[settings.SESSION_COOKIE_NAME])
    user = get_user(request)
    return user.as_actor() if isinstance(user, Acting) else Actor()


def _refresh_connection() -> None:
    """What Django does when a request begins: leave a connection that broke or grew too old."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
