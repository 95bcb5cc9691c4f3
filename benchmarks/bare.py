"""The floor of every page: a WSGI application that does nothing, served as the site is.

``python -m benchmarks.bare PORT BYTES`` answers every request with that many bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from tiantang.config.web import THREADS, WAITING


def application_of(size: int) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """The application whose answer is ``size`` bytes long."""
    body = bytes(size)

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(size))])
        return [body]

    return application


def serve(port: int, size: int) -> None:
    """Serve it with two processes until ended."""
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "benchmarks.bare:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=THREADS,
        backlog=1024,
        backpressure=WAITING,
        websockets=False,
        log_level="warning",  # type: ignore[arg-type]
    )
    server.serve(target_loader=lambda: application_of(size), wrap_loader=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
