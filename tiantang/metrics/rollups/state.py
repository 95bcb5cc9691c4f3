"""How far the rollups and KPI tables have come, kept in one small file beside the rollups."""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from tiantang.common.errors import TiantangError
from tiantang.metrics.rollups import store

VERSION = 2
"""Raise when a rollup's content changes; everything is then made again."""


class FiguresBusyError(TiantangError):
    """Another process has been counting all the time we waited."""


@dataclass(slots=True)
class State:
    """What has been done.

    ``rolled``: fingerprint of each day as rolled up (level 2). ``waiting``: days whose KPI rows (level 3) are
    older than their rollups, with the families concerned; ``deferred``: of these, what may wait for the hour.
    ``as_of``: when KPI rows were last due, µs; ``first``: the first day they cover. ``moved_zone``: segments
    may have been cut in another time zone.
    """

    zone: str = ""
    version: int = VERSION
    moved_zone: bool = False
    rolled: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, list[str]] = field(default_factory=dict)
    deferred: dict[str, list[str]] = field(default_factory=dict)
    as_of: int = 0
    first: str = ""

    def days(self) -> dict[date, str]:
        """``rolled`` by day."""
        return {date.fromisoformat(day): mark for day, mark in self.rolled.items()}


def load() -> State:
    """The state as last saved; an empty one at first or when it cannot be read."""
    try:
        known: dict[str, Any] = json.loads((store.folder() / "state.json").read_text(encoding="utf8"))
        return State(**known)
    except (FileNotFoundError, ValueError, TypeError):
        return State()


def save(state: State) -> None:
    """Replace the saved state as a whole."""
    path = store.folder() / "state.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{uuid4().hex}.new")
    beside.write_text(json.dumps(asdict(state)), encoding="utf8")
    beside.replace(path)


@contextmanager
def counting(patience: float = 120.0) -> Iterator[None]:
    """Hold the right to change rollups and KPI rows. Raises FiguresBusyError when it does not get free."""
    path = store.folder().with_name("rollups.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        deadline = time.monotonic() + patience
        while not _try(file.fileno()):
            if time.monotonic() > deadline:
                raise FiguresBusyError("Another process is counting figures. Try again when it has finished.")
            time.sleep(0.05)
        yield


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
