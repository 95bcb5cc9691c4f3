"""What a new installation gets once: boards and rules, the sample community, last month's work summary.

Each step is remembered in ``$TIANTANG_HOME/first-start.json`` when it is done, so that an interrupted
first start goes on where it was.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from rich.console import Console

from tiantang.common.time import site_day


@dataclass(frozen=True)
class Step:
    """One thing done once. ``sample`` steps are left out of an empty installation."""

    name: str
    title: str
    do: Callable[[], None]
    sample: bool = False


def first_start(console: Console, with_sample: bool) -> None:
    """Do every step that was not done yet, in order."""
    done = _done()
    steps = [step for step in STEPS if step.name not in done and (with_sample or not step.sample)]
    if "sample" in {step.name for step in steps} and not _untouched():
        steps = [step for step in steps if not step.sample]
    for step in steps:
        console.print(f"[bold]•[/] {step.title}")
        step.do()
        done.append(step.name)
        memory_file().write_text(json.dumps(done), encoding="utf8")


def memory_file() -> Path:
    """Names of the steps done, as a JSON list."""
    return Path(settings.HOME) / "first-start.json"


def summary_folder() -> Path:
    """Where the first work summary's files are written."""
    return Path(settings.HOME) / "summaries"


def last_month(today: date) -> str:
    """The month before ``today`` as the command line writes it: ``2018-08``."""
    return (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def _done() -> list[str]:
    try:
        names: list[str] = json.loads(memory_file().read_text(encoding="utf8"))
    except (FileNotFoundError, ValueError):
        return []
    return names


def _untouched() -> bool:
    """Whether nobody has an account here yet."""
    from tiantang.community.members.models import Member

    return "sample" in _begun() or not Member.objects.exists()


def _begun() -> list[str]:
    path = memory_file().with_name("first-start.begun")
    return path.read_text(encoding="utf8").split() if path.exists() else []


def _seed_boards() -> None:
    """Boards of games and anime, unless a community moved in before the first start and has its own."""
    from tiantang.community.forum.models import Board
    from tiantang.community.forum.seed import seed_boards

    if not Board.objects.exists():
        seed_boards()


def _fill_with_sample() -> None:
    memory_file().with_name("first-start.begun").write_text("sample", encoding="utf8")
    _run("demo")


def _write_summary() -> None:
    period = last_month(site_day(timezone.now()))
    _run("summary", period, "--out", str(summary_folder()))


def _run(module: str, *arguments: str) -> None:
    """Run one of our own commands in this process."""
    command: click.Command = importlib.import_module(f"tiantang.config.commands.{module}").command
    command.main(list(arguments), standalone_mode=False)


STEPS = (
    Step("boards", "Boards, rules and welcome texts", _seed_boards),
    Step("sample", "Sample community", _fill_with_sample, sample=True),
    Step("summary", "Work summary of last month", _write_summary, sample=True),
)
