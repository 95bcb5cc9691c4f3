"""Write events down: in the transaction of the act they describe."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from tiantang.common.rows import allot_keys, insert_rows
from tiantang.common.time import microseconds
from tiantang.events.catalog import kind_of
from tiantang.events.envelope import Event, tidy_word
from tiantang.events.models import Act, Subject

COLUMNS = (
    "event_id",
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


def record(event: Event) -> None:
    """Write one act into the outbox, inside the caller's transaction.

    Raises UnknownEvent for a name outside the catalogue, TransactionManagementError outside a transaction.
    """
    record_many([event])


def record_many(events: Iterable[Event]) -> None:
    """Write acts into the outbox. Same rules as ``record``."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an act is recorded in its row's transaction")
    insert_rows(Act, COLUMNS, waiting_values(events))


def waiting_values(events: Iterable[Event]) -> Iterator[tuple[Any, ...]]:
    """The values of ``COLUMNS`` for events that are recorded now. Raises UnknownEvent."""
    recorded = microseconds(timezone.now())
    for event in events:
        yield (
            event.id,
            microseconds(event.at),
            recorded,
            kind_of(event.name).code,
            event.actor.subject,
            event.actor.visitor,
            int(event.actor.kind),
            event.object_id,
            event.topic,
            event.board,
            event.target,
            event.value,
            int(event.client),
            tidy_word(event.source),
            tidy_word(event.campaign),
            _compact(event.payload),
        )


def _compact(payload: Any) -> str | None:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")) if payload else None


def new_subject() -> int:
    """Allot the pseudonymous number of a new member."""
    return Subject.objects.create().pk


def new_subjects(count: int) -> list[int]:
    """Allot ``count`` pseudonymous numbers at once."""
    with transaction.atomic():
        numbers = allot_keys(Subject, count)
        insert_rows(Subject, ("id",), ((number,) for number in numbers))
    return numbers
