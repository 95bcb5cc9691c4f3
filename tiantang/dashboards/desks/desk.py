"""What lies on a duty's desk: what is due, shelves below it, figures beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import NoReverseMatch, reverse

from tiantang.dashboards.panels.panel import Empty
from tiantang.metrics import clock


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits for somebody. ``late`` prints it as overdue; ``mend`` is a command to run."""

    icon: str
    text: str
    address: str = ""
    act: str = ""
    count: int = 1
    late: bool = False
    since: datetime | None = None
    mend: str = ""

    @property
    def is_counted(self) -> bool:
        """A single finding needs no figure before it."""
        return self.count > 1 or not self.mend


@dataclass(frozen=True, slots=True)
class Row:
    """A line on a shelf: what, where it leads, and on the right how much or since when."""

    title: str
    address: str = ""
    note: str = ""
    value: str = ""
    icon: str = ""
    hue: int = 0
    tone: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A titled list. ``empty`` says what it means that nothing lies on it."""

    title: str
    rows: list[Row]
    empty: str
    address: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """One duty's first page. ``cards`` and ``week`` are metrics, ``panels`` keys of the data home."""

    key: str
    icon: str
    name: Callable[[], str]
    due: Callable[[], list[Due]]
    rest: Callable[[], Empty]
    shelves: Callable[[], list[Shelf]]
    cards: tuple[str, ...]
    week: tuple[str, ...]
    panels: tuple[str, ...] = ()


def ago(**length: float) -> datetime:
    """The instant that long before now."""
    return clock.now() - timedelta(**length)


def page(name: str, *values: object, query: str = "") -> str:
    """The address of a page, empty when this installation has none."""
    try:
        return reverse(name, args=values) + query
    except NoReverseMatch:
        return ""
