"""What left its usual range, and which boards or hours explain most of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import pgettext

from tiantang.community.forum.models import Board
from tiantang.dashboards.cards import figure_address
from tiantang.dashboards.cut import takes_board, where_for
from tiantang.dashboards.days import short_day
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.panels.boards import board_name
from tiantang.dashboards.panels.panel import Panel, Stub, column_of
from tiantang.dashboards.reading import label_of, language, serial_of, unit_of, value_text
from tiantang.dashboards.sheets import Sheet
from tiantang.metrics import clock, query
from tiantang.metrics.periods import ONE_DAY, Period, period_of
from tiantang.metrics.query import Figure, Slice
from tiantang.metrics.registry import METRICS
from tiantang.ui.charts.model import Chart, ChartKind, Series
from tiantang.ui.charts.numbers import share
from tiantang.ui.charts.page import DrawnChart, drawn

WATCHED = (
    ("dau", "day"),
    ("new_members", "day"),
    ("posts", "day"),
    ("unanswered_rate", "week"),
    ("time_to_first_response", "week"),
    ("report_rate", "week"),
)
"""Figures watched, each over its last finished day or week."""
USUAL_WEEKS = 4
SHOWN = 4
NARROWEST, TOLERANCE = 0.2, 0.1
"""A range is at least a fifth of its upper edge wide; a tenth of its width beyond is still usual."""
FEW_TOPICS = 3
MINIMUM_CASES = 5
"""Fewer cases say nothing, however far they are from the usual."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A watched figure with its usual range. ``beyond``: how many range widths outside, 0 inside."""

    metric: str
    figure: Figure
    beyond: float

    @property
    def is_high(self) -> bool:
        return self.figure.high is not None and (self.figure.value or 0) > self.figure.high


@dataclass(frozen=True, slots=True)
class Cause:
    """How much of the difference one board or hour makes; ``share`` of all differences in that direction."""

    key: Any
    name: str
    extra: float
    share: float


def unusual(filters: Filters) -> Panel:
    """The figure furthest outside its usual range with its causes; or that all is as usual."""
    watched = watch(filters)
    outside = sorted((one for one in watched if one.beyond), key=lambda one: -one.beyond)
    sheet = _sheet(watched)
    if not outside:
        return _calm(watched, sheet)
    first = outside[0]
    causes = causes_of(first.metric, first.figure, filters)
    waits = slowest(first.figure, filters) if METRICS[first.metric].unit == "seconds" else []
    content = {
        "finding": first,
        "when": when(first.figure.period),
        "sentence": sentence(first, causes, waits),
        "others": [(heading(one), address(one, filters)) for one in outside[1:4]],
        "address": address(first, filters),
    }
    return Panel(
        "unusual",
        heading(first),
        body="dashboards/panels/_unusual.html",
        drawn=_drawn(first, causes) or _drawn_waits(waits),
        content=content,
        stub=Stub(serial_of(first.metric), address(first, filters)),
        sheet=sheet,
    )


def watch(filters: Filters) -> list[Watched]:
    """The watched figures of the last day or week that is over by the end of the period, in their order."""
    found = []
    last = min(clock.today(), filters.period.end) - ONE_DAY
    for metric, grain in WATCHED:
        if filters.board is not None and not takes_board(metric):
            continue
        period = period_of(last, "day" if grain == "day" else "week")
        if period.is_partial() or period.end > last + ONE_DAY:
            period = period.previous()
        figure = query.figure(metric, period, where_for(metric, filters))
        found.append(Watched(metric, figure, _beyond(figure)))
    return found


def _beyond(figure: Figure) -> float:
    """How many range widths outside; 0 inside, with few cases, and where falling is only good."""
    value, low, high = figure.value, figure.low, figure.high
    cases = figure.n if METRICS[figure.metric].unit in ("ratio", "each") else (figure.numerator or figure.n)
    if value is None or low is None or high is None or (cases < MINIMUM_CASES and value > low):
        return 0.0
    width = max(high - low, abs(high) * NARROWEST, 1e-9)
    if value < low and METRICS[figure.metric].better == "lower":
        return 0.0
    beyond = max(low - value, value - high, 0.0) / width
    return beyond if beyond > TOLERANCE else 0.0


def when(period: Period) -> str:
    """The finished day or week in words."""
    if period.days == 1:
        return pgettext("unusual", "on %(day)s") % {"day": short_day(period.start)}
    return pgettext("unusual", "in the week from %(day)s") % {"day": short_day(period.start)}


def heading(one: Watched) -> str:
    """The finding as a heading."""
    words = {"metric": label_of(one.metric), "when": when(one.figure.period)}
    if one.is_high:
        return pgettext("unusual", "%(metric)s above usual %(when)s") % words
    return pgettext("unusual", "%(metric)s below usual %(when)s") % words


def address(one: Watched, filters: Filters) -> str:
    """The provenance of the finding's figure."""
    from dataclasses import replace

    return figure_address(one.metric, replace(filters, period=one.figure.period, chosen="custom"))


def causes_of(metric: str, figure: Figure, filters: Filters) -> list[Cause]:
    """Boards (or, within one board or for whole-site figures, hours) that moved the same way, most first.

    Compared with the mean of the four weeks before. Empty for figures that do not add up.
    """
    if METRICS[metric].kind not in ("sum", "distinct", "ratio", "mean") or METRICS[metric].unit == "seconds":
        return []
    by = "board" if filters.board is None and takes_board(metric) else "hour"
    if by == "hour" and METRICS[metric].kind not in ("sum", "distinct"):
        return []
    period, where = figure.period, where_for(metric, filters)
    before = Period(period.start - timedelta(weeks=USUAL_WEEKS), period.start)
    now = _amounts(query.breakdown(metric, period, by, where))
    usual = _amounts(query.breakdown(metric, before, by, where))
    parts = before.days / period.days
    sign = 1 if figure.high is not None and (figure.value or 0) > figure.high else -1
    extras = {key: now.get(key, 0.0) - usual.get(key, 0.0) / parts for key in now | usual}
    moved = {key: extra for key, extra in extras.items() if extra * sign > 0}
    total = sum(moved.values())
    names = _names(moved, by)
    return [
        Cause(key, names[key], extra, extra / total)
        for key, extra in sorted(moved.items(), key=lambda pair: -abs(pair[1]))
    ]


def _amounts(slices: Sequence[Slice]) -> dict[Any, float]:
    """What adds up in a slice: cases for ratios, the value for counts."""
    return {
        piece.key: float(piece.numerator if piece.numerator is not None else piece.value or 0)
        for piece in slices
    }


def _names(keys: Iterable[Any], by: str) -> dict[Any, str]:
    if by == "hour":
        return {key: f"{key}:00" for key in keys}
    known = Board.objects.in_bulk(list(keys))
    return {key: board_name(known.get(key)) for key in keys}


def sentence(one: Watched, causes: Sequence[Cause], waits: Sequence[tuple[str, float]] = ()) -> str:
    """The finding with its usual range and its main cause."""
    figure = one.figure
    said = pgettext("unusual", "%(value)s, usually %(low)s–%(high)s.") % {
        "value": value_text(one.metric, figure.value),
        "low": value_text(one.metric, figure.low, unit=False),
        "high": value_text(one.metric, figure.high, unit=False),
    }
    if waits and one.is_high:
        name, time = waits[0]
        words = {"name": name, "time": value_text(one.metric, time)}
        slow = pgettext("unusual", "Slowest in “%(name)s”: half of its answered topics waited %(time)s.")
        return f"{said} {slow % words}"
    if not causes:
        return said
    words = {"share": share(round(causes[0].share, 2)), "name": causes[0].name}
    if one.is_high:
        return f"{said} " + pgettext("unusual", "%(share)s of the surplus comes from “%(name)s”.") % words
    return f"{said} " + pgettext("unusual", "%(share)s of what is missing is missing in “%(name)s”.") % words


def slowest(figure: Figure, filters: Filters) -> list[tuple[str, float]]:
    """Boards by how long half of their answered topics waited, longest first; no boards with few."""
    if filters.board is not None:
        return []
    slices = query.breakdown(figure.metric, figure.period, "board", where_for(figure.metric, filters))
    waited = {piece.key: piece.value for piece in slices if piece.value is not None and piece.n >= FEW_TOPICS}
    names = _names(waited, "board")
    return sorted(((names[key], value) for key, value in waited.items()), key=lambda pair: -pair[1])


def _drawn_waits(waits: Sequence[tuple[str, float]]) -> DrawnChart | None:
    if not waits:
        return None
    shown = waits[: SHOWN + 1]
    title = pgettext("unusual", "Half of the answered topics waited")
    chart = Chart(
        ChartKind.ROWS,
        title,
        "",
        tuple(name for name, _ in shown),
        (Series(title, tuple(value for _, value in shown)),),
        duration=True,
        highlight=0,
        language=language(),
    )
    return drawn(chart, 28 * len(shown) + 8)


def _drawn(one: Watched, causes: Sequence[Cause]) -> DrawnChart | None:
    if not causes:
        return None
    shown = list(causes[:SHOWN])
    rest = sum(cause.extra for cause in causes[SHOWN:])
    names = [cause.name for cause in shown]
    values = [abs(round(cause.extra, 1)) for cause in shown]
    if rest:
        names.append(pgettext("unusual", "Others"))
        values.append(abs(round(rest, 1)))
    chart = Chart(
        ChartKind.ROWS,
        pgettext("unusual", "Difference from usual"),
        sentence(one, causes),
        tuple(names),
        (Series(pgettext("unusual", "Difference"), tuple(values)),),
        unit=pgettext("unit", "topics") if METRICS[one.metric].unit == "ratio" else unit_of(one.metric),
        highlight=0,
        language=language(),
    )
    return drawn(chart, 28 * len(names) + 8)


def _calm(watched: Sequence[Watched], sheet: Sheet) -> Panel:
    known = any(one.figure.low is not None for one in watched)
    title = (
        pgettext("unusual", "All as usual")
        if known
        else pgettext("unusual", "What is usual is not known yet")
    )
    lines = [
        (
            label_of(one.metric),
            value_text(one.metric, one.figure.value),
            f"{value_text(one.metric, one.figure.low, unit=False)}–"
            f"{value_text(one.metric, one.figure.high, unit=False)}"
            if one.figure.low is not None
            else "",
        )
        for one in watched
    ]
    return Panel(
        "unusual",
        title,
        body="dashboards/panels/_calm.html",
        claim=""
        if known
        else pgettext("unusual", "Four weeks of history are needed; then what leaves its range stands here."),
        content={"lines": lines, "known": known},
        sheet=sheet,
    )


def _sheet(watched: Sequence[Watched]) -> Sheet:
    head = (
        pgettext("panel", "Figure"),
        pgettext("panel", "From"),
        pgettext("panel", "To"),
        pgettext("panel", "Value"),
        pgettext("panel", "Usual from"),
        pgettext("panel", "Usual to"),
    )
    rows = [
        (
            column_of(figure.metric),
            figure.period.start,
            figure.period.last_day,
            figure.value,
            figure.low,
            figure.high,
        )
        for figure in (one.figure for one in watched)
    ]
    return Sheet(pgettext("unusual", "Outside the usual"), head, rows)
