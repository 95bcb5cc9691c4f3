"""What the data home is asked for, read from the address and written back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.utils.translation import pgettext

from tiantang.community.forum.models import Board
from tiantang.metrics import clock
from tiantang.metrics.periods import (
    EARLIEST,
    ONE_DAY,
    Grain,
    Period,
    PeriodError,
    parse_period,
    period_of,
    recognise,
    trailing,
)
from tiantang.metrics.query import MemberClass, Where

TRAILING = {"7d": 7, "30d": 30, "90d": 90}
PRESETS = (*TRAILING, "month", "last-month")
DEFAULT = "30d"
COMPARES = ("both", "previous", "year", "none")
PEOPLE = ("members", "all", "staff")
LONGEST_DAYS = 366 * 20


@dataclass(frozen=True, slots=True)
class Filters:
    """The chosen cut. ``chosen`` is a preset or "custom"; ``notices`` say what could not be read.

    ``drawn_by`` draws series at another grain than the period's length suggests.
    """

    period: Period
    chosen: str = DEFAULT
    compare: str = "both"
    board: Board | None = None
    people: MemberClass = "members"
    notices: tuple[str, ...] = field(default=())
    drawn_by: Grain | None = None

    @property
    def where(self) -> Where:
        """The same cut as a question to the figures."""
        return Where(board=self.board.pk if self.board else None, member_class=self.people)

    @property
    def with_previous(self) -> bool:
        return self.compare in ("both", "previous")

    @property
    def with_last_year(self) -> bool:
        return self.compare in ("both", "year")

    @property
    def grain(self) -> Grain:
        """How finely a series over the period is drawn: up to about ninety points."""
        if self.drawn_by:
            return self.drawn_by
        days = self.period.days
        return "day" if days <= 92 else "week" if days <= 640 else "month"

    def coarser(self) -> Filters:
        """The same cut drawn by week at least: a day has too few topics for a rate."""
        return replace(self, drawn_by="week") if self.grain == "day" and self.period.days > 13 else self

    def query(self, **changes: str | None) -> str:
        """The query of an address with these filters, some of them changed; None takes one away."""
        values: dict[str, str | None] = {
            "period": self.chosen if self.chosen in PRESETS else self.period.code,
            "compare": None if self.compare == "both" else self.compare,
            "board": self.board.slug if self.board else None,
            "people": None if self.people == "members" else self.people,
        }
        values |= changes
        return urlencode({name: value for name, value in values.items() if value is not None})

    @property
    def fixed_query(self) -> str:
        """The query that means the same days tomorrow: for stubs, exports and everything quoted."""
        return self.query(period=self.period.code)


def read_filters(query: Mapping[str, str]) -> Filters:
    """The filters of a request. What cannot be read falls back to the usual and is said in ``notices``."""
    notices: list[str] = []
    period, chosen = _read_period(query, notices)
    return Filters(
        period,
        chosen,
        _one_of(query, "compare", COMPARES, notices),
        _read_board(query, notices),
        cast(MemberClass, _one_of(query, "people", PEOPLE, notices)),
        tuple(notices),
    )


def _read_period(query: Mapping[str, str], notices: list[str]) -> tuple[Period, str]:
    today = clock.today()
    asked = query.get("period", "").strip()
    if query.get("from") or query.get("to"):
        period = _read_days(query, notices)
        return (period, "custom") if period else (trailing(TRAILING[DEFAULT], today), DEFAULT)
    if asked in TRAILING:
        return trailing(TRAILING[asked], today), asked
    if asked == "month":
        return period_of(today, "month"), asked
    if asked == "last-month":
        return period_of(today, "month").previous(), asked
    if asked:
        period = _read_code(asked, notices)
        if period:
            return period, "custom"
    return trailing(TRAILING[DEFAULT], today), DEFAULT


def _read_code(asked: str, notices: list[str]) -> Period | None:
    try:
        return _sensible(parse_period(asked), notices)
    except (PeriodError, OverflowError):
        notices.append(
            pgettext("filter", "“%(text)s” is no period. Showing the last 30 days.") % {"text": asked[:40]}
        )
        return None


def _read_days(query: Mapping[str, str], notices: list[str]) -> Period | None:
    """The days of the two date fields; one of them may be missing."""
    today = clock.today()
    try:
        last = date.fromisoformat(query["to"]) if query.get("to") else today
        first = date.fromisoformat(query["from"]) if query.get("from") else last
    except ValueError:
        notices.append(pgettext("filter", "These dates can't be read. Showing the last 30 days."))
        return None
    if last < first:
        first, last = last, first
        notices.append(pgettext("filter", "The last day came before the first; they have changed places."))
    try:
        return _sensible(recognise(first, last + ONE_DAY), notices)
    except OverflowError:  # the last day of the calendar has no next
        notices.append(pgettext("filter", "These dates can't be read. Showing the last 30 days."))
        return None


def _sensible(period: Period, notices: list[str]) -> Period | None:
    """The period when it has begun and is not absurdly long; otherwise None and a notice."""
    if period.start > clock.today():
        notices.append(
            pgettext(
                "filter", "This period hasn't begun, so there is nothing to count. Showing the last 30 days."
            )
        )
        return None
    if period.start < EARLIEST:
        notices.append(
            pgettext("filter", "There is nothing to count before %(year)d. Showing the last 30 days.")
            % {"year": EARLIEST.year}
        )
        return None
    if period.days > LONGEST_DAYS:
        notices.append(pgettext("filter", "That is more than 20 years. Showing the last 30 days."))
        return None
    return period


def _one_of(query: Mapping[str, str], name: str, known: tuple[str, ...], notices: list[str]) -> str:
    asked = query.get(name) or known[0]
    if asked in known:
        return asked
    notices.append(
        pgettext("filter", "“%(text)s” can't be chosen here and was left out.") % {"text": asked[:40]}
    )
    return known[0]


def _read_board(query: Mapping[str, str], notices: list[str]) -> Board | None:
    asked = query.get("board", "").strip()
    if not asked:
        return None
    board = Board.objects.filter(slug=asked).first()
    if board is None and asked.isdecimal() and len(asked) < 10:
        board = Board.objects.filter(pk=int(asked)).first()
    if board is None:
        notices.append(
            pgettext("filter", "There is no board “%(text)s”. Showing all boards.") % {"text": asked[:40]}
        )
    return board
