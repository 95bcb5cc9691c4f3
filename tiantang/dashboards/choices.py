"""The filter bar: what is chosen, and the addresses of the other choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext

from tiantang.community.forum.models import Board
from tiantang.dashboards.days import spoken
from tiantang.dashboards.filters import PRESETS, Filters
from tiantang.dashboards.panels.boards import board_name


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen, with the query that chooses it."""

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """One filter: its name, what is chosen now, and the choices."""

    key: str
    name: str
    now: str
    choices: tuple[Choice, ...]


def preset_name(key: str) -> str:
    """A period preset in words."""
    return {
        "7d": pgettext("filter", "Last 7 days"),
        "30d": pgettext("filter", "Last 30 days"),
        "90d": pgettext("filter", "Last 90 days"),
        "month": pgettext("filter", "This month"),
        "last-month": pgettext("filter", "Last month"),
    }[key]


def choices(filters: Filters, boards: Sequence[Board]) -> dict[str, Pick]:
    """Every filter by key: period, compare, board, people."""
    return {
        pick.key: pick
        for pick in (_period(filters), _compare(filters), _board(filters, boards), _people(filters))
    }


def _pick(key: str, name: str, pairs: Sequence[tuple[str, str, bool]], now: str = "") -> Pick:
    made = tuple(Choice(label, query, chosen) for label, query, chosen in pairs)
    return Pick(key, name, now or next((one.label for one in made if one.chosen), ""), made)


def _period(filters: Filters) -> Pick:
    pairs = [(preset_name(key), filters.query(period=key), filters.chosen == key) for key in PRESETS]
    now = "" if filters.chosen in PRESETS else spoken(filters.period)
    return _pick("period", pgettext("filter", "Period"), pairs, now)


def _compare(filters: Filters) -> Pick:
    names = {
        "both": pgettext("filter", "Previous period and last year"),
        "previous": pgettext("filter", "Previous period"),
        "year": pgettext("filter", "Last year"),
        "none": pgettext("filter", "Nothing"),
    }
    pairs = [
        (name, filters.query(compare=None if key == "both" else key), filters.compare == key)
        for key, name in names.items()
    ]
    return _pick("compare", pgettext("filter", "Compared with"), pairs)


def _board(filters: Filters, boards: Sequence[Board]) -> Pick:
    pairs = [(pgettext("filter", "All"), filters.query(board=None), filters.board is None)]
    pairs += [
        (
            board_name(board),
            filters.query(board=board.slug),
            filters.board is not None and filters.board.pk == board.pk,
        )
        for board in boards
    ]
    now = board_name(filters.board) if filters.board else ""
    return _pick("board", pgettext("filter", "Board"), pairs, now)


def _people(filters: Filters) -> Pick:
    names = {
        "members": pgettext("filter", "Members"),
        "all": pgettext("filter", "Members and operators"),
        "staff": pgettext("filter", "Operators only"),
    }
    pairs = [
        (name, filters.query(people=None if key == "members" else key), filters.people == key)
        for key, name in names.items()
    ]
    return _pick("people", pgettext("filter", "People"), pairs)
