"""The console's first page: what is due for a duty, its figures, its week."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tiantang.community.members.access import operators_only
from tiantang.community.members.models import Member
from tiantang.dashboards.cards import cards
from tiantang.dashboards.days import spoken
from tiantang.dashboards.desks.counting import note
from tiantang.dashboards.desks.desk import Desk
from tiantang.dashboards.desks.places import DESKS, desk_of
from tiantang.dashboards.desks.week import week_of
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.panels import PANELS
from tiantang.metrics import clock
from tiantang.metrics.periods import ONE_DAY, Period, period_of


@operators_only()
def home(request: HttpRequest) -> HttpResponse:
    """The desk of the reader's own duty."""
    return _desk(request, desk_of(cast(Member, request.user)))


@operators_only()
def duty(request: HttpRequest, key: str) -> HttpResponse:
    """The desk of any duty: colleagues stand in for each other."""
    if key not in DESKS:
        raise Http404
    return _desk(request, DESKS[key])


def _desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    filters = Filters(last_week(), "custom")
    due = desk.due()
    count = note(desk.key, due)
    context = {
        "desk": desk,
        "due": due,
        "due_count": count,
        "rest": None if due else desk.rest(),
        "shelves": desk.shelves(),
        "panels": [PANELS[key] for key in desk.panels],
        "choice_query": filters.fixed_query,
        "last_week": spoken(filters.period),
        "cards": cards(filters, desk.cards),
        "week": week_of(desk.week),
    }
    return render(request, "dashboards/home.html", context)


def last_week() -> Period:
    """The last calendar week that is over."""
    return period_of(period_of(clock.today(), "week").start - ONE_DAY, "week")
