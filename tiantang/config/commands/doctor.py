"""``tiantang doctor``."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tiantang.config.checks import Finding, examine

MARKS = {"well": "[green]✓[/]", "odd": "[yellow]![/]", "ill": "[red]✗[/]"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def command(as_json: bool) -> None:
    """Check the installation and say how to mend it; exit code 1 when something is ill."""
    findings = list(examine())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        Console().print(_table(findings))
    if any(finding.state == "ill" for finding in findings):
        raise SystemExit(1)


def _table(findings: list[Finding]) -> Table:
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        text = escape(finding.text)
        if finding.mend:
            text += f"\n[bold]→ {escape(finding.mend)}[/]"
        table.add_row(MARKS[finding.state], finding.organ, text)
    return table
