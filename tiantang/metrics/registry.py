"""Every metric there is, by name."""

from __future__ import annotations

from tiantang.common.errors import TiantangError
from tiantang.metrics.declaration import Metric
from tiantang.metrics.definitions import atmosphere, audience, business, engagement, quality

METRICS: dict[str, Metric] = {
    metric.name: metric
    for family in (audience, engagement, atmosphere, quality, business)
    for metric in family.METRICS
}

__all__ = ["METRICS", "Metric", "UnknownMetricError", "metric_named"]


class UnknownMetricError(TiantangError):
    """A name that is no metric."""


def metric_named(name: str) -> Metric:
    """The definition of that name. Raises UnknownMetricError, which lists the names."""
    try:
        return METRICS[name]
    except KeyError:
        raise UnknownMetricError(f"{name!r} is no metric. There are: {', '.join(sorted(METRICS))}.") from None
