"""Read waiting rows as lake columns, and take exactly those away again."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connections

from tiantang.common.rows import CHOSEN
from tiantang.events.lake import lake_table
from tiantang.events.models import Act, Visit, WaitingEvent
from tiantang.events.routers import visits_alias

COLUMNS = (
    "id",
    "ts_us",
    "recorded_us",
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
    "campaign",
    "payload",
)
LONGEST_LAG_S = 2**31 - 1


class RowsGone(Exception):
    """Rows that were read are not there any more; somebody else has moved them."""


class Source:
    """A waiting table, the number of its stream, and the database it lies in."""

    def __init__(self, stream: int, model: type[WaitingEvent], store: str) -> None:
        self.stream = stream
        self.table = model._meta.db_table
        self.store = store

    def read(self, limit: int | None = None, where: str = "", values: Sequence[int] = ()) -> pa.Table:
        """The oldest ``limit`` waiting rows (all without) as a table with LAKE_COLUMNS."""
        sql = f"SELECT {', '.join(COLUMNS)} FROM {self.table} {where} ORDER BY id"  # noqa: S608 - constants
        with connections[self.store].cursor() as cursor:
            cursor.execute(sql + (f" LIMIT {int(limit)}" if limit else ""), list(values))
            return as_lake_table(cursor.fetchall(), self.stream)

    def delete(self, ids: Sequence[int]) -> None:
        """Take away exactly these rows, in the caller's transaction.

        Never "up to the last": on PostgreSQL a smaller number may be committed later. Raises RowsGone.
        """
        connection = connections[self.store]
        chosen = CHOSEN[connection.vendor]
        sql = f"DELETE FROM {self.table} WHERE id IN (SELECT {chosen})"  # noqa: S608 - constants
        with connection.cursor() as cursor:
            cursor.execute(sql, [json.dumps(ids)])
            if cursor.rowcount != len(ids):
                raise RowsGone(f"{len(ids) - cursor.rowcount} of {len(ids)} rows of {self.table} are gone")


def sources() -> tuple[Source, Source]:
    """Acts and visits."""
    return Source(1, Act, "default"), Source(2, Visit, visits_alias())


def as_lake_table(rows: Sequence[tuple[object, ...]], stream: int) -> pa.Table:
    """Rows of a waiting table (COLUMNS) as a table with LAKE_COLUMNS."""
    if not rows:
        return lake_table({}, 0)
    columns = dict(zip(COLUMNS, (pa.array(column) for column in zip(*rows, strict=True)), strict=True))
    lag = pc.divide(pc.subtract(columns.pop("recorded_us"), columns["ts_us"]), 1_000_000)
    columns["lag_s"] = pc.max_element_wise(pc.min_element_wise(lag, LONGEST_LAG_S), -LONGEST_LAG_S)
    columns["seq"] = columns.pop("id")
    columns["stream"] = pa.repeat(pa.scalar(stream, pa.int8()), len(rows))
    return lake_table(columns, len(rows))
