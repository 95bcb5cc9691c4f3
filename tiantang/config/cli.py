"""The command line: ``tiantang COMMAND``.

Commands live in ``tiantang/config/commands/``, one module each, and are imported only when asked for.
Exit codes: 0 done, 1 refused or failed (one clear line on standard error), 2 wrong usage.
"""

from __future__ import annotations

import errno
import importlib
import os
from typing import Any

import click

from tiantang import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("up", "Start the whole installation: set up what is missing, then web and worker."),
    "web": ("web", "Start the web processes alone."),
    "worker": ("worker", "Start the worker alone: events, figures, tasks."),
    "migrate": ("migrate", "Bring the databases to this version's schema."),
    "doctor": ("doctor", "Check the installation and say how to mend it."),
    "member": ("member", "Create accounts and grant roles."),
    "demo": ("demo", "Fill an installation with the sample community."),
    "import": ("import_", "Bring a running community over from another program."),
    "metrics": ("metrics", "List, show, rebuild and verify figures."),
    "summary": ("summary", "Write the work summary of a period."),
}
"""Command name → module in ``commands`` and the line that ``tiantang --help`` shows."""

WITHOUT_DJANGO = frozenset({"web"})
"""Commands whose process loads the application later or not at all."""


class LazyCommands(click.Group):
    """Loads a command when it is called, so that ``--help`` and wrong usage answer at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        with clear_failures():
            if cmd_name not in WITHOUT_DJANGO:
                set_up_django()
            module = importlib.import_module(f"tiantang.config.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        with clear_failures():
            return super().invoke(ctx)


class clear_failures:  # noqa: N801 - reads as a verb in ``with``
    """Turns failures that have a known reason into one line and exit code 1."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if _is_ctrl_c(error):
            click.echo("Stopped. The same command goes on where it was.", err=True)
            raise click.exceptions.Exit(1) from error
        reason = _reason_of(error) if error is not None else None
        if reason is not None:
            raise click.ClickException(reason) from error


def _is_ctrl_c(error: BaseException | None) -> bool:
    """Whether it is Ctrl-C, or what the engine makes of Ctrl-C while it computes."""
    return isinstance(error, (KeyboardInterrupt, click.Abort)) or str(error) == "Query interrupted"


def _reason_of(error: BaseException) -> str | None:
    """One line for a failure that is no fault of the program, else None."""
    from tiantang.common.errors import TiantangError
    from tiantang.config.environment import SettingError

    if isinstance(error, (TiantangError, SettingError)):
        return str(error)
    if isinstance(error, OSError):
        return _reason_of_files(error)
    kind = type(error)
    if kind.__module__ == "django.db.utils":
        return _reason_of_database(kind.__name__, _first_line(error))
    if kind.__module__ in ("duckdb", "_duckdb") and kind.__name__ in DAMAGED_LAKE:
        return (
            f"The lake cannot be read: {_first_line(error)}. Bring its files back from a backup; "
            "`tiantang doctor` counts what is missing."
        )
    return None


DAMAGED_LAKE = ("IOException", "InvalidInputException")
"""What the engine raises for a file that is missing, cut off or no Parquet."""
FILES = {
    errno.EACCES: "Run as the account that owns it, or choose a folder you own (TIANTANG_HOME)",
    errno.EPERM: "Run as the account that owns it, or choose a folder you own (TIANTANG_HOME)",
    errno.EROFS: "Choose a folder that can be written to (TIANTANG_HOME)",
    errno.ENOSPC: "Make room on the disk, then run the same command again",
    errno.EDQUOT: "Make room on the disk, then run the same command again",
    errno.ENOTDIR: "Put a folder there, or choose another one",
    errno.EISDIR: "Put a file there, or choose another one",
}
"""Failures of files that are no fault of the program → what to do."""


def _reason_of_files(error: OSError) -> str | None:
    mend = FILES.get(error.errno or 0)
    where = f"{error.filename}: " if error.filename else ""
    return mend and f"{where}{(error.strerror or 'it failed').lower()}. {mend}."


def _reason_of_database(kind: str, first: str) -> str | None:
    if kind == "OperationalError":
        return f"The database does not answer: {first}. Check TIANTANG_DATABASE_URL, then `tiantang doctor`."
    if kind == "DatabaseError":
        return (
            f"The database cannot be read: {first}. "
            "Bring it back from a backup, or correct TIANTANG_DATABASE_URL."
        )
    return None


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), "no answer").rstrip(".")


def set_up_django() -> None:
    """Load settings and applications once. Raises SettingError for a setting that cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiantang.config.settings")
    import django

    django.setup()


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def main() -> None:
    """Tiantang: a community of players and anime fans, with its own operations department.

    Settings come from the environment or from the file $TIANTANG_HOME/tiantang.env.
    """


if __name__ == "__main__":
    main(prog_name="tiantang")
