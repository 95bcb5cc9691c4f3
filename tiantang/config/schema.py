"""The databases' schema: behind, right, or newer than this version."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from tiantang.common.errors import TiantangError


@dataclass(frozen=True)
class SchemaState:
    """Migrations not yet applied, and applied ones this version does not know, as ``app.name``."""

    database: str
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


def schema_states() -> list[SchemaState]:
    """Look at every database. Raises OperationalError when one does not answer."""
    return [_state_of(alias) for alias in settings.DATABASES]


def _state_of(alias: str) -> SchemaState:
    loader = MigrationLoader(connections[alias])
    known = set(loader.disk_migrations)
    ours = {app for app, _ in known}
    applied = set(loader.applied_migrations)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    missing = sorted(f"{app}.{name}" for app, name in known - applied)
    unknown = sorted(f"{app}.{name}" for app, name in applied - known - replaced if app in ours)
    return SchemaState(alias, tuple(missing), tuple(unknown))


def bring_up_to_date() -> int:
    """Apply what is missing on every database; returns how many migrations were applied.

    Raises TiantangError when a database was written by a newer version.
    """
    states = schema_states()
    _refuse_newer(states)
    for state in states:
        if state.missing:
            call_command("migrate", database=state.database, verbosity=0, interactive=False)
    return sum(len(state.missing) for state in states)


def refuse_wrong_schema() -> None:
    """Raise TiantangError unless every database has exactly this version's schema."""
    states = schema_states()
    _refuse_newer(states)
    if any(state.missing for state in states):
        raise TiantangError("The database is not at this version's schema. Run `tiantang migrate` first.")


def _refuse_newer(states: list[SchemaState]) -> None:
    for state in states:
        if state.unknown:
            raise TiantangError(
                f"The database was written by a newer version of Tiantang ({state.unknown[0]}). "
                "Install that version, or restore a backup made by this one."
            )
