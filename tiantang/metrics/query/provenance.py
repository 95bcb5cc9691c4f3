"""Where a figure comes from: its definition, its SQL, and the events behind it."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from tiantang.common.time import instant_of, site_zone
from tiantang.events.catalog import BY_CODE, BY_NAME, ActorClass, Client
from tiantang.metrics import clock, raw
from tiantang.metrics.answers import Provenance, Rows, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.registry import Metric, metric_named

COLUMNS = (
    "happened",
    "event",
    "subject",
    "visitor",
    "actor_class",
    "object_id",
    "topic",
    "board",
    "target",
    "value",
    "client",
    "source",
    "stream",
    "seq",
)
READ = ("ts_us", *COLUMNS[1:])
EXACT = ("sum", "distinct")


def provenance_of(name: str, period: Period, where: Where) -> Provenance:
    """Definition, filled SQL, number of files and events read. Raises UnknownMetricError."""
    metric = metric_named(name)
    now = clock.now()
    with raw.lake_for(period) as connection:
        events = _count(connection, rows_sql(metric, period, where, now))
    return Provenance(
        metric=name,
        version=metric.version,
        label=metric.label,
        formula=metric.formula,
        filters={"period": period.code, "member_class": where.member_class, **_cuts(where)},
        time_zone=settings.TIME_ZONE,
        sql=raw.filled_sql(metric, period, where, now),
        files=raw.files_of(period),
        events=events,
        computed_at=now,
    )


def _cuts(where: Where) -> dict[str, str]:
    return {name: str(getattr(where, name)) for name in sorted(where.dimensions)}


def _count(connection: Any, sql: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({sql}) AS behind").fetchone()[0])


def rows(name: str, period: Period, where: Where | None = None, limit: int = 100, offset: int = 0) -> Rows:
    """The events behind a figure, oldest first, from ``offset`` on. Times are site-local, with their offset.

    For counts these are exactly the counted events; for rates the events of the period the definition reads.
    """
    metric, filters = metric_named(name), where or Where()
    raw.check_dimensions(metric, filters)
    with raw.lake_for(period) as connection:
        sql = rows_sql(metric, period, filters, clock.now())
        total = _count(connection, sql)
        found = connection.execute(
            f"SELECT {', '.join(READ)} FROM ({sql}) AS behind "
            f"ORDER BY ts_us, stream, seq LIMIT {int(limit)} OFFSET {int(offset)}"
        ).fetchall()
    return Rows(columns=COLUMNS, rows=[_decoded(row) for row in found], total=total)


def rows_sql(metric: Metric, period: Period, where: Where, now: datetime) -> str:
    """SQL that gives the events behind a figure."""
    if counts_its_rows(metric.name):
        return counted_rows_sql(metric, period, where, now)
    codes = sorted(BY_NAME[name].code for name in metric.reads if name in BY_NAME)
    kinds = "" if "every act" in metric.reads else f" AND event IN ({', '.join(map(str, codes))})"
    return (
        f"SELECT * FROM events WHERE ts_us >= {raw.day_us(period.start)} "
        f"AND ts_us < {raw.day_us(period.end)}{kinds} AND {raw.filters_sql(where)}"
    )


def counts_its_rows(name: str) -> bool:
    """Whether the events behind a count are exactly the counted ones, and not all that a definition reads."""
    metric = metric_named(name)
    return metric.kind in EXACT and _counts_events(metric.sql)


@lru_cache(maxsize=128)
def _counts_events(sql: str) -> bool:
    """Whether the outermost SELECT of a definition counts events themselves, not rows made from them."""
    from sqlglot import parse_one

    query: Any = parse_one(sql, read="duckdb")
    return bool(query.args["from_"].this.name == "events")


def counted_rows_sql(
    metric: Metric, period: Period, where: Where, now: datetime, columns: str | None = None
) -> str:
    """The metric's own SQL with the events (or ``columns`` of them) in place of their count."""
    from sqlglot import parse_one

    query: Any = parse_one(raw.filled_sql(metric, period, where, now), read="duckdb")
    source = query.args["from_"].this.alias_or_name
    return str(query.select(columns or f"{source}.*", append=False).sql(dialect="duckdb"))


def _decoded(row: tuple[Any, ...]) -> tuple[Any, ...]:
    happened, code, subject, visitor, actor, *middle = row
    decoded = dict(zip(COLUMNS[5:], middle, strict=True))
    decoded["client"] = Client(decoded["client"]).name.lower()
    moment = instant_of(happened).astimezone(site_zone()).isoformat(timespec="milliseconds")
    kind = BY_CODE[code].name if code in BY_CODE else str(code)
    return (moment, kind, subject, visitor, ActorClass(actor).name.lower(), *decoded.values())
