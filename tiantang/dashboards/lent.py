"""What floors above lend to the console, which imports nobody above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

LENT: dict[str, Callable[[], Any]] = {}


class Check(Protocol):
    """One finding about the installation: ``state`` is well, odd or ill, ``mend`` says what to do."""

    @property
    def organ(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def mend(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LatestSummary:
    """The newest work summary: the days it sums up, and where it is read."""

    start: date
    end: date
    state: str
    made_at: datetime
    address: str


def lend(name: str, read: Callable[[], Any]) -> None:
    """Lend a read, ``checks`` or ``latest_summary``, when the program starts."""
    LENT[name] = read


def checks() -> Sequence[Check]:
    """What was found when the installation was looked at; nothing where nobody looks."""
    return list(LENT["checks"]()) if "checks" in LENT else []


def latest_summary() -> LatestSummary | None:
    """The newest finished work summary."""
    found: LatestSummary | None = LENT["latest_summary"]() if "latest_summary" in LENT else None
    return found
