"""Visits on their way into the database: held for half a second, written together."""

from __future__ import annotations

import json
import logging
import os
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from multiprocessing.util import Finalize
from threading import Event, Lock, Thread
from typing import NamedTuple
from uuid import UUID

from django.db import connections, transaction

from tiantang.common.rows import CHOSEN
from tiantang.common.time import today
from tiantang.events.bots import Drop
from tiantang.events.routers import visits_alias

log = logging.getLogger(__name__)
INTERVAL_S = 0.5
MOST_HELD = 50_000
"""Visits after which no more are taken in: five seconds at ten thousand a second."""
SEEN_FOR_S = 2 * 24 * 60 * 60


class Row(NamedTuple):
    """A visit as its table wants it."""

    event_id: UUID
    ts_us: int
    recorded_us: int
    event: int
    subject: int
    visitor: int
    actor_class: int
    object_id: int
    topic: int
    board: int
    target: int
    value: int
    client: int
    source: str
    campaign: str


class Overloaded(Exception):
    """Too much is held already; ask again later."""


class Staging:
    """Takes visits from many threads; one thread writes them. One object in each process."""

    def __init__(self, *, background: bool = True) -> None:
        self._background = background
        self._lock = Lock()
        self._writing = Lock()
        self._wake = Event()
        self._rows: list[Row] = []
        self._drops: Counter[tuple[date, str]] = Counter()
        self._process = 0

    def add(self, rows: Sequence[Row]) -> None:
        """Hold visits until the next writing. Raises Overloaded, taking none."""
        with self._lock:
            if len(self._rows) + len(rows) > MOST_HELD:
                raise Overloaded
            self._rows.extend(rows)
        self._start()

    def drop(self, reason: Drop, count: int = 1) -> None:
        """Count visits that are not kept."""
        if count:
            with self._lock:
                self._drops[today(), reason.value] += count
            self._start()

    def flush(self) -> int:
        """Write what is held; returns how many visits were new. When the database refuses, all stays held."""
        with self._writing:
            with self._lock:
                rows, self._rows = self._rows, []
                drops, self._drops = self._drops, Counter()
            if not rows and not drops:
                return 0
            try:
                return write_visits(rows, drops)
            except Exception:
                with self._lock:
                    self._rows = rows + self._rows
                    self._drops += drops
                raise

    def _start(self) -> None:
        """Wake the writing thread; make it when this process has none (it does not survive a fork)."""
        if not self._background:
            return
        if self._process != os.getpid():
            with self._writing:
                if self._process != os.getpid():
                    self._process = os.getpid()
                    Thread(target=self._write_forever, name="visits", daemon=True).start()
                    self._flush_at_exit()
        self._wake.set()

    def _write_forever(self) -> None:
        while True:
            self._wake.wait()
            time.sleep(INTERVAL_S)
            self._wake.clear()
            try:
                self.flush()
            except Exception:  # whatever it is, the thread must live on
                log.exception("visits could not be written; they are held and tried again")
                connections[visits_alias()].close()
                self._wake.set()

    def _flush_at_exit(self) -> None:
        """A process of ours and one of the server's workers both end with multiprocessing's finalizers."""
        Finalize(None, self.flush, exitpriority=10)


staging = Staging()


def write_visits(rows: Sequence[Row], drops: Counter[tuple[date, str]]) -> int:
    """Write visits that were not seen before and add to the counters, in one transaction."""
    store = visits_alias()
    with transaction.atomic(using=store):
        keyed = {seen_key(row.event_id): row for row in rows}
        fresh = _unseen(store, keyed)
        _insert(store, [keyed[key] for key in fresh])
        doubles = len(rows) - len(fresh)
        _count(store, drops + Counter({(today(), Drop.DOUBLE.value): doubles}))
    return len(fresh)


def seen_key(event_id: UUID) -> int:
    """63 bits that stand for a visit's id; two of a million differ but for one chance in ten million."""
    return int.from_bytes(blake2b(event_id.bytes, digest_size=8).digest(), "big") >> 1


def forget_seen() -> int:
    """Forget ids that no browser sends any more."""
    sql = "DELETE FROM events_seenvisit WHERE seen_us < %s"
    with connections[visits_alias()].cursor() as cursor:
        cursor.execute(sql, [time.time_ns() // 1000 - SEEN_FOR_S * 1_000_000])
        return int(cursor.rowcount)


def _unseen(store: str, keyed: dict[int, Row]) -> list[int]:
    """Keys that are new; they are remembered."""
    if not keyed:
        return []
    sql = (
        f"INSERT INTO events_seenvisit (seen_us, id) SELECT %s, {CHOSEN[connections[store].vendor]} "
        "WHERE true ON CONFLICT DO NOTHING RETURNING id"
    )
    with connections[store].cursor() as cursor:
        cursor.execute(sql, [time.time_ns() // 1000, json.dumps(list(keyed))])
        return [key for (key,) in cursor.fetchall()]


def _insert(store: str, rows: Sequence[Row]) -> None:
    marks = ", ".join(["%s"] * len(Row._fields))
    sql = f"INSERT INTO events_visit ({', '.join(Row._fields)}) VALUES ({marks})"  # noqa: S608 - constants
    as_text = connections[store].vendor == "sqlite"
    with connections[store].cursor() as cursor:
        cursor.executemany(sql, [(row[0].hex, *row[1:]) if as_text else row for row in rows])


def _count(store: str, drops: Counter[tuple[date, str]]) -> None:
    sql = (
        "INSERT INTO events_droppedvisit (day, reason, count) VALUES (%s, %s, %s) "
        "ON CONFLICT (day, reason) DO UPDATE SET count = events_droppedvisit.count + excluded.count"
    )
    with connections[store].cursor() as cursor:
        for (day, reason), count in sorted(drops.items()):
            if count:
                cursor.execute(sql, [day, reason, count])
