"""What a chapter's steps hand in, and how it becomes a numbered chapter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tiantang.summary.document import Block, Chapter, Missing, Page, Tile
from tiantang.summary.facts import Facts
from tiantang.summary.narrative import deltas, few, sentence, short_name
from tiantang.summary.plots import spark
from tiantang.summary.wording import unit_of, value_text


@dataclass(frozen=True, slots=True)
class Draft:
    """A page before it has its number."""

    section: str
    title: str
    block: Block
    figures: Sequence[str] = ()
    source: str = ""
    remark: str = ""


Step = Callable[[Facts], "Draft | Missing | None"]
"""One thing a chapter may tell: a page, a line on what is missing, or nothing."""


def run_steps(
    facts: Facts, number: int, steps: Sequence[Step]
) -> tuple[tuple[Page, ...], tuple[Missing, ...]]:
    """Take the steps in order; pages of one section share a number."""
    pages: list[Page] = []
    missing: list[Missing] = []
    sections: list[str] = []
    for step in steps:
        made = step(facts)
        if isinstance(made, Missing):
            missing.append(made)
        elif made is not None:
            if made.section not in sections:
                sections.append(made.section)
            place = f"{number}.{sections.index(made.section) + 1}"
            figures = tuple(dict.fromkeys(made.figures))
            pages.append(Page(place, made.section, made.title, made.block, figures, made.source, made.remark))
    return tuple(pages), tuple(missing)


def chapter_of(
    facts: Facts, number: int, key: str, title: str, steps: Sequence[Step], words: tuple[str, str]
) -> Chapter:
    """The chapter from its steps; ``words`` are its answer and the short finding of the contents."""
    pages, missing = run_steps(facts, number, steps)
    return Chapter(number, key, title, words[0], words[1], pages, missing)


def tile(facts: Facts, metric: str, *, course: bool = True) -> Tile:
    """A metric as a tile; where it cannot be computed the tile says why."""
    figure = facts.figure(metric)
    points = facts.series(metric, facts.grain) if course else []
    note = few(figure.n) if figure.value is not None and _is_rate(metric) else ""
    return Tile(
        label=sentence(short_name(metric)),
        value=value_text(metric, figure.value, unit=False),
        unit=unit_of(metric) if figure.value is not None else "",
        deltas=deltas(figure),
        spark=spark(points),
        figure=facts.cite(metric),
        note=note,
    )


def _is_rate(metric: str) -> bool:
    return metric in (
        "reply_rate",
        "unanswered_rate",
        "time_to_first_response",
        "retention",
        "report_validity",
        "funnel",
    )
