"""Counting what became of every row read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

Row = dict[str, str]
"""One row of the old community, as its attributes."""


class Tally:
    """For one kind: rows read, imported, updated, and skipped by reason; ``of_which`` splits the imported."""

    def __init__(self, kept: dict[str, Any] | None = None) -> None:
        kept = kept or {}
        self.read: int = kept.get("read", 0)
        self.imported: int = kept.get("imported", 0)
        self.updated: int = kept.get("updated", 0)
        self.reasons: Counter[str] = Counter(kept.get("reasons", {}))
        self.of_which: Counter[str] = Counter(kept.get("of_which", {}))

    def skip(self, reason: str, count: int = 1) -> None:
        """Count rows left out for ``reason`` (a short English sentence part)."""
        if count:
            self.reasons[reason] += count

    def skip_each(self, reasons: Iterable[str]) -> None:
        """Count one row left out for each reason given."""
        self.reasons.update(reasons)

    def bring(self, count: int, part: str = "") -> None:
        """Count rows imported, as ``part`` of their kind."""
        self.imported += count
        if part and count:
            self.of_which[part] += count

    @property
    def skipped(self) -> int:
        return sum(self.reasons.values())

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, as printed by the command and kept with the run."""
        told: dict[str, Any] = {
            "read": self.read,
            "imported": self.imported,
            "updated": self.updated,
            "skipped": self.skipped,
            "reasons": dict(self.reasons),
        }
        return told | ({"of_which": dict(self.of_which)} if self.of_which else {})
