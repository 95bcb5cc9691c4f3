"""Asks a WSGI application as a browser would, without a server."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode("utf8")


def ask(application: Any, address: str, method: str = "GET", **headers: str) -> Answer:
    """``headers`` are named as in the environ without HTTP_: ``cookie``, ``accept_language``."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    setup_testing_defaults(environ)
    begun: list[Any] = []
    chunks = application(environ, lambda status, given, *rest: begun.extend([status, given]))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    names = {name.lower(): value for name, value in begun[1]}
    return Answer(int(begun[0][:3]), names, body)
