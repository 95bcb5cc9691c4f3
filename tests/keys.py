"""Keys of rows that tests put back with the keys they had."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.management.color import no_style
from django.db import connections
from django.db.models import Model


def count_on(alias: str, models: Iterable[type[Model]]) -> None:
    """New rows get the keys after those that are there; PostgreSQL counts apart from the rows."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
