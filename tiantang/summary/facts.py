"""Asks for figures once, and keeps what was asked as the proofs that the document prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import pgettext

from tiantang.common.time import day_start, site_zone
from tiantang.community.forum.models import Board
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.reading import formula_of, label_of
from tiantang.metrics import query
from tiantang.metrics.models import Target
from tiantang.metrics.periods import Grain, Period
from tiantang.metrics.query import Concentration, Figure, Point, Slice, Where
from tiantang.metrics.registry import METRICS
from tiantang.summary.document import FigureFacts
from tiantang.summary.wording import value_text

SMALL = 20
"""Cases below which a rate is only a hint."""


@dataclass
class Facts:
    """Everything the chapters know about one period, in one language."""

    period: Period
    language: str
    cited: dict[str, FigureFacts] = field(default_factory=dict)
    _figures: dict[str, Figure] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)
    """What a chapter worked out and another one needs again."""
    _boards_split: dict[str, list[Slice]] = field(default_factory=dict)

    @property
    def zh(self) -> bool:
        return self.language.startswith("zh")

    def figure(self, metric: str, board: int | None = None) -> Figure:
        """The metric in the period, of one board or of all, with its comparisons."""
        key = key_of(metric, board)
        if key not in self._figures:
            self._figures[key] = query.figure(metric, self.period, Where(board=board))
        return self._figures[key]

    def value(self, metric: str, board: int | None = None) -> float:
        """The figure's value, 0 where there is none."""
        return self.figure(metric, board).value or 0.0

    def text(self, metric: str, board: int | None = None) -> str:
        """The figure as the text prints it, with its unit."""
        return value_text(metric, self.figure(metric, board).value)

    def cite(self, metric: str, board: int | None = None) -> str:
        """Keep the figure as a proof of the page being written and give its key."""
        key = key_of(metric, board)
        if key not in self.cited:
            self.cited[key] = self._proof(metric, self.figure(metric, board), board)
        return key

    def series(
        self, metric: str, by: Grain, period: Period | None = None, board: int | None = None
    ) -> list[Point]:
        """The metric in each part of the period."""
        key = ("series", metric, by, period, board)
        if key not in self.memory:
            self.memory[key] = query.series(metric, period or self.period, by, Where(board=board))
        held: list[Point] = self.memory[key]
        return held

    @cached_property
    def hands(self) -> Concentration:
        """How contributions gather in few hands."""
        return query.concentration(self.period)

    def by_board(self, metric: str) -> list[Slice]:
        """The metric of each board that had any, largest first."""
        if metric not in self._boards_split:
            known = self.boards
            self._boards_split[metric] = [
                part for part in query.breakdown(metric, self.period, "board") if part.key in known
            ]
        return self._boards_split[metric]

    @cached_property
    def boards(self) -> dict[int, Board]:
        """Boards by id."""
        return {board.pk: board for board in Board.objects.select_related("group")}

    def board_name(self, board: Board) -> str:
        """The board's name in the summary's language."""
        return board.name if self.zh else (board.name_en or board.name)

    @cached_property
    def has_visits(self) -> bool:
        """Whether page views were recorded in the period; imported history has none."""
        return self.value("visits") > 0

    @cached_property
    def targets(self) -> list[str]:
        """Metrics with a target for exactly this period."""
        held = Target.objects.filter(Q(start=self.period.start, end=self.period.end)).order_by("pk")
        return [target.metric for target in held if target.metric in METRICS]

    @cached_property
    def grain(self) -> Grain:
        """How finely a course through the period is drawn."""
        if self.period.days <= 45:
            return "day"
        return "week" if self.period.days <= 200 else "month"

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The UTC instants at which the period begins and ends."""
        return day_start(self.period.start), day_start(self.period.end)

    def _proof(self, metric: str, figure: Figure, board: int | None) -> FigureFacts:
        origin = figure.provenance
        held = self.boards.get(board) if board is not None else None
        filters = Filters(self.period, chosen="custom", board=held)
        return FigureFacts(
            metric=metric,
            version=METRICS[metric].version,
            label=label_of(metric),
            formula=formula_of(metric),
            filters=self._filters(held),
            unit=METRICS[metric].unit,
            start=self.period.start.isoformat(),
            end=self.period.end.isoformat(),
            shown=value_text(metric, figure.value),
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            n=figure.n,
            partial=figure.partial,
            previous=figure.previous,
            last_year=figure.last_year,
            change_previous=figure.change_previous,
            change_last_year=figure.change_last_year,
            target=figure.target,
            completion=figure.completion,
            low=figure.low,
            high=figure.high,
            events=origin.events,
            files=origin.files,
            address=filters.fixed_query,
        )

    def _filters(self, board: Board | None) -> str:
        place = self.board_name(board) if board else pgettext("summary filters", "all boards")
        people = pgettext("summary filters", "staff and bots left out")
        zone = pgettext("summary filters", "days in {zone}").format(zone=settings.TIME_ZONE)
        return " · ".join((place, people, zone))


def key_of(metric: str, board: int | None = None) -> str:
    """The figure's key in the document."""
    return metric if board is None else f"{metric}|board={board}"


def zone_text(period: Period) -> str:
    """The zone's distance from UTC in the period: UTC+8."""
    offset = day_start(period.start).astimezone(site_zone()).strftime("%z")
    hours, minutes = int(offset[:3]), offset[3:]
    return f"UTC{hours:+d}" + (f":{minutes}" if minutes != "00" else "")
