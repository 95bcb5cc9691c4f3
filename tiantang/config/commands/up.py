"""``tiantang up``."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click
from django.conf import settings
from django.db import connections
from rich.console import Console

from tiantang.common.errors import TiantangError
from tiantang.config.checks import look_at_folders, look_at_fonts, look_at_libraries
from tiantang.config.environment import read_environment
from tiantang.config.first_start import first_start
from tiantang.config.greeting import greet
from tiantang.config.schema import bring_up_to_date
from tiantang.config.supervisor import Child, Supervisor, own_command
from tiantang.config.web import refuse_occupied_port


@click.command()
@click.option("--host", help="Address to listen on (TIANTANG_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (TIANTANG_PORT).")
@click.option("--empty", is_flag=True, help="Start without the sample community.")
def command(host: str | None, port: int | None, empty: bool) -> None:
    """Start the whole installation and keep it running until Ctrl-C.

    The first start makes the databases, boards and rules and fills the installation with a sample
    community, whose last month's work summary is written to $TIANTANG_HOME/summaries.
    """
    for name, given in (("HOST", host), ("PORT", port)):
        if given is not None:
            os.environ[f"TIANTANG_{name}"] = str(given)
    environment = read_environment()
    refuse_occupied_port(environment.host, environment.port)
    refuse_missing_parts()
    if prepare(Console(), with_sample=not empty):
        _begin_anew()
    live = f"http://{environment.host}:{environment.port}/healthz/live"
    Supervisor(
        [Child("web", own_command("web")), Child("worker", own_command("worker"))],
        ready=lambda: _answers(live),
        announce=lambda: greet(Console(), environment),
    ).run()


def _begin_anew() -> None:
    """Become a fresh process: making a sample and a summary took memory that Python never gives back."""
    sys.stdout.flush()
    connections.close_all()
    os.execv(sys.executable, own_command(*sys.argv[1:]))  # noqa: S606 - this very program


def prepare(console: Console, with_sample: bool) -> bool:
    """Folders, schema, and what a new installation gets once; whether it got anything."""
    for folder in (settings.HOME, settings.MEDIA_ROOT, settings.LAKE):
        folder.mkdir(parents=True, exist_ok=True)
    with _alone():
        applied = bring_up_to_date()
        if applied:
            console.print(f"[bold]•[/] Databases: {applied} migrations applied")
        return first_start(console, with_sample)


@contextmanager
def _alone() -> Iterator[None]:
    """One start at a time prepares an installation; Ctrl-C ends it at once, and the next one goes on."""
    signal.signal(signal.SIGINT, _leave)
    with (settings.HOME / "start.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TiantangError(
                f"Another start is preparing {settings.HOME}. Start again when it has finished."
            ) from error
        yield


def _leave(number: int, frame: FrameType | None) -> None:
    """End without unwinding: an exception could get lost in a finalizer, and every step can be cut off."""
    Console().show_cursor()
    click.echo("\nStopped. Start again to go on.", err=True)
    os._exit(1)


def refuse_missing_parts() -> None:
    """Raise TiantangError when the machine lacks what every installation needs."""
    for look in (look_at_fonts, look_at_libraries, look_at_folders):
        finding = look()
        if finding.state == "ill":
            raise TiantangError(f"{finding.text.rstrip('.')}. {finding.mend}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
