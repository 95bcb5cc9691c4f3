"""``tiantang import SOURCE PATH``: a running community moves in."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar
from rich.table import Table

from tiantang.importers.pipeline import Progress
from tiantang.importers.tally import Tally

SCALE = 10_000
LONGEST_NAME = 60
"""Letters of a board's name."""


def _short_key(_: click.Context, __: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,40}", value):
        raise click.BadParameter("use 1 to 40 letters, digits, dots, - and _")
    return value


def _short_name(_: click.Context, __: click.Parameter, value: str) -> str:
    if len(value) > LONGEST_NAME:
        raise click.BadParameter(f"use at most {LONGEST_NAME} letters")
    return value


@click.command("import")
@click.argument("source", type=click.Choice(["stackexchange"]))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--site", default="stackexchange", callback=_short_key, help="Keeps several dumps apart.")
@click.option("--board", default="", callback=_short_name, help="Name of the board that takes the questions.")
@click.option("--address", default="", help="Host name of the old site; its links become links here.")
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object on standard output.")
def command(source: str, path: Path, site: str, board: str, address: str, as_json: bool) -> None:
    """Bring a community from the dump in PATH. Run it again to go on, or to bring what is new."""
    from tiantang.config.schema import bring_up_to_date
    from tiantang.importers.stackexchange.arrival import stackexchange_import

    bring_up_to_date()
    console = Console(stderr=True)
    with _bar(console) as bar:
        teller = Teller(bar)
        job = stackexchange_import(path, site_key=site, board_name=board, address=address, tell=teller.tell)
        spent = {"start": time.process_time()}
        tallies = job.run()
        teller.say("Counting")
        spent |= job.spent | _settle()
    if as_json:
        told = {"source": source, "site": site, **_as_dicts(tallies), "cpu_seconds": _rounded(spent)}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print_report(Console(), tallies)


def _as_dicts(tallies: dict[str, Tally]) -> dict[str, Any]:
    return {kind: tally.as_dict() for kind, tally in tallies.items()}


def _rounded(spent: dict[str, float]) -> dict[str, float]:
    return {step: round(seconds, 2) for step, seconds in spent.items()}


def _settle() -> dict[str, float]:
    """What follows from the rows: counters on pages, events in the lake, figures. CPU seconds of each."""
    from tiantang.common.pages import pages_changed
    from tiantang.community.forum.actions.recount import recount_forum
    from tiantang.events.mover import move_all
    from tiantang.metrics.rollup import catch_up
    from tiantang.portal.views_count import refresh_views

    spent = {}
    for name, work in (
        ("counters", recount_forum),
        ("pages", pages_changed),
        ("events", move_all),
        ("figures", catch_up),
        ("views", refresh_views),
    ):
        before = time.process_time()
        work()
        spent[name] = time.process_time() - before
    return spent


def _bar(console: Console) -> ProgressBar:
    return ProgressBar(
        SpinnerColumn(),
        TextColumn("{task.description:>14}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %  {task.fields[rows]:>9,} rows  {task.fields[rate]:>7,.0f}/s"),
        TimeRemainingColumn(),
        console=console,
    )


class Teller:
    """Shows the step at work: share of its file, rows, rows per second, time left."""

    def __init__(self, bar: ProgressBar) -> None:
        self.bar = bar
        self.step = ""
        self.task = bar.add_task("", total=SCALE, rows=0, rate=0.0)

    def tell(self, progress: Progress) -> None:
        """Draw one report of the pipeline."""
        if progress.step != self.step:
            self.say(progress.step)
        task = self.bar.tasks[-1]
        rate = progress.rows / task.elapsed if task.elapsed else 0.0
        done = int(progress.share * SCALE)
        self.bar.update(self.task, completed=done, rows=progress.rows, rate=rate)

    def say(self, step: str) -> None:
        """Begin a new line for a step."""
        if self.step:
            self.bar.update(self.task, completed=SCALE)
            self.task = self.bar.add_task("", total=SCALE, rows=0, rate=0.0)
        self.step = step
        self.bar.update(self.task, description=step)


def _print_report(console: Console, tallies: dict[str, Tally]) -> None:
    table = Table("Kind", *(HEADS))
    for kind, tally in tallies.items():
        counts = (tally.read, tally.imported, tally.updated, tally.skipped)
        why = "\n".join(f"{count:,} {reason}" for reason, count in tally.reasons.most_common())
        table.add_row(kind, *(f"{count:,}" for count in counts), why)
    console.print(table)


HEADS = ("Read", "Imported", "Updated", "Skipped", "Why")
