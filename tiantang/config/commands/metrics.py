"""``tiantang metrics``: list definitions, show figures, rebuild and verify them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from tiantang.common.errors import TiantangError
from tiantang.community.forum.models import Board
from tiantang.config.schema import refuse_wrong_schema
from tiantang.events.catalog import Client
from tiantang.metrics.periods import LATEST, Grain, Period, PeriodError, recognise, refuse_far_away
from tiantang.metrics.query import Where
from tiantang.metrics.query.cells import cells
from tiantang.metrics.raw import check_dimensions
from tiantang.metrics.registry import METRICS, metric_named


@click.group()
def command() -> None:
    """List, show, rebuild and verify figures."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list: name, unit, labels, formula, version.")
def list_metrics(as_json: bool) -> None:
    """Every metric with its unit and definition."""
    described = [
        {
            "name": metric.name,
            "unit": metric.unit,
            "labels": dict(metric.label),
            "formula": dict(metric.formula),
            "version": metric.version,
        }
        for metric in METRICS.values()
    ]
    if as_json:
        click.echo(json.dumps(described, ensure_ascii=False, indent=2))
        return
    table = Table("name", "unit", "version", "名称", "label")
    for metric in METRICS.values():
        table.add_row(metric.name, metric.unit, str(metric.version), metric.label["zh"], metric.label["en"])
    Console().print(table)


@command.command()
@click.argument("name")
@click.option("--from", "first", required=True, metavar="DATE", help="First day, YYYY-MM-DD.")
@click.option("--to", "last", required=True, metavar="DATE", help="Last day, inclusive.")
@click.option("--by", type=click.Choice(["day", "week", "month"]), help="One value per calendar part.")
@click.option(
    "--where",
    "cuts",
    multiple=True,
    metavar="DIMENSION=VALUE",
    help=(
        "board=ID, member_class=members|staff|all, client=desktop|phone|api|import, source=TEXT; repeatable."
    ),
)
@click.option("--json", "as_json", is_flag=True, help="A JSON list of figures.")
def show(name: str, first: str, last: str, by: Grain | None, cuts: tuple[str, ...], as_json: bool) -> None:
    """A metric from one day to another, both inclusive, in the site's time zone.

    Weeks (from Monday) and months at the ends are cut to the days asked for and then marked partial.
    """
    period, where = _period(first, last), _where(cuts)
    check_dimensions(metric_named(name), where)
    refuse_wrong_schema()
    refuse_unknown_board(where.board)
    _count_what_waits()
    found = show_rows(name, period, by, where)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    table = Table(
        "period", "value", "numerator", "denominator", "n", "", title=metric_named(name).label["en"]
    )
    for row in found:
        mark = "partial" if row["partial"] else ""
        shown = [_shown(row[key]) for key in ("value", "numerator", "denominator", "n")]
        table.add_row(row["period"], *shown, mark)
    Console().print(table)


def show_rows(name: str, period: Period, by: Grain | None, where: Where) -> list[dict[str, Any]]:
    """The rows that ``metrics show --json`` prints."""
    parts = period.split(by) if by else [period]
    asked = [_cut(part, period) for part in parts]
    found = cells(metric_named(name), asked, where)
    return [
        {
            "period": part.code,
            "value": _whole(cell.value),
            "numerator": _whole(cell.numerator),
            "denominator": _whole(cell.denominator),
            "n": cell.n,
            "partial": cut.is_partial() or cut != part,
        }
        for part, cut, cell in zip(parts, asked, found, strict=True)
    ]


def _cut(part: Period, whole: Period) -> Period:
    """The part's days that were asked for."""
    if part.start >= whole.start and part.end <= whole.end:
        return part
    return Period(max(part.start, whole.start), min(part.end, whole.end))


def _whole(value: float | None) -> float | int | None:
    """Counts without a decimal point."""
    return int(value) if value is not None and value == int(value) else value


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")


def _count_what_waits() -> None:
    """Seal waiting events and count them, so that a fresh import answers right."""
    from tiantang.events.mover import move_all
    from tiantang.metrics.rollup import catch_up

    move_all()
    catch_up(thorough=True)


def _period(first: str, last: str) -> Period:
    start, last_day = _day("--from", first), _day("--to", last)
    if last_day < start:
        raise PeriodError(f"--to {last} lies before --from {first}.")
    if last_day > LATEST:
        raise PeriodError(f"--to {last} lies after {LATEST.year}; ask for an earlier end.")
    period = recognise(start, last_day + timedelta(days=1))
    refuse_far_away(period, f"{first}..{last}")
    return period


def _day(option: str, text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise click.UsageError(f"{option}: {text!r} is no date; use YYYY-MM-DD.") from error


def _where(cuts: tuple[str, ...]) -> Where:
    where = Where()
    names = [cut.partition("=")[0] for cut in cuts]
    for cut in cuts:
        name, _, value = cut.partition("=")
        if names.count(name) > 1:
            raise click.UsageError(f"--where {name} is given more than once; ask for each value by itself.")
        where = _narrowed(where, name, value)
    return where


def _narrowed(where: Where, name: str, value: str) -> Where:
    if name == "board" and value.isdecimal():
        return replace(where, board=int(value))
    if name == "member_class" and value in ("members", "all", "staff"):
        return replace(where, member_class=value)  # type: ignore[arg-type]
    if name == "client" and value.upper() in Client.__members__:
        return replace(where, client=int(Client[value.upper()]))
    if name == "source" and value:
        return replace(where, source=value)
    raise click.UsageError(f"--where {name}={value}: use {DIMENSIONS}.")


DIMENSIONS = "board=ID, member_class=members|staff|all, client=desktop|phone|api|import or source=TEXT"


def refuse_unknown_board(board: int | None) -> None:
    """Raise TiantangError for a board that is not there: zeros would look like an answer."""
    names = dict(Board.objects.order_by("pk").values_list("pk", "name"))
    if board is not None and names and board not in names:
        there = ", ".join(f"{pk} {name}" for pk, name in names.items())
        raise TiantangError(f"There is no board {board}. There are: {there}.")


@command.command()
@click.option("--json", "as_json", is_flag=True)
def rebuild(as_json: bool) -> None:
    """Make every rollup and KPI row again from the events."""
    from tiantang.events.mover import move_all
    from tiantang.metrics import rollup

    refuse_wrong_schema()
    move_all()
    report = rollup.rebuild()
    if as_json:
        click.echo(json.dumps(asdict(report)))
        return
    click.echo(f"{report.days} days counted, {report.rows} figures written, {report.seconds:.1f} s")


@command.command()
@click.option("--json", "as_json", is_flag=True)
def verify(as_json: bool) -> None:
    """Compare events, rollups and KPI tables; exit 1 when they differ anywhere."""
    from tiantang.events.manifest import refuse_lacking_files
    from tiantang.metrics.verify import verify as compare

    refuse_wrong_schema()
    refuse_lacking_files()
    _count_what_waits()
    differences = compare()
    if as_json:
        click.echo(
            json.dumps([asdict(found) for found in differences], default=str, ensure_ascii=False, indent=2)
        )
    for found in [] if as_json else differences:
        click.echo(found.sentence)
    if differences:
        raise TiantangError(
            f"{len(differences)} figures differ between levels; run `tiantang metrics rebuild`."
        )
    if not as_json:
        click.echo("Events, rollups and KPI tables agree.")
