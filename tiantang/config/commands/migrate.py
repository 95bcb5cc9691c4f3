"""``tiantang migrate``."""

from __future__ import annotations

import click

from tiantang.config.schema import bring_up_to_date


@click.command()
def command() -> None:
    """Bring every database of the installation to this version's schema.

    Refuses to touch a database that a newer version has written.
    """
    applied = bring_up_to_date()
    click.echo(f"{applied} migrations applied." if applied else "The schema is up to date.")
