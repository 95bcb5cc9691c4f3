"""``tiantang demo``: fill an empty installation with the sample community."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

import click
from rich.console import Console
from rich.progress import Progress, TimeElapsedColumn
from rich.table import Table

from tiantang.demo.accounts import SAMPLE_SIGN_INS
from tiantang.demo.pipeline import Sample, build, step_names
from tiantang.demo.plan import Plan, make_plan
from tiantang.metrics.rollup import catch_up


@click.command("demo")
@click.option("--members", default=2000, show_default=True, help="How many people.")
@click.option("--posts", default=40_000, show_default=True, help="Opening posts and replies together.")
@click.option("--months", default=18, show_default=True, help="Calendar months, the running one included.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day in the site's time zone. Default: today."
)
@click.option("--seed", default=1, show_default=True, help="Another number makes another community.")
@click.option("--force", is_flag=True, help="Also into an installation that has members, but no topics yet.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
def command(
    members: int, posts: int, months: int, until: datetime | None, seed: int, force: bool, as_json: bool
) -> None:
    """Fill an empty installation with a made-up community: the same for the same seed and day."""
    day = until.date() if until else None
    plan = make_plan(members=members, posts=posts, months=months, until=day, seed=seed)
    sample = _run(plan, force, quiet=as_json)
    if as_json:
        signs = [asdict(account) for account in SAMPLE_SIGN_INS]
        click.echo(
            json.dumps({**asdict(sample), "until": str(plan.until), "sign_ins": signs}, ensure_ascii=False)
        )
        return
    print_counts(sample)
    _print_sign_ins()


def fill_with_sample() -> None:
    """The sample of the usual size, as ``bin/run`` makes it: the greeting tells who may sign in."""
    print_counts(_run(make_plan(), force=False, quiet=False))


def _run(plan: Plan, force: bool, quiet: bool) -> Sample:
    with Progress(*Progress.get_default_columns(), TimeElapsedColumn(), disable=quiet, transient=True) as bar:
        task = bar.add_task("", total=len(step_names()) + 1)
        sample = None
        for word in build(plan, force):
            if isinstance(word, Sample):
                sample = word
            else:
                bar.update(task, description=word, advance=1)
        bar.update(task, description="figures")
        catch_up()
        bar.advance(task)
    assert sample is not None
    return sample


def print_counts(sample: Sample) -> None:
    """What was made, in one line."""
    Console().print(
        f"{sample.members:,} members, {sample.topics:,} topics, {sample.posts:,} posts, "
        f"{sample.comments:,} comments, {sample.likes:,} likes, {sample.events:,} events."
    )


def _print_sign_ins() -> None:
    table = Table("handle", "password", "role")
    for account in SAMPLE_SIGN_INS:
        table.add_row(account.handle, account.password, account.role or "member")
    Console().print(table)
