"""Reads that every page makes, turned into SQL once.

Django builds and compiles a QuerySet's SQL anew whenever it is evaluated, which costs ten times what a small
query costs the database. A ``Prepared`` read compiles its QuerySet once per database, with stand-ins for its
values, and afterwards only executes: same SQL, same model instances, related objects and annotations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
Value = int | str
FIRST_STAND_IN = 2_147_000_001
"""Stand-ins for numbers fit a 32-bit column, or Django would find that nothing can equal them."""


@dataclass(slots=True)
class _Compiled:
    """What Django's compiler found out about one read: how to ask, and how to make objects of the rows."""

    sql: str
    values: list[tuple[str, Any]]
    model: type[Model]
    names: list[str]
    start: int
    end: int
    related: list[Any]
    annotations: list[tuple[str, int]]
    converters: list[tuple[int, list[Callable[..., Any]], Any]]

    def arguments(self, given: dict[str, Value]) -> list[Any]:
        """The values of one call in the order of the SQL's places."""
        return [given[name] if name else constant for name, constant in self.values]


class Prepared(Generic[M]):
    """``Prepared(lambda topic: Post.objects.filter(topic_id=topic), topic=int)``.

    ``build`` gives the QuerySet for values of the named kinds (int or str). Its shape must not depend on
    them: no branch on a value, no slice by one. ``select_related``, ``only``, ``defer`` and annotations work,
    prefetching does not.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **kinds: type[Value]) -> None:
        self.build = build
        self.kinds = kinds
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Value) -> list[M]:
        """The objects of the read for these values."""
        alias = self._alias()
        compiled = self._compiled.get(alias) or self._compile(alias)
        connection = connections[alias]
        with connection.cursor() as cursor:
            try:
                cursor.execute(compiled.sql, compiled.arguments(values))
            except OverflowError:  # SQLite is asked for a number that no row can have
                return []
            found = cursor.fetchall()
        if compiled.converters:
            found = _converted(found, compiled.converters, connection)
        return [self._object(row, compiled, alias) for row in found]

    def first(self, **values: Value) -> M | None:
        """The first object, or None."""
        found = self.rows(**values)
        return found[0] if found else None

    def queryset(self, **values: Value) -> QuerySet[M]:
        """The same read as a plain QuerySet."""
        return self.build(**values)

    def _alias(self) -> str:
        return next(iter(self._compiled), "") or self.build(**self._stand_ins()).db

    def _stand_ins(self) -> dict[str, Value]:
        return {
            name: FIRST_STAND_IN + place if kind is int else f"<{name}>"
            for place, (name, kind) in enumerate(self.kinds.items())
        }

    def _compile(self, alias: str) -> _Compiled:
        stand_ins = self._stand_ins()
        queryset = self.build(**stand_ins).using(alias)
        compiler: Any = queryset.query.get_compiler(using=alias)
        sql, parameters = compiler.as_sql()
        names = {stand_in: name for name, stand_in in stand_ins.items()}
        info, select = compiler.klass_info, compiler.select
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        columns = [column[0] for column in select[: compiler.col_count]]
        compiled = _Compiled(
            sql=sql,
            values=[(names.get(value, ""), value) for value in parameters],
            model=info["model"],
            names=[column[0].target.attname for column in select[start:end]],
            start=start,
            end=end,
            related=get_related_populators(info, select, alias),  # type: ignore[call-arg]
            annotations=list((compiler.annotation_col_map or {}).items()),
            converters=[(at, done, of) for at, (done, of) in compiler.get_converters(columns).items()],
        )
        self._check(compiled)
        self._compiled[alias] = compiled
        return compiled

    def _check(self, compiled: _Compiled) -> None:
        lost = self.kinds.keys() - {name for name, _ in compiled.values}
        if lost:
            raise TypeError(f"these values do not reach the SQL unchanged: {', '.join(sorted(lost))}")

    def _object(self, row: Sequence[Any], compiled: _Compiled, alias: str) -> M:
        made: Any = compiled.model.from_db(alias, compiled.names, row[compiled.start : compiled.end])
        for related in compiled.related:
            related.populate(row, made)
        for name, place in compiled.annotations:
            setattr(made, name, row[place])
        result: M = made
        return result


def _converted(rows: Iterable[Sequence[Any]], converters: list[Any], connection: Any) -> list[Sequence[Any]]:
    """Rows with dates, booleans and the like as Python knows them; done as Django's compiler does."""
    result: list[Sequence[Any]] = []
    for row in rows:
        cells = list(row)
        for place, converts, expression in converters:
            value = cells[place]
            for convert in converts:
                value = convert(value, expression, connection)
            cells[place] = value
        result.append(cells)
    return result
