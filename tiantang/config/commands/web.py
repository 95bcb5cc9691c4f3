"""``tiantang web``."""

from __future__ import annotations

import os
from dataclasses import replace

import click

from tiantang.config.environment import read_environment
from tiantang.config.web import refuse_occupied_port, serve


@click.command()
@click.option("--host", help="Address to listen on (TIANTANG_HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (TIANTANG_PORT).")
@click.option("--workers", type=click.IntRange(1, 64), help="Number of web processes (TIANTANG_WORKERS).")
def command(host: str | None, port: int | None, workers: int | None) -> None:
    """Start the web processes alone."""
    for name, given in (("HOST", host), ("PORT", port), ("WORKERS", workers)):
        if given is not None:
            os.environ[f"TIANTANG_{name}"] = str(given)
    environment = read_environment()
    refuse_occupied_port(environment.host, environment.port)
    serve(replace(environment))
