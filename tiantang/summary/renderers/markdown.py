"""The summary as Markdown: every figure, every table, every statement, in plain text."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import singledispatch

from tiantang.summary.document import (
    Chapter,
    ChartBlock,
    Findings,
    Kpis,
    Page,
    Statement,
    Statements,
    Summary,
    TableBlock,
)
from tiantang.ui.charts.table import chart_table

SHORT = 40
"""Charts of up to so many categories are printed with all their numbers."""


def render_markdown(summary: Summary) -> str:
    """The whole summary."""
    return "\n".join(_document(summary)).rstrip() + "\n"


def _document(summary: Summary) -> Iterator[str]:
    cover, phrases = summary.cover, summary.phrases
    yield f"# {_safe(cover.site)} · {cover.period} · {cover.title}\n"
    facts = [f"{phrases.presenter} {_safe(cover.presenter)}"] if cover.presenter else []
    yield " · ".join([*facts, cover.date, cover.release, phrases.data_until]) + "\n"
    yield f"## {phrases.contents}\n"
    for chapter in summary.chapters:
        yield f"{chapter.number}. **{chapter.title}** — {_safe(chapter.finding)}"
    yield ""
    for chapter in summary.chapters:
        yield from _chapter(summary, chapter)
    yield from _definitions(summary)


def _chapter(summary: Summary, chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.number} {chapter.title}\n"
    yield f"{_safe(chapter.answer)}\n"
    for page in chapter.pages:
        yield from _page(summary, page)
    for missing in chapter.missing:
        yield f"> **{summary.phrases.missing}** {_safe(missing.text)}\n"


def _page(summary: Summary, page: Page) -> Iterator[str]:
    yield f"### {page.number} {_safe(page.title)}\n"
    yield from _block(page.block, summary)
    if page.remark:
        yield f"*{_safe(page.remark)}*\n"
    stubs = list(dict.fromkeys(summary.figures[key].serial for key in page.figures))
    if stubs or page.source:
        yield " · ".join([*(f"`{stub}`" for stub in stubs), *filter(None, [page.source])]) + "\n"


@singledispatch
def _block(block: object, summary: Summary) -> Iterator[str]:
    raise TypeError(f"no Markdown form for {type(block).__name__}")


@_block.register
def _(block: Kpis, summary: Summary) -> Iterator[str]:
    phrases = summary.phrases
    labels = list(dict.fromkeys(delta.label for tile in block.tiles for delta in tile.deltas))
    rows = []
    for tile in block.tiles:
        told = {delta.label: delta.text for delta in tile.deltas}
        rows.append(
            [tile.label, f"{tile.value} {tile.unit}".strip(), *(told.get(label, "") for label in labels)]
        )
    yield from _table([phrases.metric, phrases.value, *labels], rows, range(1, len(labels) + 2))


@_block.register
def _(block: Statements, summary: Summary) -> Iterator[str]:
    yield from _statements(block.items)


@_block.register
def _(block: ChartBlock, summary: Summary) -> Iterator[str]:
    chart = block.chart
    yield f"**{_safe(chart.title)}**\n"
    if len(chart.categories) <= SHORT:
        held = chart_table(chart)
        rows = [[name, *cells] for name, cells in zip(held.names, held.rows, strict=True)]
        yield from _table(list(held.head), rows, range(1, len(held.head)))
    yield from _statements(block.statements)


@_block.register
def _(block: TableBlock, summary: Summary) -> Iterator[str]:
    head = [column.label for column in block.columns]
    rows = [[cell.text for cell in row] for row in block.rows]
    yield from _table(head, rows, [place for place, column in enumerate(block.columns) if column.number])
    if block.more:
        yield f"{_safe(block.more)}\n"
    if block.conclusion:
        yield f"**{_safe(block.conclusion)}**\n"


@_block.register
def _(block: Findings, summary: Summary) -> Iterator[str]:
    sides = (
        (summary.phrases.good, block.good, block.nothing_good),
        (summary.phrases.bad, block.bad, block.nothing_bad),
    )
    for name, items, nothing in sides:
        yield f"**{name}**\n"
        for item in items:
            yield f"- **{_safe(item.title)}** ({item.value}): {_safe(item.text)}"
        yield "" if items else f"{_safe(nothing)}\n"


def _statements(items: Sequence[Statement]) -> Iterator[str]:
    for item in items:
        yield f"- **{_safe(item.title)}** {_safe(item.text)}".rstrip()
    yield ""


def _definitions(summary: Summary) -> Iterator[str]:
    phrases = summary.phrases
    yield f"## {phrases.definitions}\n"
    rows = [
        [facts.label, facts.shown, facts.formula, facts.filters, facts.serial, f"{facts.events:,}"]
        for facts in summary.figures.values()
    ]
    head = [
        phrases.metric,
        phrases.value,
        phrases.definition,
        phrases.filters,
        phrases.serial,
        phrases.events,
    ]
    yield from _table(head, rows, [1, len(head) - 1])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Container[int]) -> Iterator[str]:
    """A table whose columns of ``numbers`` stand right."""
    yield "| " + " | ".join(_safe(name) or " " for name in head) + " |"
    yield "|" + "|".join("---:" if place in numbers else "---" for place in range(len(head))) + "|"
    for row in rows:
        yield "| " + " | ".join(_safe(cell) or " " for cell in row) + " |"
    yield ""


def _safe(text: str) -> str:
    """The text with the signs escaped that would change its meaning in Markdown or leave its cell."""
    flat = " ".join(text.split())
    for sign in ("\\", "|", "*", "_", "`", "<", "[", "]"):
        flat = flat.replace(sign, f"\\{sign}")
    return flat
