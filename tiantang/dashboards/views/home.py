"""The console's first page: what is due, and the last finished week in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import npgettext, pgettext

from tiantang.community.forum.models import Topic
from tiantang.community.members.access import operators_only
from tiantang.community.moderation.models import Report, ReportState
from tiantang.dashboards.cards import card
from tiantang.dashboards.days import spoken
from tiantang.dashboards.filters import Filters, read_filters
from tiantang.dashboards.panels.unusual import address, heading, watch
from tiantang.metrics import clock
from tiantang.metrics.periods import ONE_DAY, Period, period_of

HOME_CARDS = ("active_members", "new_members", "posts", "unanswered_rate")
WAITING_HOURS = 72


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits for somebody. ``late`` prints it as overdue."""

    icon: str
    count: int
    text: str
    address: str
    act: str
    late: bool = False


@operators_only()
def home(request: HttpRequest) -> HttpResponse:
    """What is due (left), the last finished week (right), what left its usual range."""
    filters = Filters(last_week(), "custom")
    outside = [one for one in watch(read_filters({})) if one.beyond]
    context = {
        "due": due(),
        "week": spoken(filters.period),
        "cards": [card(metric, filters) for metric in HOME_CARDS],
        "data_query": filters.fixed_query,
        "outside": [(heading(one), address(one, filters)) for one in outside],
        "newcomer": not Topic.objects.exists(),
    }
    return render(request, "dashboards/home.html", context)


def last_week() -> Period:
    """The last calendar week that is over."""
    return period_of(period_of(clock.today(), "week").start - ONE_DAY, "week")


def due() -> list[Due]:
    """Everything that waits, most urgent first; nothing that is at zero."""
    reports = Report.objects.filter(state=ReportState.OPEN)
    open_reports = reports.count()
    found = []
    if open_reports:
        text = npgettext("due", "report waits for a decision", "reports wait for a decision", open_reports)
        act = pgettext("due", "Decide")
        found.append(Due("flag", open_reports, text, _address("moderation:queue"), act, late=True))
    waiting = Topic.objects.filter(
        removed_at=None, closed_at=None, replies_count=0, created_at__gte=_waiting_since()
    ).count()
    if waiting:
        text = npgettext(
            "due", "new topic without an answer yet", "new topics without an answer yet", waiting
        )
        found.append(Due("message-circle", waiting, text, _address("forum:boards"), pgettext("due", "Look")))
    return found


def _waiting_since() -> datetime:
    return clock.now() - timedelta(hours=WAITING_HOURS)


def _address(name: str) -> str:
    """The address of a page, empty when this installation has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
