"""The lead's desk: what is due in every duty, the month's targets, the last summary."""

from __future__ import annotations

from django.utils.translation import pgettext

from tiantang.dashboards.desks import counting
from tiantang.dashboards.desks.content import rest
from tiantang.dashboards.desks.data import aim_rows, summary_rows, this_month
from tiantang.dashboards.desks.desk import Desk, Due, Shelf, page

AIMS = 5


def due() -> list[Due]:
    """One line for every duty in which something waits, most first."""
    counts = counting.counts()
    ranked = sorted(counting.DUTIES.values(), key=lambda desk: -counts[desk.key])
    return [
        Due(
            desk.icon,
            pgettext("due", "due: %(duty)s") % {"duty": desk.name()},
            page("dashboards:duty", desk.key),
            pgettext("due", "Look"),
            counts[desk.key],
        )
        for desk in ranked
        if counts[desk.key]
    ]


def shelves() -> list[Shelf]:
    """Targets and the last summary."""
    return [
        Shelf(
            pgettext("desk", "Targets of this month so far"),
            aim_rows(this_month(), AIMS),
            pgettext("desk", "No targets are set for this month."),
        ),
        Shelf(
            pgettext("desk", "Latest work summary"),
            summary_rows(),
            pgettext("desk", "No summary has been written yet."),
            page("summary:new"),
            pgettext("desk", "Write one"),
        ),
    ]


LEAD = Desk(
    "lead",
    "compass",
    lambda: pgettext("desk", "Overview"),
    due,
    rest,
    shelves,
    cards=("active_members", "new_members", "posts", "unanswered_rate"),
    week=("active_members", "new_members", "topics", "replies"),
)
