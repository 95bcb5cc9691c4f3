"""Tables to take away: a panel, the whole page, a series, the rows behind a figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import pgettext

from tiantang.community.members.access import operators_only
from tiantang.dashboards.cards import CARDS
from tiantang.dashboards.cut import where_for
from tiantang.dashboards.filters import Filters, read_filters
from tiantang.dashboards.panels import PANELS, build_panel
from tiantang.dashboards.reading import label_of
from tiantang.dashboards.sheets import Sheet, csv_lines, write_xlsx
from tiantang.dashboards.targets import target_for
from tiantang.metrics import query
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
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _name(what: str, filters: Filters) -> str:
    return f"{what}-{filters.period.code.replace('..', '_')}"


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
    """The figures of the cards with their comparisons, and what was chosen."""
    head = (
        pgettext("panel", "Figure"),
        pgettext("panel", "Value"),
        pgettext("figure", "vs previous"),
        pgettext("figure", "vs last year"),
        pgettext("figure", "Target"),
        pgettext("figure", "Completion"),
        pgettext("panel", "From"),
        pgettext("panel", "To"),
        pgettext("panel", "Unfinished"),
    )
    return Sheet(pgettext("panel", "Overview"), head, [_card_row(metric, filters) for metric in CARDS])


def _card_row(metric: str, filters: Filters) -> tuple[Any, ...]:
    figure = query.figure(metric, filters.period, where_for(metric, filters))
    target = target_for(figure, filters)
    return (
        label_of(metric),
        figure.value,
        figure.change_previous,
        figure.change_last_year,
        target,
        query.completion(METRICS[metric], figure.value, target),
        filters.period.start,
        filters.period.last_day,
        int(figure.partial),
    )


@operators_only()
def series(request: HttpRequest, metric: str, ending: str) -> HttpResponseBase:
    """A metric's course over the chosen period."""
    filters = read_filters(request.GET)
    name = _metric_or_404(metric)
    points = query.series(name, filters.period, filters.grain, where_for(name, filters))
    head = (
        pgettext("panel", "From"),
        pgettext("panel", "To"),
        label_of(name),
        pgettext("figure", "Numerator"),
        pgettext("figure", "Denominator"),
        "n",
        pgettext("panel", "Unfinished"),
    )
    rows = [
        (
            point.start,
            _last(point.end),
            point.value,
            point.numerator,
            point.denominator,
            point.n,
            int(point.partial),
        )
        for point in points
    ]
    return answer([Sheet(label_of(name), head, rows)], _name(name, filters), ending)


def _last(end: date) -> date:
    return date.fromordinal(end.toordinal() - 1)


@operators_only()
def rows(request: HttpRequest, metric: str, ending: str) -> HttpResponseBase:
    """Every event behind a figure."""
    filters = read_filters(request.GET)
    name = _metric_or_404(metric)
    first = query.rows(name, filters.period, where_for(name, filters), limit=1)
    sheet = Sheet(label_of(name), first.columns, _event_rows(name, filters))
    return answer([sheet], _name(f"{name}-rows", filters), ending)


def _event_rows(metric: str, filters: Filters) -> Iterator[tuple[Any, ...]]:
    where, offset = where_for(metric, filters), 0
    while offset < MOST_XLSX_ROWS:
        found = query.rows(metric, filters.period, where, limit=CHUNK, offset=offset)
        yield from found.rows
        offset += CHUNK
        if offset >= found.total:
            return
