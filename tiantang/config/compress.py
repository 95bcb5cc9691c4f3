"""Compresses answers that Django made for one person; kept pages and static files come compressed."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from typing import Any

from tiantang.config.page_cache import Application, Headers, StartResponse

SMALLEST = 860
LEVEL = 4
"""Half the time of the usual 6 for about 4 % more bytes."""
TEXT = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


class Compress:
    """WSGI middleware: gzip for text that is complete in memory."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", ""):
            return self.application(environ, start_response)
        answer: list[Any] = []

        def remember(status: str, headers: Headers, *rest: Any) -> None:
            answer[:] = [status, headers, *rest]

        chunks = self.application(environ, remember)
        if not answer or not _worth_it(answer[0], answer[1], chunks):
            start_response(*answer)
            return chunks
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        packed = gzip.compress(body, compresslevel=LEVEL, mtime=0)
        start_response(answer[0], _packed_headers(answer[1], len(packed)), *answer[2:])
        return [packed]


def _worth_it(status: str, headers: Headers, chunks: Iterable[bytes]) -> bool:
    names = {name.lower(): value for name, value in headers}
    length = names.get("content-length", "")
    return (
        not status.startswith(("204", "304"))
        and not getattr(chunks, "streaming", False)
        and "content-encoding" not in names
        and names.get("content-type", "").startswith(TEXT)
        and length.isdigit()
        and int(length) >= SMALLEST
    )


def _packed_headers(headers: Headers, length: int) -> Headers:
    kept = [(name, value) for name, value in headers if name.lower() not in ("content-length", "vary")]
    vary = [value for name, value in headers if name.lower() == "vary"]
    return [
        *kept,
        ("Vary", ", ".join([*vary, "Accept-Encoding"])),
        ("Content-Encoding", "gzip"),
        ("Content-Length", str(length)),
    ]
