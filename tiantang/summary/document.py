"""What a work summary says: plain values in the reader's language, ready for any renderer.

Renderers read nothing else, so whatever stands in a frozen release is exactly what every format shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from tiantang.ui.charts.model import Chart

SCHEMA = 1
"""Version of the stored form; a reader refuses a newer one."""


class Tone(StrEnum):
    """Whether a figure is good or bad news; never told by colour alone."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """One number as it was measured: what every mention of it in the text was made from.

    ``value`` and the others are as ``metrics.query`` gave them; ``shown`` is the value as the text prints it;
    ``address`` is the query string of its provenance page.
    """

    metric: str
    version: int
    label: str
    formula: str
    filters: str
    unit: str
    start: str
    end: str
    shown: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    n: int = 0
    partial: bool = False
    previous: float | None = None
    last_year: float | None = None
    change_previous: float | None = None
    change_last_year: float | None = None
    target: float | None = None
    completion: float | None = None
    low: float | None = None
    high: float | None = None
    events: int = 0
    files: int = 0
    address: str = ""

    @property
    def last_day(self) -> str:
        """The last day counted: ``end`` is the first day that is not, and no reader means that."""
        return (date.fromisoformat(self.end) - timedelta(days=1)).isoformat()

    @property
    def serial(self) -> str:
        """The number printed on the figure's stub."""
        return f"NO.{self.metric.upper().replace('_', '-')}-v{self.version}"


@dataclass(frozen=True, slots=True)
class Delta:
    """A comparison under a figure: 环比 ▲8.6%."""

    label: str
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Tile:
    """One key figure with its comparisons and its course through the period."""

    label: str
    value: str
    unit: str
    deltas: tuple[Delta, ...] = ()
    spark: tuple[float | None, ...] = ()
    figure: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kpis:
    """At most six tiles."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim and the sentence that backs it."""

    title: str
    text: str = ""
    tone: Tone = Tone.PLAIN
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """Up to six claims without a picture."""

    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart and at most three statements beside it."""

    chart: Chart
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; ``share`` is its part of the width."""

    label: str
    share: float = 1.0
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. ``meter``: a share drawn as a bar, ``mark`` its target; ``hue``: a board colour."""

    text: str
    tone: Tone = Tone.PLAIN
    meter: float | None = None
    mark: float | None = None
    hue: int = 0
    figure: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """At most seven rows, one of them highlighted, and what follows from them."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    highlight: int | None = None
    conclusion: str = ""
    conclusion_tone: Tone = Tone.PLAIN
    more: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that went well or must change, with the figure that shows it."""

    title: str
    text: str
    value: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """做得好 | 要改进."""

    good: tuple[Finding, ...]
    bad: tuple[Finding, ...]
    nothing_good: str = ""
    nothing_bad: str = ""


Block = Kpis | Statements | ChartBlock | TableBlock | Findings


@dataclass(frozen=True, slots=True)
class Page:
    """One slide, one section of the report: a title that claims and the block that shows it.

    ``figures`` are the keys of the figures it rests on; ``source`` names rows that no metric covers.
    """

    number: str
    section: str
    title: str
    block: Block
    figures: tuple[str, ...] = ()
    source: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a chapter would tell if the community had recorded it, in one line."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """``answer`` says the chapter in one sentence."""

    number: int
    key: str
    title: str
    answer: str
    finding: str
    pages: tuple[Page, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Number and name of each section, once."""
        return list(dict.fromkeys((page.number, page.section) for page in self.pages))


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. ``stamp`` is the period as the cover prints it, ``serial`` its short number."""

    title: str
    site: str
    stamp: str
    period: str
    presenter: str
    date: str
    release: str
    motto: str
    serial: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words that every renderer needs in the summary's language."""

    contents: str
    contents_title: str
    chapter: tuple[str, ...]
    good: str
    bad: str
    presenter: str
    definitions: str
    open_stub: str
    data_until: str
    missing: str
    not_yet: str
    metric: str
    value: str
    definition: str
    filters: str
    serial: str
    table_of: str
    events: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole document."""

    language: str
    start: str
    end: str
    kind: str
    partial: bool
    cover: Cover
    phrases: Phrases
    chapters: tuple[Chapter, ...]
    figures: dict[str, FigureFacts] = field(default_factory=dict)
    schema: int = SCHEMA

    def charts(self) -> list[Chart]:
        """Every chart, in order."""
        return [
            page.block.chart
            for chapter in self.chapters
            for page in chapter.pages
            if isinstance(page.block, ChartBlock)
        ]
