"""Write events down: in the transaction of the act they describe."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from tiantang.common.time import microseconds
from tiantang.events.catalog import kind_of
from tiantang.events.envelope import Event
from tiantang.events.models import Act, Subject, WaitingEvent

Row = TypeVar("Row", bound=WaitingEvent)


def record(event: Event) -> None:
    """Write one act into the outbox, inside the caller's transaction.

    Raises UnknownEvent for a name outside the catalogue, TransactionManagementError outside a transaction.
    """
    record_many([event])


def record_many(events: Iterable[Event], batch_size: int = 500) -> None:
    """Write acts into the outbox in batches. Same rules as ``record``."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an act is recorded in its row's transaction")
    Act.objects.bulk_create([as_row(event, Act) for event in events], batch_size=batch_size)


def as_row(event: Event, model: type[Row]) -> Row:
    """The waiting row of an event. Raises UnknownEvent."""
    recorded = timezone.now()
    return model(
        event_id=event.id,
        ts_us=microseconds(event.at),
        recorded_us=microseconds(recorded),
        event=kind_of(event.name).code,
        subject=event.actor.subject,
        visitor=event.actor.visitor,
        actor_class=int(event.actor.kind),
        object_id=event.object_id,
        topic=event.topic,
        board=event.board,
        target=event.target,
        value=event.value,
        client=int(event.client),
        source=event.source[:80],
        campaign=event.campaign[:80],
        payload=_compact(event.payload),
    )


def _compact(payload: Any) -> str | None:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")) if payload else None


def new_subject() -> int:
    """Allot the pseudonymous number of a new member."""
    return Subject.objects.create().pk


def new_subjects(count: int) -> list[int]:
    """Allot ``count`` pseudonymous numbers at once."""
    return [subject.pk for subject in Subject.objects.bulk_create(Subject() for _ in range(count))]
