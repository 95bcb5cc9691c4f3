"""Who stays: a triangle of joining cohorts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import pgettext

from tiantang.dashboards.cut import where_for
from tiantang.dashboards.days import short_part, spoken
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.panels.panel import Empty, Panel, stub_for, widened_note
from tiantang.dashboards.sheets import Sheet
from tiantang.metrics import clock, query
from tiantang.metrics.periods import ONE_DAY, Grain, Period, add_months, period_of
from tiantang.metrics.query import RetentionTable
from tiantang.ui.charts.numbers import share

STEPS: dict[Grain, int] = {"day": 7, "week": 6, "month": 6}
SHADES = ((0.6, 6), (0.45, 5), (0.34, 4), (0.24, 3), (0.12, 2))
"""From which share on a cell is how deep."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A share in words and how deep it is printed; empty texts are intervals that are not over."""

    text: str
    shade: int
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    size: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Triangle:
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    mean: tuple[Cell, ...]


def retention(filters: Filters, choice: Mapping[str, str] | None = None) -> Panel:
    """Cohorts by joining day, week or month; ``choice`` may hold ``unit`` and ``unbounded``."""
    asked = choice or {}
    unit: Grain = next((known for known in STEPS if known == asked.get("unit")), "week")
    unbounded = asked.get("unbounded") == "1"
    period = long_enough(filters.period, unit)
    table = query.retention(
        period, unit=unit, steps=STEPS[unit], unbounded=unbounded, where=where_for("retention", filters)
    )
    title = {
        "day": pgettext("panel", "Retention by joining day"),
        "week": pgettext("panel", "Retention by joining week"),
        "month": pgettext("panel", "Retention by joining month"),
    }[unit]
    links = _links(filters, unit, unbounded)
    if not any(cohort.size for cohort in table.cohorts):
        return Panel("retention", title, empty=_nobody(), links=links)
    told = joined_in(table, unit)
    return Panel(
        "retention",
        title,
        body="dashboards/panels/_retention.html",
        claim=_claim(table, unit, unbounded),
        content=triangle(table, unit),
        notes=(
            *_joined_note(told, filters),
            *_proof_note(unit, unbounded),
            *widened_note("retention", filters),
        ),
        stub=stub_for("retention", replace(filters, period=told, chosen="custom")),
        sheet=_sheet(title, table, unit),
        links=links,
    )


def long_enough(period: Period, unit: Grain) -> Period:
    """The period, begun early enough for a triangle: cohorts of a week ago have had one week to come back."""
    if unit == "month":
        return Period(min(period.start, add_months(period.end, -6)), period.end)
    days = 9 if unit == "day" else 7 * 8
    start = Period(period.start, period.end).end.toordinal() - days
    first = period.start if period.start.toordinal() < start else period.start.fromordinal(start)
    return Period(first, period.end)


def joined_in(table: RetentionTable, unit: Grain) -> Period:
    """The days on which the members of the table joined: whole units, up to today at most."""
    first, last = table.cohorts[0].start, period_of(table.cohorts[-1].start, unit)
    return Period(first, max(min(last.end, clock.today() + ONE_DAY), first + ONE_DAY))


def _joined_note(told: Period, filters: Filters) -> tuple[str, ...]:
    """Says whose retention it is when that is more than the chosen period."""
    if told.start >= filters.period.start and told.end <= filters.period.end:
        return ()
    return (
        pgettext("retention", "Of those who joined from %(days)s: whole cohorts, with time to come back.")
        % {"days": spoken(told)},
    )


def _proof_note(unit: Grain, unbounded: bool) -> tuple[str, ...]:
    if unit == "week" and not unbounded:
        return ()
    return (pgettext("retention", "The stub opens the next-week figure of these members."),)


def _nobody() -> Empty:
    return Empty(
        pgettext("panel", "No new members in this time"),
        pgettext(
            "panel", "Retention follows those who joined. Choose a longer period, or share the sign-up page."
        ),
        "account_signup",
        pgettext("panel", "Open the sign-up page"),
    )


def _links(filters: Filters, unit: Grain, unbounded: bool) -> tuple[tuple[str, str, bool], ...]:
    """The switches of the panel: unit of the cohorts, and on or on-and-after."""

    def query_with(**changes: str | None) -> str:
        shown: dict[str, str | None] = {"unit": unit, "unbounded": "1" if unbounded else None}
        return filters.query(**(shown | changes))

    units: tuple[tuple[Grain, str], ...] = (
        ("day", pgettext("retention", "Days")),
        ("week", pgettext("retention", "Weeks")),
        ("month", pgettext("retention", "Months")),
    )
    return (
        *((name, query_with(unit=key), key == unit) for key, name in units),
        (pgettext("retention", "Active then"), query_with(unbounded=None), not unbounded),
        (pgettext("retention", "Then or later"), query_with(unbounded="1"), unbounded),
    )


def _head(unit: Grain, number: int) -> str:
    names = {
        "day": pgettext("retention", "Day %(n)s"),
        "week": pgettext("retention", "Week %(n)s"),
        "month": pgettext("retention", "Month %(n)s"),
    }
    return names[unit] % {"n": number}


def triangle(table: RetentionTable, unit: Grain) -> Triangle:
    """The table as it is printed, newest cohort last."""
    width = max((len(cohort.cells) for cohort in table.cohorts), default=0)
    rows = tuple(
        Row(
            short_part(cohort.start, unit),
            f"{cohort.size:,}",
            tuple(cell(value, cohort.size) for value in cohort.cells),
        )
        for cohort in table.cohorts
        if cohort.size
    )
    heads = tuple(_head(unit, number) for number in range(width))
    return Triangle(heads, rows, tuple(cell(value, 0) for value in table.mean[:width]))


def cell(value: float | None, size: int) -> Cell:
    """One share; deeper the more came back."""
    if value is None:
        return Cell("", 0, "")
    shade = next((depth for edge, depth in SHADES if value >= edge), 1)
    title = f"{round(value * size):,} / {size:,}" if size else ""
    return Cell(share(round(value, 2)) if value >= 0.1 else share(round(value, 3)), shade, title)


def _claim(table: RetentionTable, unit: Grain, unbounded: bool) -> str:
    second = table.mean[1] if len(table.mean) > 1 else None
    if second is None:
        return pgettext("retention", "The first cohort is still in its first interval.")
    said = {
        "day": pgettext("retention", "On average %(share)s come back on the next day."),
        "week": pgettext("retention", "On average %(share)s come back in the next week."),
        "month": pgettext("retention", "On average %(share)s come back in the next month."),
    }[unit]
    if unbounded:
        said = pgettext("retention", "On average %(share)s come back at some later time.")
    return said % {"share": share(round(second, 3))}


def _sheet(title: str, table: RetentionTable, unit: Grain) -> Sheet:
    width = max((len(cohort.cells) for cohort in table.cohorts), default=0)
    head = (
        pgettext("retention", "Joined"),
        pgettext("retention", "Members"),
        *(_head(unit, number) for number in range(width)),
    )
    return Sheet(title, head, [(cohort.start, cohort.size, *cohort.cells) for cohort in table.cohorts])
