"""Where a figure comes from: definition, SQL, course, and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext

from tiantang.community.forum.models import Board
from tiantang.community.members.access import operators_only
from tiantang.dashboards.cards import card
from tiantang.dashboards.choices import choices
from tiantang.dashboards.cut import is_widened, where_for
from tiantang.dashboards.days import spoken
from tiantang.dashboards.filters import Filters, read_filters
from tiantang.dashboards.panels.boards import board_name
from tiantang.dashboards.panels.courses import course
from tiantang.dashboards.reading import value_text
from tiantang.dashboards.targets import target_for
from tiantang.dashboards.words import RowWords
from tiantang.metrics import query
from tiantang.metrics.query import Figure
from tiantang.metrics.registry import METRICS
from tiantang.ui.charts.page import drawn

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class RowPage:
    """One page of rows, for the pager."""

    number: int
    pages: int


@operators_only()
def figure(request: HttpRequest, metric: str) -> HttpResponse:
    """The provenance of one figure in the chosen cut."""
    if metric not in METRICS:
        raise Http404
    filters = read_filters(request.GET)
    where = where_for(metric, filters)
    found = query.figure(metric, filters.period, where)
    behind, page = _page_of_rows(metric, filters, _page_number(request.GET.get("page", "")))
    context = {
        "metric": METRICS[metric],
        "filters": filters,
        "period_text": spoken(filters.period),
        "choices": choices(filters, list(Board.objects.filter(archived_at=None).select_related("group"))),
        "card": card(metric, filters),
        "figure": found,
        "facts": facts(found, filters),
        "cut": cut_in_words(filters, widened=is_widened(metric, filters)),
        "provenance": found.provenance,
        "drawn": drawn(course(metric, filters)),
        "rows": behind,
        "rows_note": rows_note(metric),
        "column_names": column_names(),
        "row_words": RowWords(),
        "page": page,
        "boards": Board.objects.in_bulk(_board_ids(behind.columns, behind.rows)),
    }
    return render(request, "dashboards/figure.html", context)


def _page_of_rows(metric: str, filters: Filters, number: int) -> tuple[query.Rows, RowPage]:
    """A page of the rows behind a figure; beyond the last one the last one."""

    def read(page: int) -> query.Rows:
        offset = (page - 1) * ROWS_A_PAGE
        return query.rows(
            metric, filters.period, where_for(metric, filters), limit=ROWS_A_PAGE, offset=offset
        )

    behind = read(number)
    pages = max(1, -(-behind.total // ROWS_A_PAGE))
    return (behind if number <= pages else read(pages)), RowPage(min(number, pages), pages)


def column_names() -> dict[str, str]:
    """The lake's columns in words; exports keep the columns' own names."""
    return {
        "happened": pgettext("event column", "Time"),
        "event": pgettext("event column", "Event"),
        "subject": pgettext("event column", "Member number"),
        "visitor": pgettext("event column", "Browser number"),
        "actor_class": pgettext("event column", "Kind of person"),
        "object_id": pgettext("event column", "Object"),
        "topic": pgettext("event column", "Topic"),
        "board": pgettext("event column", "Board"),
        "target": pgettext("event column", "Other member"),
        "value": pgettext("event column", "Value"),
        "client": pgettext("event column", "Client"),
        "source": pgettext("event column", "Source"),
        "stream": pgettext("event column", "Stream"),
        "seq": pgettext("event column", "Number"),
    }


def _page_number(asked: str) -> int:
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 9 else 1


def _board_ids(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> set[int]:
    if "board" not in columns:
        return set()
    place = columns.index("board")
    return {row[place] for row in rows if row[place]}


def facts(found: Figure, filters: Filters) -> list[tuple[str, str]]:
    """The figure's parts in words: numerator, denominator, cases, comparisons."""
    name, target = found.metric, target_for(found, filters)
    pairs = [
        (pgettext("figure", "Numerator"), _count(found.numerator)),
        (pgettext("figure", "Denominator"), _count(found.denominator)),
        (pgettext("figure", "Cases (n)"), f"{found.n:,}"),
        (pgettext("figure", "Previous period"), value_text(name, found.previous)),
        (pgettext("figure", "Same period last year"), value_text(name, found.last_year)),
        (pgettext("figure", "Target"), value_text(name, target)),
    ]
    done = query.completion(METRICS[name], found.value, target)
    if done is not None:
        pairs.append((pgettext("figure", "Completion"), f"{round(done * 100)}%"))
    if found.partial and found.compared_days:
        days = pgettext("figure", "%(n)s finished days, with as many of the other periods")
        pairs.append((pgettext("figure", "Compared"), days % {"n": found.compared_days}))
    return pairs


def rows_note(metric: str) -> str:
    """How the rows and the figure belong together, where their number is not the figure itself."""
    if not query.counts_its_rows(metric):
        return pgettext(
            "figure",
            "These are all events that the definition reads; how they become the figure, the SQL below says. "
            "Their number need not be the figure.",
        )
    if METRICS[metric].kind == "distinct":
        return pgettext("figure", "Each row is an event; the figure counts the different members in them.")
    return ""


def _count(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def cut_in_words(filters: Filters, *, widened: bool) -> list[tuple[str, str]]:
    """What was counted, in words."""
    people = {
        "members": pgettext("filter", "Members; operators and bots left out"),
        "all": pgettext("filter", "Members and operators; bots left out"),
        "staff": pgettext("filter", "Operators only"),
    }[filters.people]
    board = board_name(filters.board) if filters.board and not widened else pgettext("filter", "All")
    if widened:
        board = pgettext("filter", "Whole site: this figure is not kept by board")
    return [
        (pgettext("filter", "Period"), spoken(filters.period)),
        (pgettext("filter", "People"), people),
        (pgettext("filter", "Board"), board),
    ]
