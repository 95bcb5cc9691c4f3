"""A name for every request, and a line in the log for the slow ones. No address, no person, no query."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from tiantang.config.middleware import VIEW
from tiantang.config.page_cache import Application, Headers, StartResponse

log = logging.getLogger("tiantang.web")
SLOW = 1.0
"""Seconds from which a request is worth a line in the log."""
NAME = re.compile(r"[A-Za-z0-9._-]{8,64}")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class WithRequestId(logging.Filter):
    """Gives every log record the request it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class Observe:
    """WSGI middleware: request id in and out, slow requests by view name."""

    def __init__(self, application: Application, slow: float = SLOW) -> None:
        self.application = application
        self.slow = slow

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        name = _name_of(environ.get("HTTP_X_REQUEST_ID", ""))
        token = request_id.set(name)
        started = time.monotonic()
        seen = ["000"]

        def begin(status: str, headers: Headers, *rest: Any) -> Any:
            seen[0] = status[:3]
            return start_response(status, [*headers, ("X-Request-ID", name)], *rest)

        try:
            return self.application(environ, begin)
        finally:
            spent = time.monotonic() - started
            if spent > self.slow:
                log.warning(
                    "slow request method=%s view=%s status=%s ms=%.0f",
                    environ["REQUEST_METHOD"],
                    environ.get(VIEW, "-"),
                    seen[0],
                    spent * 1000,
                )
            request_id.reset(token)


def _name_of(given: str) -> str:
    """The name a proxy in front gave the request, when it is harmless, else a new one."""
    return given if NAME.fullmatch(given) else secrets.token_hex(8)
