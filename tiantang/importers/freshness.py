"""Kinds that leave no row behind by which they could be known again: which of their rows are new."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Max
from pyroaring import BitMap64

from tiantang.common.rows import listed
from tiantang.importers.models import ArrivedRow, ImportRun
from tiantang.importers.tally import Row, Tally

Ends = tuple[tuple[str, str], ...]
MARKED: dict[str, Ends] = {
    "votes": (("post", "PostId"), ("user", "UserId")),
    "badges": (("user", "UserId"),),
    "post_links": (("post", "PostId"), ("post", "RelatedPostId")),
    "post_history": (("post", "PostId"),),
}
"""Kind → what its rows hang on: kind of the other row and the attribute that names it."""


class FreshRows:
    """Leaves out rows that were brought before.

    A row was, when its old id is not above the highest one an earlier run reached, unless what it hangs on
    has arrived only since: then it was skipped for want of it. Old ids met in this run are kept in a bitmap.
    """

    def __init__(self, run: ImportRun, kind: str) -> None:
        self.run = run
        self.kind = kind
        self.mark: int = run.marks.get(kind, -1)
        self.met = BitMap64()
        arrived = ArrivedRow.objects.filter(site=run.site)
        self.newest: int = arrived.aggregate(newest=Max("pk"))["newest"] or 0
        known_then: int = run.marks.get(f"{kind} hang on", self.newest)
        self.since = arrived.filter(pk__gt=known_then) if known_then < self.newest else None

    def note(self, row: Row) -> None:
        """Remember a row that this run has brought before it was cut off."""
        old = old_id(row)
        if old is not None:
            self.met.add(old)

    def only_fresh(self, batch: list[Row], tally: Tally) -> list[Row]:
        """The rows to bring; the others are counted."""
        late = self._hanging_on_late_ones(batch)
        fresh = []
        for row in batch:
            old = old_id(row)
            if old is None:
                tally.skip("without a usable Id")
            elif old <= self.mark and not late(row):
                tally.skip("already here")
            elif old in self.met:
                tally.skip("an Id given twice")
            else:
                fresh.append(row)
                self.met.add(old)
        highest = max((old_id(row) or 0 for row in fresh), default=-1)
        self.run.reached[self.kind] = max(self.run.reached.get(self.kind, -1), highest)
        self.run.reached[f"{self.kind} hang on"] = self.newest
        return fresh

    def _hanging_on_late_ones(self, batch: list[Row]) -> Callable[[Row], bool]:
        """A test whether a row hangs on something that came after the run before."""
        since = self.since
        if since is None:
            return lambda row: False
        late: dict[str, set[int]] = {}
        for kind, end in MARKED[self.kind]:
            found = since.filter(kind=kind, old_id__in=listed(_numbers(batch, end)))
            late[end] = set(found.values_list("old_id", flat=True))
        return lambda row: any(_numbers([row], end) & found for end, found in late.items())


def old_id(row: Row) -> int | None:
    """A row's id in the old community; None when it has none that can be used."""
    return next(iter(_numbers([row], "Id")), None)


def _numbers(rows: Iterable[Row], name: str) -> set[int]:
    texts = (row.get(name, "") for row in rows)
    return {int(text) for text in texts if text.isdecimal() and len(text) < 19}
