"""``tiantang summary PERIOD``: the work summary of a period, frozen and written to files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.conf import settings
from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from tiantang.summary.builder import LANGUAGES
from tiantang.summary.renderers.formats import FORMATS

if TYPE_CHECKING:
    from tiantang.summary.models import Release

ALL = ",".join(FORMATS)


def _formats(_: click.Context, __: click.Parameter, value: str) -> list[str]:
    names = [name.strip().lower() for name in value.split(",") if name.strip()]
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.BadParameter(f"choose from {ALL}, separated by commas")
    return list(dict.fromkeys(names))


def _chosen(language: str | None) -> str:
    return LANGUAGES[language or ("zh" if settings.LANGUAGE_CODE.startswith("zh") else "en")]


@click.command()
@click.argument("period")
@click.option(
    "--lang", "language", type=click.Choice(sorted(LANGUAGES)), help="Language; default: the site's."
)
@click.option("--format", "formats", default=ALL, show_default=True, callback=_formats, help="File formats.")
@click.option(
    "--out", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder for the files."
)
@click.option("--presenter", default="", help="Who presents it; default: the community lead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of paths.")
def command(
    period: str, language: str | None, formats: list[str], folder: Path | None, presenter: str, as_json: bool
) -> None:
    """Write the work summary of PERIOD: 2018-08, 2018-Q3, 2018-H2, 2018 or 2018-03-12..2018-09-01."""
    release, paths, fresh = write_summary(period, language, formats, folder, presenter)
    _report(release, paths, fresh=fresh, as_json=as_json)


def write_summary(
    period: str,
    language: str | None = None,
    formats: Sequence[str] = tuple(FORMATS),
    folder: Path | None = None,
    presenter: str = "",
) -> tuple[Release, list[Path], bool]:
    """Make and export a release with a progress bar: the release, its files, whether it is a new one."""
    from tiantang.config.schema import bring_up_to_date
    from tiantang.metrics.periods import parse_period
    from tiantang.summary.actions import export_release, make_release

    asked = parse_period(period)
    bring_up_to_date()
    _catch_up()
    console = Console(stderr=True)
    with _bar(console) as bar:
        task = bar.add_task("Chapters", total=6 + len(formats))
        with translation.override("en"):
            release, fresh = make_release(
                period=asked,
                language=_chosen(language),
                presenter=presenter,
                progress=lambda done, of: bar.update(task, completed=done),
            )
        bar.update(task, description="Files", completed=6)
        out = folder or settings.HOME / "summaries"
        paths = []
        for name in formats:
            paths += export_release(release=release, folder=out, formats=[name])
            bar.advance(task)
    return release, paths, fresh


def _catch_up() -> None:
    """Bring waiting events and figures up to date, so that the summary counts what happened until now."""
    from tiantang.events import mover
    from tiantang.metrics import rollup

    mover.move_all()
    rollup.catch_up()


def _bar(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), console=console, transient=True
    )


def _report(release: Release, paths: list[Path], *, fresh: bool, as_json: bool) -> None:
    if as_json:
        told = {
            "period": release.period.code,
            "language": release.language,
            "release": release.number,
            "new": fresh,
            "figures_digest": release.figures_digest,
            "files": [str(path) for path in paths],
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    if not fresh:
        click.echo(f"Nothing changed since release {release.number}.", err=True)
    for path in paths:
        click.echo(path)
