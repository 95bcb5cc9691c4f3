"""The web processes: granian serving the WSGI application."""

from __future__ import annotations

import errno
import gc
import socket

from tiantang.common.errors import TiantangError
from tiantang.config.environment import Environment
from tiantang.config.processes import die_with_parent, keep_memory_together

THREADS = 4
"""Requests one process answers at the same time; each thread holds one database connection."""
WAITING = 256
"""Requests one process takes in before it lets further connections wait in the backlog."""


def refuse_occupied_port(host: str, port: int) -> None:
    """Raise TiantangError when somebody listens on the address already, or it is not ours to bind."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise TiantangError(_why_not(host, port, error)) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken. Choose another with --port or TIANTANG_PORT."
    return f"Cannot listen on {host}:{port} ({error.strerror}). Choose another address or port."


def serve(environment: Environment) -> None:
    """Serve until SIGTERM or SIGINT.

    The application is loaded once and then forked, so that the processes share its memory.
    """
    from granian.constants import Interfaces
    from granian.server import Server

    from tiantang.config import wsgi

    die_with_parent()
    keep_memory_together()
    wsgi.warm()
    gc.collect()
    gc.freeze()
    server = Server(
        "tiantang.config.wsgi:application",
        address=environment.host,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        backlog=1024,
        backpressure=WAITING,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level="warning",  # type: ignore[arg-type]
    )
    server.serve(target_loader=wsgi.load, wrap_loader=False)
