"""What a new installation gets once: boards and rules, the sample community, last month's work summary.

Each step is remembered in ``$TIANTANG_HOME/first-start.json`` when it is done, so that an interrupted
first start goes on where it was. Sign-ins and files are told by the greeting alone, when the site is up.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

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


def first_start(console: Console, with_sample: bool) -> bool:
    """Do every step that was not done yet, in order; whether there was any.

    People who are here already get no sample.
    """
    memory = remembered()
    done = False
    with_sample = with_sample and ("sample" in memory or not _has_members())
    for step in STEPS:
        if memory.get(step.name) == "done" or (step.sample and not with_sample):
            continue
        console.print(f"[bold]•[/] {step.title}")
        _remember(memory, step.name, "begun")
        step.do()
        _remember(memory, step.name, "done")
        done = True
    return done


def memory_file() -> Path:
    """Where the steps are remembered: a JSON object, step → ``begun`` or ``done``."""
    return Path(settings.HOME) / "first-start.json"


def remembered() -> dict[str, str]:
    """What was begun and done so far."""
    try:
        memory: dict[str, str] = json.loads(memory_file().read_text(encoding="utf8"))
    except (FileNotFoundError, ValueError):
        return {}
    return memory


def _remember(memory: dict[str, str], name: str, state: str) -> None:
    memory[name] = state
    memory_file().write_text(json.dumps(memory), encoding="utf8")


def summary_folder() -> Path:
    """Where the first work summary's files are written."""
    return Path(settings.HOME) / "summaries"


def last_month(today: date) -> str:
    """The month before ``today`` as the command line writes it: ``2018-08``."""
    return (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def _has_members() -> bool:
    from tiantang.community.members.models import Member

    return Member.objects.exists()


def _seed_boards() -> None:
    """Boards of games and anime, unless a community moved in before the first start and has its own."""
    from tiantang.community.forum.models import Board
    from tiantang.community.forum.seed import seed_forum

    if not Board.objects.exists():
        seed_forum()


def _fill_with_sample() -> None:
    from tiantang.config.commands.demo import fill_with_sample

    fill_with_sample()


def _write_summary() -> None:
    from tiantang.config.commands.summary import write_summary

    write_summary(last_month(site_day(timezone.now())), folder=summary_folder())


STEPS = (
    Step("boards", "Boards, rules and welcome texts", _seed_boards),
    Step("sample", "Sample community", _fill_with_sample, sample=True),
    Step("summary", "Work summary of last month", _write_summary, sample=True),
)
