"""What the doctor looks at: one function per organ, each with the mend."""

from __future__ import annotations

import ctypes.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError

from tiantang.config.health import LEAST_FREE, database_reasons, folder_reasons, worker_remarks

State = Literal["well", "odd", "ill"]
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
"""Shared library that the PDF writer needs → Debian package."""
FONT_PACKAGE = "fonts-noto-cjk"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
OLDEST_PYTHON = (3, 11)
EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Finding:
    """``state`` is well, odd (works, but look at it) or ill; ``mend`` says what to do, "" when nothing."""

    organ: str
    state: State
    text: str
    mend: str = ""


def examine() -> Iterator[Finding]:
    """Look at everything, one finding after another."""
    for look in LOOKS:
        yield _finding_of(look)


def _finding_of(look: Callable[[], Finding]) -> Finding:
    """What a look finds; an organ so damaged that looking fails is a finding, too."""
    try:
        return look()
    except Exception as error:
        organ = look.__name__.removeprefix("look_at_").replace("_", " ")
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        return Finding(organ, "ill", f"Cannot be examined: {reason}", "Bring it back from a backup.")


def examine_quickly() -> Iterator[Finding]:
    """What a page may wait for: everything but the comparison of events and figures."""
    for look in LOOKS:
        if look is not look_at_figures:
            yield _finding_of(look)


def look_at_python() -> Finding:
    version = ".".join(str(number) for number in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Finding("python", "ill", version, "Install Python 3.11 or newer.")
    return Finding("python", "well", version)


def look_at_fonts() -> Finding:
    """Chinese in a PDF needs a font that has it."""
    if chinese_font():
        return Finding("fonts", "well", "Chinese, Japanese and Latin letters are there.")
    return Finding("fonts", "ill", "No font with Chinese letters.", f"apt install {FONT_PACKAGE}")


def chinese_font() -> bool:
    """Whether fontconfig, or the usual folders, know a font with Chinese letters."""
    try:
        listed = subprocess.run(
            ["fc-list", ":lang=zh", "family"],  # noqa: S607 - wherever it is installed
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        return bool(listed.stdout.strip())
    except (FileNotFoundError, subprocess.TimeoutExpired):
        folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
        return any(next(folder.rglob("*CJK*"), None) for folder in folders if folder.exists())


def look_at_libraries() -> Finding:
    lacking = [package for name, package in LIBRARIES.items() if not ctypes.util.find_library(name)]
    if lacking:
        return Finding(
            "libraries", "ill", "The PDF writer lacks libraries.", "apt install " + " ".join(lacking)
        )
    return Finding("libraries", "well", "Everything the PDF writer needs is there.")


def look_at_folders() -> Finding:
    reasons = folder_reasons()
    for folder in (Path(settings.HOME), Path(settings.MEDIA_ROOT), Path(settings.LAKE)):
        if folder.exists() and not _writable(folder):
            reasons.append(f"{folder} is not writable")
    if reasons:
        mend = f"Give the account that runs Tiantang the folder, and {LEAST_FREE >> 20} MB of free space."
        return Finding("folders", "ill", "; ".join(reasons), mend)
    return Finding("folders", "well", f"{settings.HOME} is writable.")


def _writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def look_at_databases() -> Finding:
    reasons = database_reasons()
    if any("newer" in reason for reason in reasons):
        return Finding("database", "ill", "; ".join(reasons), "Install the version that wrote it.")
    if any("lacks" in reason for reason in reasons):
        return Finding("database", "ill", "; ".join(reasons), "Run `tiantang migrate`.")
    if reasons:
        return Finding("database", "ill", "; ".join(reasons), "Start it, or correct TIANTANG_DATABASE_URL.")
    kind = "SQLite" if settings.ENVIRONMENT.embedded else "PostgreSQL"
    return Finding("database", "well", f"{kind} answers and has this version's schema.")


def look_at_front_end() -> Finding:
    """The built styles and scripts; a wheel brings them, a checkout builds them."""
    folder = Path(settings.STATICFILES_DIRS[0])
    built = folder.exists() and any(path.suffix == ".css" for path in folder.rglob("*"))
    if not built:
        return Finding("front end", "ill", "Styles and scripts are not built.", "Run bin/setup.")
    return Finding("front end", "well", "Styles and scripts are built.")


def look_at_clock() -> Finding:
    """Events carry the time of this clock, so a clock that stands wrong spoils every figure."""
    now = datetime.now(UTC)
    if now < EARLIEST:
        mend = "Set the clock; timedatectl set-ntp true keeps it right."
        return Finding("clock", "ill", f"The clock says {now:%Y-%m-%d}.", mend)
    ahead = _newest_write() - time.time()
    if ahead > 120:
        return Finding(
            "clock", "odd", f"Files of the installation are {ahead:.0f} s in the future.", "Set the clock."
        )
    return Finding("clock", "well", f"{now:%Y-%m-%d %H:%M} UTC, days in {settings.TIME_ZONE}.")


def _newest_write() -> float:
    return max((path.stat().st_mtime for path in Path(settings.HOME).glob("*")), default=0.0)


def look_at_lake() -> Finding:
    """Whether every file that holds events is there, whole."""
    from tiantang.events.manifest import lacking_files

    try:
        lacking = lacking_files()
    except DatabaseError:
        return Finding("lake", "odd", "Cannot be checked without the database.")
    if lacking:
        text = f"{len(lacking)} files of events are missing or cut off, the first: {lacking[0]}."
        return Finding("lake", "ill", text, f"Bring them back from a backup of {settings.LAKE}.")
    return Finding("lake", "well", "Every file of events is there.")


def look_at_figures() -> Finding:
    """Whether lake, rollups and KPI tables agree."""
    from tiantang.metrics.verify import verify

    if look_at_lake().state != "well":
        return Finding("figures", "odd", "Cannot be checked without the lake.")
    try:
        differences = verify()
    except DatabaseError:
        return Finding("figures", "odd", "Cannot be checked without the database.")
    if differences:
        first = differences[0].sentence
        text = f"{len(differences)} differences between events and figures, the first: {first}"
        return Finding("figures", "ill", text, "Run `tiantang metrics rebuild`.")
    return Finding("figures", "well", "Events, rollups and KPI tables agree.")


def look_at_worker() -> Finding:
    remarks = worker_remarks()
    if remarks:
        return Finding("worker", "odd", "; ".join(remarks), "Start `tiantang up` or `tiantang worker`.")
    return Finding("worker", "well", "At work.")


def look_at_secret() -> Finding:
    """The key that signs sessions must be readable by its owner alone."""
    path = Path(settings.HOME) / "secret.key"
    if path.exists() and os.name == "posix" and path.stat().st_mode & 0o077:
        return Finding("secret", "ill", f"Others can read {path}.", f"chmod 600 {path}")
    return Finding("secret", "well", "Kept for its owner alone.")


LOOKS: tuple[Callable[[], Finding], ...] = (
    look_at_python,
    look_at_fonts,
    look_at_libraries,
    look_at_folders,
    look_at_databases,
    look_at_front_end,
    look_at_secret,
    look_at_clock,
    look_at_lake,
    look_at_figures,
    look_at_worker,
)
