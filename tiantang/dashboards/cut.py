"""The chosen cut as each metric can take it: not every figure can be told apart by board."""

from __future__ import annotations

from tiantang.dashboards.filters import Filters
from tiantang.metrics.query import Where
from tiantang.metrics.registry import METRICS


def takes_board(metric: str) -> bool:
    """Whether the metric can be asked for one board."""
    return "board" in METRICS[metric].dimensions


def where_for(metric: str, filters: Filters) -> Where:
    """The question's filters, without the board where the metric knows none."""
    if filters.board is None or takes_board(metric):
        return filters.where
    return Where(member_class=filters.people)


def is_widened(metric: str, filters: Filters) -> bool:
    """True when a board was chosen and the figure is still that of the whole site."""
    return filters.board is not None and not takes_board(metric)
