"""``tiantang worker``."""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """Start the worker alone: it seals events, keeps figures current and runs tasks."""
    from tiantang.config.schema import refuse_wrong_schema
    from tiantang.config.worker import run_worker

    refuse_wrong_schema()
    run_worker()
