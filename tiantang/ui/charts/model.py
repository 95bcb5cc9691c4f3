"""What a chart says, before anyone draws it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChartKind(StrEnum):
    LINE = "line"
    BARS = "bars"  # vertical, one or more series side by side
    STACKED = "stacked"  # vertical, series on top of each other
    ROWS = "rows"  # horizontal bars, longest first
    HEATMAP = "heatmap"  # one series per row (weekday), categories are columns (hours)
    FUNNEL = "funnel"  # one series, categories are the steps


class SeriesRole(StrEnum):
    """How look.md draws a series: ours solid, earlier dashed grey, target dotted, usual range a band."""

    CURRENT = "current"
    PREVIOUS = "previous"
    TARGET = "target"
    BAND_LOW = "band_low"
    BAND_HIGH = "band_high"


@dataclass(frozen=True, slots=True)
class Series:
    """Named numbers, one per category; None where there is nothing to say."""

    name: str
    values: tuple[float | None, ...]
    role: SeriesRole = SeriesRole.CURRENT


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart in the reader's language.

    ``title`` states what it shows, ``summary`` says it in a sentence for those who cannot see it, ``unit``
    follows the figures, ``percent`` marks values that are ratios of one, ``duration`` values in seconds,
    ``open_last`` an unfinished last period (``open_label`` says so beside its point), before ``ahead``
    categories that have not begun. ``highlight`` is the
    category that is meant, ``highlight_label`` what happened there. ``language`` formats the figures; empty
    means the language of the page being made.
    """

    kind: ChartKind
    title: str
    summary: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    percent: bool = False
    open_last: bool = False
    highlight: int | None = None
    from_zero: bool = True
    note: str = ""
    duration: bool = False
    open_label: str = ""
    highlight_label: str = ""
    language: str = ""
    ahead: int = 0

    @property
    def open_place(self) -> int | None:
        """Where the unfinished category stands; None when all are over."""
        place = len(self.categories) - 1 - self.ahead
        return place if self.open_last and place >= 0 else None
