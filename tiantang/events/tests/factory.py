"""Events for tests."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.db import transaction

from tiantang.events import stream
from tiantang.events.catalog import ActorClass
from tiantang.events.envelope import Actor, Event
from tiantang.events.record import record_many
from tiantang.events.staging import Row, write_visits

NOON = datetime(2024, 3, 12, 4, tzinfo=UTC)
"""Twelve o'clock in Shanghai."""


def an_event(**changes) -> Event:
    given = {"name": "forum.reply_published", "at": NOON, "actor": Actor(7, ActorClass.MEMBER, 9)}
    return Event(**{**given, **changes})


def record_acts(count: int, start: datetime = NOON, step: timedelta = timedelta(seconds=1)) -> None:
    """Acts whose objects are numbered from 1."""
    with transaction.atomic():
        record_many(an_event(at=start + step * number, object_id=number + 1) for number in range(count))


def a_visit(**changes) -> Row:
    now = time.time_ns() // 1000
    given = dict.fromkeys(Row._fields, 0) | {"source": "", "campaign": ""}
    return Row(**{**given, "event_id": uuid4(), "ts_us": now, "recorded_us": now, "event": 1, **changes})


def stage_visits(count: int, **changes) -> None:
    write_visits([a_visit(object_id=number + 1, **changes) for number in range(count)], Counter())


def read(what: str = "*", live: bool = False, start=None, end=None, rest: str = "") -> list[tuple]:
    """Rows of the stream."""
    with stream.connect() as connection:
        stream.attach(connection, start, end, live)
        return connection.execute(f"SELECT {what} FROM events {rest}").fetchall()
