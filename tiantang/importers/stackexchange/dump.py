"""Reading the dump: rows as they come, memory flat whatever the size."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from lxml import etree

from tiantang.common.errors import TiantangError
from tiantang.importers.pipeline import Row
from tiantang.importers.tally import Tally

FILES = ("Users", "Tags", "Posts", "PostHistory", "PostLinks", "Comments", "Votes", "Badges")


LARGEST = 2**31 - 1
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Instants between which something can have happened; others are slips, and no figure could count them."""
INTERNAL_ONLY: dict[str, Any] = {"resolve_entities": "internal", "no_network": True}
"""What XML itself escapes is read; entities that name files or addresses are refused."""
PIECE = 1 << 16
"""Bytes read at once."""


class FoundRows:
    """Receives what the XML parser meets and keeps the attributes of rows; no tree is built."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "row":
            self.rows.append(dict(attributes))

    def end(self, tag: str) -> None:
        """Rows hold nothing."""

    def close(self) -> None:
        """Nothing was built."""

    def take(self) -> list[Row]:
        """The rows met since the last call."""
        taken, self.rows = self.rows, []
        return taken


class Dump:
    """The folder of one dump; every file may be missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: IO[bytes] | None = None
        self._size = 1
        if not folder.is_dir():
            raise TiantangError(f"{folder} is no folder. Give the folder that holds Posts.xml and the like.")
        if not any(self.path(name).exists() for name in FILES):
            raise TiantangError(f"{folder} holds none of {', '.join(f'{name}.xml' for name in FILES)}.")

    def path(self, name: str) -> Path:
        """Where ``name``.xml is or would be."""
        return self.folder / f"{name}.xml"

    def has(self, name: str) -> bool:
        return self.path(name).exists()

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of one file, in file order. A missing file has none.

        Raises TiantangError where the file is not well-formed XML: what came before it stays imported.
        """
        if not self.has(name):
            return
        self._size = max(1, self.path(name).stat().st_size)
        found = FoundRows()
        parser = etree.XMLParser(**INTERNAL_ONLY | {"target": found})
        with self._opened(name) as self._open:
            try:
                while piece := self._open.read(PIECE):
                    parser.feed(piece)
                    yield from found.take()
                parser.close()
            except etree.XMLSyntaxError as error:
                yield from found.take()
                raise TiantangError(damage(self.path(name), error)) from error

    def _opened(self, name: str) -> IO[bytes]:
        try:
            return self.path(name).open("rb")
        except OSError as error:
            raise TiantangError(
                f"{self.path(name)} cannot be read ({error.strerror}). Make it a file this account may read."
            ) from error

    def share_read(self) -> float:
        """How much of the open file has been read, 0–1."""
        if self._open is None or self._open.closed:
            return 1.0
        return min(1.0, self._open.tell() / self._size)

    def fingerprint(self) -> str:
        """Names, sizes and change times of the files: the same input again, or another."""
        digest = hashlib.sha256()
        for name in FILES:
            if self.has(name):
                facts = self.path(name).stat()
                digest.update(f"{name}:{facts.st_size}:{facts.st_mtime_ns};".encode())
        return digest.hexdigest()


def damage(path: Path, error: etree.XMLSyntaxError) -> str:
    """What to tell about a file that is not well-formed."""
    reason = " ".join((error.msg or "").split())
    return (
        f"{path} is damaged at line {error.lineno}: {reason}. Everything before that place is imported; "
        "mend the file and run the same command to go on."
    )


def instant(row: Row, name: str = "CreationDate") -> datetime | None:
    """The instant in an attribute, UTC unless it says otherwise; None when missing or no usable date."""
    text = row.get(name)
    return _instant_told(text) if text else None


@lru_cache(10_000)
def _instant_told(text: str) -> datetime | None:
    try:
        told = datetime.fromisoformat(text)
        at = told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return at if EARLIEST <= at < LATEST else None


def made_at(row: Row) -> datetime:
    """When a row that was found sound came about. Raises ValueError for a row without a date."""
    at = instant(row)
    if at is None:
        raise ValueError(f"row {row.get('Id', '?')} has no date")
    return at


def number(row: Row, name: str) -> int | None:
    """The whole number in an attribute; None when it is missing, none, or larger than our columns."""
    try:
        told = int(row[name])
    except (KeyError, ValueError):
        return None
    return told if abs(told) <= LARGEST else None


def tag_names(row: Row) -> list[str]:
    """Tags of a question, written ``<a><b>`` in older dumps and ``|a|b|`` in newer ones."""
    text = row.get("Tags", "").replace("><", "|").strip("<>|")
    return [name for name in text.split("|") if name]


NO_CORE = "without a usable Id or CreationDate"


def sound_rows(batch: list[Row], tally: Tally) -> list[Row]:
    """The rows that have an Id of their own and a date; the others are counted."""
    sound = {number(row, "Id"): row for row in batch if instant(row)}
    cored = sum(1 for row in batch if number(row, "Id") is not None and instant(row))
    sound.pop(None, None)
    tally.skip(NO_CORE, len(batch) - cored)
    tally.skip("an Id given twice", cored - len(sound))
    return list(sound.values())


def met_at(rows: list[Row], owner: str = "OwnerUserId") -> dict[int, datetime]:
    """For each old user id the first moment it is met in these rows."""
    met: dict[int, datetime] = {}
    for row in rows:
        old, at = number(row, owner), instant(row)
        if old is not None and at is not None:
            met[old] = min(at, met.get(old, at))
    return met
