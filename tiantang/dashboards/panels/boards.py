"""Boards side by side: how much is said, how well it is answered, how much is reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import pgettext

from tiantang.community.forum.models import Board
from tiantang.dashboards.cards import figure_address
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.panels.panel import Empty, Panel, column_of, stub_for
from tiantang.dashboards.reading import Delta, delta, label_of, language, value_text
from tiantang.dashboards.sheets import Sheet
from tiantang.metrics import query
from tiantang.metrics.periods import Period
from tiantang.metrics.query import Where
from tiantang.metrics.registry import METRICS

Posts = dict[int, float | None]
COLUMNS = (
    "posts",
    "contributing_members",
    "reply_rate",
    "time_to_first_response",
    "report_rate",
)
SHOWN = 6
"""Boards shown before someone asks for all."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One board's figures; ``values`` by metric.

    ``finished`` are its posts on the days that are over, ``before`` those of equally many days before.
    """

    board: Board | None
    values: Mapping[str, float | None]
    finished: float | None
    before: float | None

    @property
    def change(self) -> float | None:
        """How far its posts are from the period before, as on its card: the running day is left out."""
        return query.change(METRICS["posts"], self.finished, self.before)


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: sorting by it, and which way it is sorted now."""

    key: str
    label: str
    query: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Line:
    """One board as it is printed; ``cells`` are a text each and where its proof opens."""

    board: Board | None
    cells: tuple[tuple[str, str], ...]
    change: Delta


def boards(filters: Filters, choice: Mapping[str, str] | None = None) -> Panel:
    """The table of boards; ``choice`` may hold ``sort`` (a column, "-" for ascending) and ``all``."""
    asked = choice or {}
    sort = asked.get("sort", "posts")
    every = asked.get("all") == "1"
    title = pgettext("panel", "Boards")
    rows = board_rows(filters)
    if not rows:
        return Panel("boards", title, empty=_no_boards())
    rows.sort(key=_key(sort.lstrip("-")), reverse=not sort.startswith("-"))
    shown = rows if every else rows[:SHOWN]
    return Panel(
        "boards",
        title,
        body="dashboards/panels/_boards.html",
        content={
            "heads": _heads(filters, sort, every),
            "lines": [_line(row, filters) for row in shown],
            "total": len(rows),
            "more": None if every or len(rows) <= SHOWN else filters.query(sort=sort, all="1"),
        },
        stub=stub_for("posts", filters),
        sheet=_sheet(title, rows),
    )


def board_rows(filters: Filters) -> list[BoardRow]:
    """Every board that had a post in the period, most posts first."""
    where = Where(member_class=filters.people)
    by_metric = {
        metric: {piece.key: piece.value for piece in query.breakdown(metric, filters.period, "board", where)}
        for metric in COLUMNS
    }
    finished, before = _compared_posts(filters, where, by_metric["posts"])
    known = Board.objects.in_bulk(list(by_metric["posts"]))
    return [
        BoardRow(
            known.get(key),
            {metric: by_metric[metric].get(key) for metric in COLUMNS},
            finished.get(key),
            before.get(key),
        )
        for key in by_metric["posts"]
        if filters.board is None or key == filters.board.pk
    ]


def _compared_posts(filters: Filters, where: Where, whole: Posts) -> tuple[Posts, Posts]:
    """Posts by board on the days that are over, and on equally many first days of the period before.

    Nothing on a period's first day. A board that was silent on its finished days had none.
    """
    over = filters.period.finished_part()
    if over is None:
        return {}, {}

    def counted(period: Period) -> Posts:
        return {piece.key: piece.value for piece in query.breakdown("posts", period, "board", where)}

    now = whole if over == filters.period else {**dict.fromkeys(whole, 0.0), **counted(over)}
    return now, counted(filters.period.previous().first_days(over.days))


def _key(column: str) -> Callable[[BoardRow], Any]:
    """Sorts unknown values below known ones."""

    def of(row: BoardRow) -> tuple[bool, float]:
        value = row.change if column == "change" else row.values.get(column)
        return (value is not None, value or 0.0)

    return of if column == "change" or column in COLUMNS else _key("posts")


def _heads(filters: Filters, sort: str, every: bool) -> list[Head]:
    names = [("posts", label_of("posts")), ("change", pgettext("figure", "vs previous"))]
    names += [(metric, label_of(metric)) for metric in COLUMNS[1:]]
    heads = []
    for key, label in names:
        now = "descending" if sort == key else "ascending" if sort == f"-{key}" else ""
        turned = f"-{key}" if now == "descending" else key
        heads.append(Head(key, label, filters.query(sort=turned, all="1" if every else None), now))
    return heads


def _line(row: BoardRow, filters: Filters) -> Line:
    its = replace(filters, board=row.board)
    cells = tuple(
        (
            value_text(metric, row.values[metric], unit=False),
            figure_address(metric, its) if row.board and row.values[metric] is not None else "",
        )
        for metric in COLUMNS
    )
    return Line(row.board, cells, delta("posts", row.change))


def board_name(board: Board | None) -> str:
    """The board's name in the page's language."""
    if board is None:
        return pgettext("board", "Former board")
    return board.name_en if language() == "en" and board.name_en else board.name


def _sheet(title: str, rows: list[BoardRow]) -> Sheet:
    head = (
        pgettext("panel", "Board"),
        label_of("posts"),
        pgettext("figure", "vs previous"),
        *(column_of(metric) for metric in COLUMNS[1:]),
    )
    return Sheet(
        title,
        head,
        [
            (
                board_name(row.board),
                row.values["posts"],
                row.change,
                *(row.values[metric] for metric in COLUMNS[1:]),
            )
            for row in rows
        ],
    )


def _no_boards() -> Empty:
    return Empty(
        pgettext("panel", "No board had a post in this time"),
        pgettext("panel", "Choose a longer period, or begin a topic in one of the boards."),
        "forum:boards",
        pgettext("panel", "See the boards"),
    )
