"""A metric split by board, hour, weekday and hour, client or source."""

# ruff: noqa: S608 - the SQL is put together from our own texts and numbers
from __future__ import annotations

from dataclasses import replace
from typing import Any

from tiantang.common.errors import TiantangError
from tiantang.common.time import site_zone
from tiantang.metrics import clock, raw
from tiantang.metrics.answers import Slice, Where
from tiantang.metrics.hours import local_hours_sql
from tiantang.metrics.periods import Period
from tiantang.metrics.query.figures import EVERYONE
from tiantang.metrics.query.provenance import counted_rows_sql
from tiantang.metrics.registry import Metric, metric_named
from tiantang.metrics.rollups import reading
from tiantang.metrics.rollups.splits import can_split, read_split

COLUMN_SPLITS = ("board", "client", "source")
HOUR_SPLITS = ("hour", "weekday", "weekday_hour")


class UnknownSplitError(TiantangError):
    """A metric cannot be split that way."""


def breakdown(
    name: str, period: Period, by: str = "board", where: Where = EVERYONE, limit: int | None = None
) -> list[Slice]:
    """The metric for every key that occurs; boards, clients and sources largest first, hours in order.

    ``by`` is board, client, source, hour (0–23), weekday (0 Monday) or weekday_hour ((weekday, hour)), all
    site-local. Raises UnknownSplitError, UnknownMetricError.
    """
    metric = metric_named(name)
    raw.check_dimensions(metric, where)
    if reading.covers(where) and can_split(name, by):
        return _from_rollups(metric, period, by, where, limit)
    if by in COLUMN_SPLITS and by in metric.dimensions:
        found = _by_column(metric, period, by, where)
        return sorted(found, key=lambda piece: (-(piece.value or 0), str(piece.key)))[:limit]
    if by in HOUR_SPLITS and metric.kind in ("sum", "distinct") and "FROM sessions" not in metric.sql:
        return _by_hour(metric, period, by, where)
    splits = [*metric.dimensions, *HOUR_SPLITS]
    raise UnknownSplitError(f"{name} cannot be split by {by}; counts can by {', '.join(splits)}.")


def weekly_hours(name: str, period: Period, where: Where = EVERYONE) -> dict[tuple[int, int], float]:
    """What an hour of the week brings on the mean, by (weekday, hour), for weekdays the period has.

    A sum would favour the weekdays that a month has five of. Days that are not over are left out, unless
    the period has no others. Raises UnknownSplitError, UnknownMetricError.
    """
    counted = period.finished_part() or period
    found = {
        tuple(piece.key): piece.value or 0.0 for piece in breakdown(name, counted, "weekday_hour", where)
    }
    return {
        (day, hour): found.get((day, hour), 0.0) / count
        for day, count in enumerate(counted.weekdays())
        if count
        for hour in range(24)
    }


def _from_rollups(metric: Metric, period: Period, by: str, where: Where, limit: int | None) -> list[Slice]:
    with reading.open_rollups() as connection:
        found = read_split(connection, metric.name, period, by, where, clock.now())
    slices = [
        Slice(_shown(key, by), cell.value, cell.numerator, cell.denominator, cell.n)
        for key, cell in found.items()
        if cell.n and (key or by != "board")
    ]
    if by == "board":
        slices.sort(key=lambda piece: (-(piece.value or 0), piece.key))
    return slices[:limit]


def _by_column(metric: Metric, period: Period, by: str, where: Where) -> list[Slice]:
    with raw.lake_for(period) as connection:
        keys = connection.execute(
            f"SELECT DISTINCT {by} FROM events WHERE ts_us >= {raw.day_us(period.start)} "
            f"AND ts_us < {raw.day_us(period.end)} AND event >= 20 AND {raw.filters_sql(where)}"
        ).fetchall()
        slices = []
        for (key,) in keys:
            if by == "board" and not key:
                continue
            cell = raw.compute(connection, metric, period, replace(where, **{by: key}))
            if cell.n:
                slices.append(Slice(key, cell.value, cell.numerator, cell.denominator, cell.n))
    return slices


def _by_hour(metric: Metric, period: Period, by: str, where: Where) -> list[Slice]:
    counted = "count(DISTINCT subject)" if metric.kind == "distinct" else "count(*)"
    behind = counted_rows_sql(metric, period, where, clock.now())
    local = local_hours_sql("ts_us", raw.day_us(period.start), raw.day_us(period.end), site_zone())
    with raw.lake_for(period) as connection:
        found = connection.execute(
            f"SELECT {_hour_key(by)} AS key, {counted} FROM (SELECT {local} AS hours, * FROM ({behind})) "
            "GROUP BY 1 ORDER BY 1"
        ).fetchall()
    return [Slice(_shown(key, by), float(count), float(count), None, count) for key, count in found]


def _hour_key(by: str) -> str:
    """From whole local hours since 1970 (a Thursday) to the part of day or week."""
    weekday, hour = "(hours // 24 + 3) % 7", "hours % 24"
    return {"hour": hour, "weekday": weekday, "weekday_hour": f"{weekday} * 24 + {hour}"}[by]


def _shown(key: int, by: str) -> Any:
    return divmod(key, 24) if by == "weekday_hour" else key
