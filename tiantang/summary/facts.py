"""Asks for figures once, and keeps what was asked as the proofs that the document prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
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

MIRRORS = {"unanswered_rate": "reply_rate"}
"""Metrics that are one minus another one."""
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

    @cached_property
    def counted(self) -> Period:
        """The days that every figure covers: the period; of a running one the days that are over, if any."""
        return self.period.finished_part() or self.period

    @property
    def zh(self) -> bool:
        return self.language.startswith("zh")

    def figure(self, metric: str, board: int | None = None) -> Figure:
        """The metric in the period, of one board or of all, with its comparisons."""
        key = key_of(metric, board)
        if key not in self._figures:
            asked = query.figure(metric, self.period, Where(board=board))
            self._figures[key] = asked if self.counted == self.period else self._finished(asked)
        return self._figures[key]

    def _finished(self, asked: Figure) -> Figure:
        """The figure of a running period without its unfinished day, as its comparisons are."""
        so_far = query.figure(asked.metric, self.counted, asked.where, compare=False)
        return replace(
            asked,
            period=self.counted,
            value=so_far.value,
            numerator=so_far.numerator,
            denominator=so_far.denominator,
            n=so_far.n,
            extra=so_far.extra,
            completion=query.completion(METRICS[asked.metric], so_far.value, asked.target),
        )

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
            self.memory[key] = query.series(metric, period or self.counted, by, Where(board=board))
        held: list[Point] = self.memory[key]
        return held

    @cached_property
    def hands(self) -> Concentration:
        """How contributions gather in few hands."""
        return query.concentration(self.counted)

    def by_board(self, metric: str) -> list[Slice]:
        """The metric of each board that had any, largest first."""
        if metric not in self._boards_split:
            known = self.boards
            self._boards_split[metric] = [
                part for part in query.breakdown(metric, self.counted, "board") if part.key in known
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
    def silent(self) -> bool:
        """Whether nobody came and nobody wrote: then nothing went well, badly or steadily."""
        return not self.value("active_members") and not self.value("posts")

    @cached_property
    def has_visits(self) -> bool:
        """Whether page views were recorded in the period; imported history has none."""
        return self.value("visits") > 0

    @cached_property
    def targets(self) -> list[str]:
        """Metrics with a target for exactly this period, one of each mirrored pair."""
        return distinct(self.set_targets(self.period))

    @staticmethod
    def set_targets(period: Period) -> dict[str, float]:
        """What was set for exactly the period, by metric, in the order of setting."""
        held = Target.objects.filter(start=period.start, end=period.end).order_by("pk")
        return {target.metric: target.value for target in held if target.metric in METRICS}

    @property
    def mirrored(self) -> bool:
        """Whether a target was left out because another one says the same from the other side."""
        return len(self.targets) < len(self.set_targets(self.period))

    @cached_property
    def grain(self) -> Grain:
        """How finely a course through the period is drawn."""
        if self.period.days <= 45:
            return "day"
        return "week" if self.period.days <= 200 else "month"

    @property
    def earlier(self) -> tuple[Period, Period]:
        """The period before and the same a year ago; beside a running one as many days as it counts."""
        parts = (self.period.previous(), self.period.last_year())
        if not self.period.is_partial():
            return parts
        before, year_ago = (part.first_days(self.counted.days) for part in parts)
        return before, year_ago

    @cached_property
    def team_reports(self) -> int:
        """Reports that the team itself made: the review queue has them, the report rate leaves them out."""
        team = query.figure("report_rate", self.counted, Where(member_class="staff"), compare=False)
        return round(team.numerator or 0)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The UTC instants between which the period is counted."""
        return day_start(self.counted.start), day_start(self.counted.end)

    def _proof(self, metric: str, figure: Figure, board: int | None) -> FigureFacts:
        origin = figure.provenance
        held = self.boards.get(board) if board is not None else None
        filters = Filters(self.counted, chosen="custom", board=held)
        return FigureFacts(
            metric=metric,
            version=METRICS[metric].version,
            label=label_of(metric),
            formula=formula_of(metric),
            filters=self._filters(held),
            unit=METRICS[metric].unit,
            start=self.counted.start.isoformat(),
            end=self.counted.end.isoformat(),
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


def distinct(metrics: Iterable[str]) -> list[str]:
    """The metrics, each once, without mirrors of one another: they would count one fact twice."""
    names = list(dict.fromkeys(metrics))
    return [name for name in names if MIRRORS.get(name) not in names]


def key_of(metric: str, board: int | None = None) -> str:
    """The figure's key in the document."""
    return metric if board is None else f"{metric}|board={board}"


def zone_text(period: Period) -> str:
    """The zone's distance from UTC in the period: UTC+8."""
    offset = day_start(period.start).astimezone(site_zone()).strftime("%z")
    hours, minutes = int(offset[:3]), offset[3:]
    return f"UTC{hours:+d}" + (f":{minutes}" if minutes != "00" else "")
