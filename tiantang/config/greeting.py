"""What the person who started the installation sees: addresses, sign-ins, files."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

import tiantang
from tiantang.community.members.models import Role, RoleGrant
from tiantang.config.environment import Environment
from tiantang.config.first_start import remembered, summary_folder
from tiantang.demo.accounts import SAMPLE_SIGN_INS


def greet(console: Console, environment: Environment) -> None:
    """Say where the site is, who may sign in and where the files are."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for title, text in _lines(environment):
        table.add_row(title, text)
    console.print(Panel(table, title=f"{environment.site_name} · Tiantang", expand=False))
    if not RoleGrant.objects.of_team().filter(role=Role.LEAD).exists():
        console.print("Nobody leads this community yet. Make your own account, or take one that has joined:")
        for words in ("member create NAME --role lead", "member grant NAME lead"):
            # in one piece outside the frame, so that it can be copied
            console.print(f"  {own_words()} {words}", soft_wrap=True, highlight=False, markup=False)
    console.print("Ctrl-C stops everything.", style="dim")


def _lines(environment: Environment) -> list[tuple[str, str]]:
    address = f"http://{environment.host}:{environment.port}"
    lines = [("Site", f"{address}/"), ("Console", f"{address}/console/")]
    if remembered().get("sample") == "done":
        lines += [
            ("Sign in", f"{one.handle} · {one.password} · {one.role or '–'}") for one in SAMPLE_SIGN_INS
        ]
    lines += [("Summary", str(path)) for path in _summaries()]
    return [*lines, ("Files", str(settings.HOME))]


def own_words() -> str:
    """How a person types ``tiantang`` for this very installation, wherever they stand."""
    in_checkout = Path(tiantang.__file__).parents[1] / "bin" / "tiantang"
    program = shlex.quote(str(in_checkout)) if in_checkout.exists() else "tiantang"
    home = os.environ.get("TIANTANG_HOME")
    return f"TIANTANG_HOME={shlex.quote(str(settings.HOME))} {program}" if home else program


def _summaries() -> list[Path]:
    folder = summary_folder()
    return sorted(folder.glob("*.*")) if folder.exists() else []
