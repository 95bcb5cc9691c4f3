"""Targets that hold for a view they were not set for: a month's rate is a week's rate too, its sum is not."""

from __future__ import annotations

from tiantang.dashboards.filters import Filters
from tiantang.metrics import clock
from tiantang.metrics.models import Target
from tiantang.metrics.periods import ONE_DAY, period_of
from tiantang.metrics.query import Figure
from tiantang.metrics.registry import METRICS

LENGTHLESS = ("mean", "ratio", "quantile", "cohort")
"""Kinds of metrics whose value does not grow with the length of the period."""


def takes_targets(filters: Filters) -> bool:
    """Whether targets hold for the cut: they are set for the whole community, not for a part."""
    return filters.board is None and filters.people == "members"


def target_for(figure: Figure, filters: Filters) -> float | None:
    """The period's own target, else that of its month; none for a part of the community."""
    if not takes_targets(filters):
        return None
    return figure.target if figure.target is not None else monthly_target(figure.metric, filters)


def monthly_target(metric: str, filters: Filters) -> float | None:
    """The target of the month in which the period's last finished day lies.

    None for sums and distinct counts, and for a cut that targets are not set for.
    """
    if METRICS[metric].kind not in LENGTHLESS or not takes_targets(filters):
        return None
    day = min(filters.period.last_day, clock.today() - ONE_DAY)
    month = period_of(day, "month")
    found = Target.objects.filter(metric=metric, start=month.start, end=month.end)
    return found.values_list("value", flat=True).first()
