"""KPI cards: one figure with its comparison, its target, its course and its stub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from tiantang.dashboards.cut import is_widened, where_for
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.kept import kept
from tiantang.dashboards.reading import Delta, delta, label_of, serial_of, unit_of, value_text
from tiantang.dashboards.targets import target_for
from tiantang.metrics import query
from tiantang.metrics.query import Figure, Point
from tiantang.metrics.registry import METRICS

SPARK_WIDTH, SPARK_HEIGHT = 200, 40
CARDS = (
    "dau",
    "retention",
    "time_to_first_response",
    "unanswered_rate",
    "new_members",
    "contributing_members",
    "posts",
    "stickiness",
)
"""The cards on top of the data home, most asked-for first."""


@dataclass(frozen=True, slots=True)
class Spark:
    """The course of a figure as two SVG paths: the line and the area under it."""

    line: str
    area: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the card shows. ``deltas`` are (label, change); ``note`` says why there is no figure."""

    metric: str
    name: str
    value: str
    unit: str
    deltas: tuple[tuple[str, Delta], ...]
    completion: float | None
    target: str
    usual: str
    outside: bool
    serial: str
    address: str
    spark: Spark | None
    note: str


def cards(filters: Filters) -> list[Card]:
    """The cards of the data home, kept as long as their figures stand."""
    return kept("cards", filters, {}, lambda: [card(metric, filters) for metric in CARDS])


def figure_address(metric: str, filters: Filters) -> str:
    """Where the stub of a figure leads."""
    return f"{reverse('dashboards:figure', args=[metric])}?{filters.fixed_query}"


def card(metric: str, filters: Filters) -> Card:
    """The card of a metric for the chosen cut."""
    where = where_for(metric, filters)
    figure = query.figure(metric, filters.period, where)
    points = query.series(metric, filters.period, filters.grain, where)
    target = target_for(figure, filters)
    unit = unit_of(metric)
    outside = _outside(figure)
    usual = ""
    if figure.low is not None and figure.high is not None:
        low, high = (value_text(metric, edge, unit=False) for edge in (figure.low, figure.high))
        usual = pgettext("figure", "usually %(low)s–%(high)s") % {"low": low, "high": high}
    return Card(
        metric,
        label_of(metric),
        value_text(metric, figure.value, unit=False),
        unit if figure.value is not None else "",
        tuple(_deltas(metric, figure, filters)),
        query.completion(METRICS[metric], figure.value, target),
        value_text(metric, target),
        usual,
        outside,
        serial_of(metric),
        figure_address(metric, filters),
        spark(points),
        pgettext("figure", "whole site") if is_widened(metric, filters) else _note(figure),
    )


def _deltas(metric: str, figure: Figure, filters: Filters) -> list[tuple[str, Delta]]:
    deltas = []
    if filters.with_previous:
        deltas.append((pgettext("figure", "vs previous"), delta(metric, figure.change_previous)))
    if filters.with_last_year:
        deltas.append((pgettext("figure", "vs last year"), delta(metric, figure.change_last_year)))
    return deltas


def _outside(figure: Figure) -> bool:
    """True when the figure has left its usual range."""
    if figure.value is None or figure.low is None or figure.high is None:
        return False
    return not figure.low <= figure.value <= figure.high


def _note(figure: Figure) -> str:
    if figure.value is None and figure.partial:
        return pgettext("figure", "nothing finished yet in this period")
    if figure.value is None:
        return pgettext("figure", "too few cases for a figure")
    return ""


def spark(points: Sequence[Point]) -> Spark | None:
    """The course of the finished parts; None for fewer than two."""
    values = [point.value for point in points if point.value is not None and not point.partial]
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    span = high - low or 1.0
    step = SPARK_WIDTH / (len(values) - 1)
    places = [
        f"{place * step:.1f} {SPARK_HEIGHT - 4 - (value - low) / span * (SPARK_HEIGHT - 10):.1f}"
        for place, value in enumerate(values)
    ]
    line = "M" + "L".join(places)
    return Spark(line, f"{line}L{SPARK_WIDTH} {SPARK_HEIGHT}L0 {SPARK_HEIGHT}Z")
