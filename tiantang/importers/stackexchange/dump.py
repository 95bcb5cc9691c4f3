"""Reading the dump: rows as they come, memory flat whatever the size."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from lxml import etree

from tiantang.common.errors import TiantangError
from tiantang.importers.pipeline import Row

FILES = ("Users", "Tags", "Posts", "PostHistory", "PostLinks", "Comments", "Votes", "Badges")


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
        with self.path(name).open("rb") as self._open:
            parsed = etree.iterparse(
                self._open, events=("end",), tag="row", resolve_entities=False, no_network=True
            )
            try:
                for _, element in parsed:
                    yield dict(element.attrib)
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
            except etree.XMLSyntaxError as error:
                raise TiantangError(
                    f"{self.path(name)} is damaged at line {error.lineno}: {error.msg}. Everything before "
                    "that place is imported; mend the file and run the same command to go on."
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


def instant(row: Row, name: str = "CreationDate") -> datetime | None:
    """The UTC instant in an attribute; None when it is missing or no date."""
    try:
        return datetime.fromisoformat(row[name]).replace(tzinfo=UTC)
    except (KeyError, ValueError):
        return None


def made_at(row: Row) -> datetime:
    """When a row that was found sound came about. Raises ValueError for a row without a date."""
    at = instant(row)
    if at is None:
        raise ValueError(f"row {row.get('Id', '?')} has no date")
    return at


def number(row: Row, name: str) -> int | None:
    """The whole number in an attribute; None when it is missing or none."""
    try:
        return int(row[name])
    except (KeyError, ValueError):
        return None


def tag_names(row: Row) -> list[str]:
    """Tags of a question, written ``<a><b>`` in older dumps and ``|a|b|`` in newer ones."""
    text = row.get("Tags", "").replace("><", "|").strip("<>|")
    return [name for name in text.split("|") if name]
