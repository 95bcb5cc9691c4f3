"""Data: targets that were missed, figures out of their usual range, the last summary."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import npgettext, pgettext

from tiantang.common.time import day_start
from tiantang.community.forum.models import Topic
from tiantang.dashboards.cards import figure_address
from tiantang.dashboards.days import spoken
from tiantang.dashboards.desks.desk import Desk, Due, Row, Shelf, page
from tiantang.dashboards.filters import Filters, read_filters
from tiantang.dashboards.kept import kept
from tiantang.dashboards.lent import latest_summary
from tiantang.dashboards.panels.panel import Empty
from tiantang.dashboards.panels.unusual import address, heading, watch
from tiantang.dashboards.reading import label_of, language, value_text
from tiantang.metrics import clock, query
from tiantang.metrics.models import KpiSpan, Target
from tiantang.metrics.period_labels import label_of as period_name
from tiantang.metrics.periods import Period, period_of, recognise
from tiantang.metrics.registry import METRICS
from tiantang.ui.charts.numbers import share


@dataclass(frozen=True, slots=True)
class Aim:
    """A target with what was reached."""

    metric: str
    value: float | None
    target: float
    completion: float | None


def this_month() -> Period:
    return period_of(clock.today(), "month")


def aims(period: Period) -> list[Aim]:
    """The targets of a month, those furthest from being reached first, kept as long as the figures stand."""
    return kept("aims", Filters(period, "custom"), {}, lambda: _aims(period))


def _aims(period: Period) -> list[Aim]:
    found = []
    for target in Target.objects.filter(start=period.start, end=period.end):
        if target.metric in METRICS:
            value = query.figure(target.metric, period, compare=False).value
            done = query.completion(METRICS[target.metric], value, target.value)
            found.append(Aim(target.metric, value, target.value, done))
    return sorted(found, key=lambda aim: (aim.completion is None, aim.completion or 0.0))


def aim_rows(period: Period, shown: int | None = None) -> list[Row]:
    """The targets of a month as lines, or the ``shown`` furthest from being reached."""
    filters = Filters(period, "custom")
    return [
        Row(
            label_of(aim.metric),
            figure_address(aim.metric, filters),
            pgettext("desk", "%(value)s, target %(target)s")
            % {"value": value_text(aim.metric, aim.value), "target": value_text(aim.metric, aim.target)},
            value=share(round(aim.completion, 2)) if aim.completion is not None else "",
            tone="" if aim.completion is None or aim.completion >= 1 else "late",
        )
        for aim in aims(period)[:shown]
    ]


def due() -> list[Due]:
    """Targets missed last month, figures outside their usual range, a month without summary."""
    last = this_month().previous()
    found: list[Due] = []
    missed = sum(aim.completion is not None and aim.completion < 1 for aim in aims(last))
    if missed:
        text = npgettext("due", "target missed last month", "targets missed last month", missed)
        where = f"{reverse('dashboards:metrics')}?{Filters(last, 'custom').fixed_query}"
        found.append(Due("target", text, where, pgettext("due", "Find the cause"), missed, late=True))
    found += outside()
    news = latest_summary()
    write = page("summary:new", query=f"?period={last.code}")
    if write and _has_talk_before(last) and (news is None or news.end < last.end):
        text = pgettext("due", "month without a work summary")
        found.append(Due("presentation", text, write, pgettext("due", "Write it")))
    return found


def _has_talk_before(period: Period) -> bool:
    """Whether the community was there in the period: what it had not begun to say needs no summary."""
    return Topic.objects.filter(created_at__lt=day_start(period.end)).exists()


def outside() -> list[Due]:
    """Figures outside their usual range, kept as long as the figures stand."""
    filters = read_filters({})
    act = pgettext("overview", "Look at it")
    return kept(
        "outside",
        filters,
        {},
        lambda: [
            Due("activity", heading(one), address(one, filters), act) for one in watch(filters) if one.beyond
        ],
    )


def shelves() -> list[Shelf]:
    """Targets of this month and of the last, how fresh figures and summary are."""
    month = this_month()
    none = pgettext("desk", "No targets are set for this month.")
    return [
        Shelf(pgettext("desk", "Targets of this month so far"), aim_rows(month), none),
        Shelf(pgettext("desk", "Freshness"), fresh_rows(), ""),
    ]


def fresh_rows() -> list[Row]:
    """When figures were counted last, and the newest summary."""
    counted = KpiSpan.objects.first()
    rows = [
        Row(
            pgettext("desk", "Figures last counted"),
            note=spoken(Period(counted.first, period_of(counted.last, "day").end)) if counted else "",
            since=counted.as_of if counted else None,
            value="" if counted else pgettext("desk", "never yet"),
        )
    ]
    return [*rows, *summary_rows()]


def summary_rows() -> list[Row]:
    """The newest summary, as one line or none."""
    news = latest_summary()
    if news is None:
        return []
    title = pgettext("desk", "Work summary: %(period)s") % {
        "period": period_name(recognise(news.start, news.end), language())
    }
    return [Row(title, news.address, news.state, since=news.made_at, icon="presentation")]


def rest() -> Empty:
    """What to do when nothing waits."""
    return Empty(
        pgettext("desk", "Targets reached, figures as usual"),
        pgettext("desk", "A good moment to set the next month's targets or to read the boards one by one."),
        "dashboards:metrics",
        pgettext("desk", "Open the figures"),
    )


DATA = Desk(
    "data",
    "chart-line",
    lambda: pgettext("desk", "Data"),
    due,
    rest,
    shelves,
    cards=("dau", "active_members", "new_members", "stickiness"),
    week=("active_members", "new_members", "posts", "sessions"),
)
