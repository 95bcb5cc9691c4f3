"""Tables to take away: a panel, the whole page, a series, the rows behind a figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import pgettext

from tiantang.community.members.access import operators_only
from tiantang.dashboards.cards import CARDS
from tiantang.dashboards.cut import is_widened, takes_board, where_for
from tiantang.dashboards.filters import Filters, read_filters
from tiantang.dashboards.panels import PANELS, build_panel
from tiantang.dashboards.panels.panel import column_of, part_heads, yes_or_no
from tiantang.dashboards.reading import is_duration, is_percent, label_of, unit_of
from tiantang.dashboards.sheets import Sheet, csv_lines, write_xlsx
from tiantang.dashboards.targets import target_for
from tiantang.dashboards.views.figures import cut_in_words
from tiantang.metrics import query
from tiantang.metrics.periods import ONE_DAY
from tiantang.metrics.registry import METRICS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 5000
MOST_XLSX_ROWS = 1_000_000


def answer(sheets: Iterable[Sheet], name: str, ending: str) -> HttpResponseBase:
    """The sheets as a download; CSV leaves line by line and holds the first sheet only."""
    if ending == "xlsx":
        return FileResponse(
            write_xlsx(sheets), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX
        )
    lines = csv_lines(next(iter(sheets)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return response


def _name(what: str, filters: Filters, *, board: bool = True) -> str:
    """The file's name says the cut, so that two boards' tables do not overwrite each other."""
    parts = [what, filters.period.code.replace("..", "_")]
    parts += [filters.board.slug] if filters.board and board else []
    parts += [filters.people] if filters.people != "members" else []
    return "-".join(parts)


def _metric_or_404(metric: str) -> str:
    if metric not in METRICS:
        raise Http404
    return metric


@operators_only()
def panel_sheet(request: HttpRequest, key: str, ending: str) -> HttpResponseBase:
    """The figures of one panel."""
    if key not in PANELS:
        raise Http404
    filters = read_filters(request.GET)
    sheet = build_panel(key, filters, request.GET).sheet
    return answer([sheet or Sheet(PANELS[key].title(), (), [])], _name(key, filters), ending)


@operators_only()
def workbook(request: HttpRequest) -> HttpResponseBase:
    """The whole data home: one sheet for the cards and one for each panel."""
    filters = read_filters(request.GET)
    return answer(_all_sheets(filters), _name("console", filters), "xlsx")


def _all_sheets(filters: Filters) -> Iterator[Sheet]:
    yield cards_sheet(filters)
    for key in PANELS:
        sheet = build_panel(key, filters).sheet
        if sheet is not None:
            yield sheet


def cards_sheet(filters: Filters) -> Sheet:
    """The figures of the cards with their comparisons, and what each of them was counted over."""
    head = (
        pgettext("panel", "Figure"),
        pgettext("panel", "Value"),
        pgettext("panel", "Unit"),
        pgettext("figure", "vs previous"),
        pgettext("figure", "vs last year"),
        pgettext("panel", "Change as"),
        pgettext("figure", "Target"),
        pgettext("figure", "Completion"),
        pgettext("panel", "From"),
        pgettext("panel", "To"),
        pgettext("panel", "Unfinished"),
        pgettext("filter", "Board"),
        pgettext("filter", "People"),
    )
    return Sheet(pgettext("panel", "Overview"), head, [_card_row(metric, filters) for metric in CARDS])


def _card_row(metric: str, filters: Filters) -> tuple[Any, ...]:
    figure = query.figure(metric, filters.period, where_for(metric, filters))
    target = target_for(figure, filters)
    cut = dict(cut_in_words(filters, widened=is_widened(metric, filters)))
    return (
        label_of(metric),
        figure.value,
        _bare_unit(metric),
        figure.change_previous,
        figure.change_last_year,
        pgettext("panel", "difference of shares")
        if METRICS[metric].changes_in_points
        else pgettext("panel", "share of the earlier figure"),
        target,
        query.completion(METRICS[metric], figure.value, target),
        filters.period.start,
        filters.period.last_day,
        yes_or_no(figure.partial),
        cut[pgettext("filter", "Board")],
        cut[pgettext("filter", "People")],
    )


def _bare_unit(metric: str) -> str:
    """What a bare number of the metric counts."""
    if is_percent(metric):
        return pgettext("panel", "share of one")
    return pgettext("panel", "seconds") if is_duration(metric) else unit_of(metric)


@operators_only()
def series(request: HttpRequest, metric: str, ending: str) -> HttpResponseBase:
    """A metric's course over the chosen period."""
    filters = read_filters(request.GET)
    name = _metric_or_404(metric)
    points = query.series(name, filters.period, filters.grain, where_for(name, filters))
    first, last, unfinished = part_heads()
    numerator, denominator = pgettext("figure", "Numerator"), pgettext("figure", "Denominator")
    head = (first, last, column_of(name), numerator, denominator, "n", unfinished)
    rows = [
        (
            point.start,
            point.end - ONE_DAY,
            point.value,
            point.numerator,
            point.denominator,
            point.n,
            yes_or_no(point.partial),
        )
        for point in points
    ]
    named = _name(name, filters, board=takes_board(name))
    return answer([Sheet(label_of(name), head, rows)], named, ending)


@operators_only()
def rows(request: HttpRequest, metric: str, ending: str) -> HttpResponseBase:
    """Every event behind a figure. A workbook gets real times, and says when it cannot hold all."""
    filters = read_filters(request.GET)
    name = _metric_or_404(metric)
    first = query.rows(name, filters.period, where_for(name, filters), limit=1)
    lines = _event_rows(name, filters)
    if ending == "xlsx":
        lines = _for_workbook(lines, first.total)
    sheet = Sheet(label_of(name), first.columns, lines)
    return answer([sheet], _name(f"{name}-rows", filters, board=takes_board(name)), ending)


def _event_rows(metric: str, filters: Filters) -> Iterator[tuple[Any, ...]]:
    where, offset = where_for(metric, filters), 0
    while True:
        found = query.rows(metric, filters.period, where, limit=CHUNK, offset=offset)
        yield from found.rows
        offset += CHUNK
        if offset >= found.total:
            return


def _for_workbook(lines: Iterator[tuple[Any, ...]], total: int) -> Iterator[tuple[Any, ...]]:
    """The lines that a workbook can hold, their times as times; a last line tells of those left out."""
    for happened, *rest in islice(lines, MOST_XLSX_ROWS):
        yield (datetime.fromisoformat(happened), *rest)
    if total > MOST_XLSX_ROWS:
        left = pgettext("panel", "%(n)s more rows do not fit into a workbook; take the CSV.")
        yield (left % {"n": f"{total - MOST_XLSX_ROWS:,}"},)
