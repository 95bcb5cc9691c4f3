"""Changed days grouped into runs, each of which is read from the lake once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

ENOUGH = 500_000
"""A run with so many events ends with its month; smaller ones go on, so a thin history is few runs."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Run:
    """Days in order, with no event between the first and the last but theirs; ``events`` is how many."""

    days: list[date]
    events: int


def rows_in(mark: str) -> int:
    """How many events the fingerprint of a day stands for."""
    return int(mark.partition("-")[0] or 0)


def runs_of(due: Collection[date], present: Mapping[date, str]) -> list[Run]:
    """The days to be made as few runs; ``present`` are the fingerprints of all days that have events."""
    runs: list[Run] = []
    days: list[date] = []
    events = 0
    for day in sorted(due):
        if days and (_ends(days[-1], day, events) or _others_between(days[-1], day, present)):
            runs.append(Run(days, events))
            days, events = [], 0
        days.append(day)
        events += rows_in(present.get(day, ""))
    return [*runs, Run(days, events)] if days else runs


def _ends(last: date, day: date, events: int) -> bool:
    return events >= ENOUGH and (last.year, last.month) != (day.year, day.month)


def _others_between(last: date, day: date, present: Mapping[date, str]) -> bool:
    """True when a day between the two has events and is not due itself."""
    return any(last + ONE_DAY * offset in present for offset in range(1, (day - last).days))
