"""What a question about figures gives back. Plain values; nothing here reads anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from tiantang.metrics.periods import Period

MemberClass = Literal["members", "all", "staff"]


@dataclass(frozen=True, slots=True)
class Where:
    """Which events count.

    ``member_class``: "members" is everyone but staff and bots (visitors included where a metric counts
    them), "staff" the operations team alone, "all" both; bots never count. ``board`` is a board's id,
    ``client`` a Client code, ``source`` the text an event carries.
    """

    board: int | None = None
    member_class: MemberClass = "members"
    client: int | None = None
    source: str | None = None

    @property
    def key(self) -> str:
        """A short text that is the same for equal filters."""
        parts: list[str] = [self.member_class]
        parts += [f"board={self.board}"] if self.board is not None else []
        parts += [f"client={self.client}"] if self.client is not None else []
        parts += [f"source={self.source}"] if self.source is not None else []
        return ",".join(parts)

    @property
    def dimensions(self) -> frozenset[str]:
        """Names of the dimensions it narrows besides the member class."""
        chosen = {"board": self.board, "client": self.client, "source": self.source}
        return frozenset(name for name, value in chosen.items() if value is not None)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from: ``sql`` runs as it stands; ``files`` and ``events`` are those behind it."""

    metric: str
    version: int
    label: Mapping[str, str]
    formula: Mapping[str, str]
    filters: Mapping[str, str]
    time_zone: str
    sql: str
    files: int
    events: int
    computed_at: datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """One computed value. ``n`` is the number of cases behind it; ``extra`` holds companions such as p90."""

    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    n: int = 0
    extra: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric in a period with everything it is compared to.

    ``previous`` and ``last_year`` are values of the period before and of a year ago. While the period
    runs (``partial``), they are those of equally many first days, and the changes compare ``finished_value``
    (the days that are over, up to ``compared_days`` of them), never the unfinished day.
    Changes are relative (0.086 = +8.6 %), for ratios differences (0.03 = 3 points), None where there is no
    base. ``completion`` is actual ÷ target (target ÷ actual where lower is better). ``low`` and ``high``
    bound the usual range. ``extra`` holds companions: p90 …
    """

    metric: str
    period: Period
    where: Where
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    partial: bool
    previous: float | None = None
    last_year: float | None = None
    change_previous: float | None = None
    change_last_year: float | None = None
    target: float | None = None
    completion: float | None = None
    low: float | None = None
    high: float | None = None
    finished_value: float | None = None
    compared_days: int = 0
    extra: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def provenance(self) -> Provenance:
        """Definition, filled SQL and what it read; computed when asked, it counts the lake's rows."""
        from tiantang.metrics.query.provenance import provenance_of

        return provenance_of(self.metric, self.period, self.where)


@dataclass(frozen=True, slots=True)
class Point:
    """A metric in one part of a series; ``end`` exclusive."""

    start: date
    end: date
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    partial: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """A metric in one part of a breakdown; ``key`` is a board id, an hour 0–23, or (weekday 0–6, hour)."""

    key: Any
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Band:
    """The usual range of one day."""

    day: date
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Members who joined in one unit; ``cells[k]`` is the share back in unit k, None where it is not over."""

    start: date
    size: int
    cells: list[float | None]
    counts: list[int | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RetentionTable:
    """Cohorts by joining unit and their mean, weighted by size."""

    unit: str
    unbounded: bool
    cohorts: list[Cohort]
    mean: list[float | None]


@dataclass(frozen=True, slots=True)
class LifecyclePoint:
    """How the active members of one interval came about. ``dormant`` were active before and are not now."""

    start: date
    end: date
    new: int
    returning: int
    resurrecting: int
    dormant: int
    partial: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel. ``name``: visit, sign_up, first_post, active_again. Rates of one."""

    name: str
    count: int
    step_rate: float | None
    overall_rate: float | None


@dataclass(frozen=True, slots=True)
class Concentration:
    """How contributions gather in few hands; shares of one. Counts are members."""

    top_1: float | None
    top_10: float | None
    creators: int
    interactors: int
    readers: int
    contributors: int
    contributions: int


@dataclass(frozen=True, slots=True)
class TopicHeat:
    """A topic's heat in a period, and what it is made of. ``authors`` are distinct repliers."""

    topic: int
    heat: float
    replies: int
    authors: int
    likes: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Events behind a figure, decoded; ``total`` of them in all."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    total: int
