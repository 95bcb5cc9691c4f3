"""The data home and its panels."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tiantang.community.forum.models import Board
from tiantang.community.members.access import operators_only
from tiantang.dashboards.cards import cards
from tiantang.dashboards.choices import choices
from tiantang.dashboards.days import spoken
from tiantang.dashboards.filters import read_filters
from tiantang.dashboards.panels import PANELS, build_panel, sections
from tiantang.dashboards.targets import takes_targets
from tiantang.metrics.models import Target


@operators_only()
def metrics(request: HttpRequest) -> HttpResponse:
    """The data home: cards, then panels by section; slow panels follow by themselves."""
    filters = read_filters(request.GET)
    boards = list(Board.objects.filter(archived_at=None).select_related("group"))
    at_once = {key: build_panel(key, filters) for key, declared in PANELS.items() if not declared.later}
    context = {
        "filters": filters,
        "spoken": spoken(filters.period),
        "whole_targets": not takes_targets(filters) and Target.objects.exists(),
        "choices": choices(filters, boards),
        "cards": cards(filters),
        "sections": sections(),
        "panels": at_once,
        "declared": PANELS,
        "choice_query": request.GET.urlencode(),
    }
    return render(request, "dashboards/metrics.html", context)


@operators_only()
def panel(request: HttpRequest, key: str) -> HttpResponse:
    """One panel: alone for the page that waits for it, or framed as a page of its own."""
    if key not in PANELS:
        raise Http404
    filters = read_filters(request.GET)
    built = build_panel(key, filters, request.GET)
    template = (
        "dashboards/panels/panel.html" if request.headers.get("HX-Request") else "dashboards/panel.html"
    )
    return render(request, template, {"panel": built, "filters": filters, "spoken": spoken(filters.period)})
