"""Many rows at once: one prepared statement per table, columns and defaults taken from the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

BATCH = 2000


def next_id(model: type[models.Model]) -> int:
    """The first number no row of the table has had."""
    return int(model._default_manager.aggregate(top=Max("pk"))["top"] or 0) + 1


def insert(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows given by column; instants are seconds since 1970, 0 for none; the rest is defaulted."""
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return
    fields = [
        field for field in model._meta.concrete_fields if not field.primary_key or field.attname in first
    ]
    readers = [_reader(field) for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    values = ([read(row) for read in readers] for row in _chain(first, waiting))
    with connection.cursor() as cursor:
        while batch := list(islice(values, BATCH)):
            cursor.executemany(statement, batch)


def _chain(first: Mapping[str, Any], rest: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    yield first
    yield from rest


def _reader(field: models.Field[Any, Any]) -> Callable[[Mapping[str, Any]], Any]:
    name, default = field.attname, field.get_default()
    if isinstance(field, models.DateTimeField):
        return lambda row: _instant(row.get(name, 0))
    if isinstance(field, models.CharField | models.TextField | models.FileField) and not field.null:
        default = default or ""
    return lambda row: row.get(name, default)


def _instant(second: int | None) -> Any:
    if not second:
        return None
    return connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(second, tz=UTC))


def reset_sequences(*tables: type[models.Model]) -> None:
    """Let the database count on behind the ids given here (PostgreSQL keeps its own counters)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
