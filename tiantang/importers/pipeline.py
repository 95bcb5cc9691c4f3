"""The way of every import: named steps, batch by batch, each batch and its place in one transaction.

A run that was killed goes on after its last committed batch; a finished run repeated brings nothing twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from tiantang.common.errors import TiantangError
from tiantang.importers.freshness import MARKED, FreshRows
from tiantang.importers.models import ImportRun
from tiantang.importers.tally import Row, Tally

__all__ = ["BATCH", "Import", "Progress", "Row", "Step"]
BATCH = 1000


class Step(Protocol):
    """One pass over one kind of row."""

    name: str
    kind: str

    def rows(self) -> Iterator[Row]:
        """Every row of the pass, in a stable order, with flat memory."""

    def bring(self, batch: list[Row], tally: Tally) -> None:
        """Write one batch; runs inside a transaction; accounts for every row in ``tally``."""

    def finish(self) -> None:
        """What remains to do once all rows are in; must be repeatable."""


@dataclass(frozen=True)
class Progress:
    """Told after every batch: which step, rows done in it, share of its input read (0–1)."""

    step: str
    rows: int
    share: float


@dataclass
class Import:
    """An import ready to run. ``fingerprint`` tells whether an unfinished run was over the same input."""

    source: str
    site: str
    folder: Path
    fingerprint: str
    steps: list[Step]
    share_read: Callable[[], float]
    tell: Callable[[Progress], None] = field(default=lambda progress: None)
    spent: dict[str, float] = field(default_factory=dict)
    """CPU seconds by step, for whoever wants to know what took so long."""

    def run(self) -> dict[str, Tally]:
        """Take up the unfinished run or begin one; returns the tally per kind."""
        run = self._unfinished() or self._begin()
        names = [step.name for step in self.steps]
        first = names.index(run.step) if run.step in names else 0
        for step in self.steps[first:]:
            before = time.process_time()
            self._enter(run, step)
            self._bring_step(run, step)
            step.finish()
            self.spent[step.name] = time.process_time() - before
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
        return {kind: Tally(kept) for kind, kept in run.tallies.items()}

    def _unfinished(self) -> ImportRun | None:
        runs = ImportRun.objects.filter(site=self.site, fingerprint=self.fingerprint, finished_at=None)
        return runs.order_by("-pk").first()

    def _begin(self) -> ImportRun:
        ImportRun.objects.filter(site=self.site, finished_at=None).update(finished_at=timezone.now())
        before = ImportRun.objects.filter(site=self.site).order_by("-pk").first()
        reached = before.reached if before else {}
        return ImportRun.objects.create(
            site=self.site,
            source=self.source,
            folder=str(self.folder),
            fingerprint=self.fingerprint,
            marks=reached,
            reached=reached,
        )

    @staticmethod
    def _enter(run: ImportRun, step: Step) -> None:
        if run.step != step.name:
            run.step, run.rows_done = step.name, 0
            run.tallies.setdefault(step.kind, Tally().as_dict())
            run.save(update_fields=["step", "rows_done", "tallies"])

    def _bring_step(self, run: ImportRun, step: Step) -> None:
        rows = step.rows()
        fresh = FreshRows(run, step.kind) if step.kind in MARKED else None
        for row in islice(rows, run.rows_done):
            if fresh:
                fresh.note(row)
        for batch in batches(rows):
            with transaction.atomic():
                self._bring_batch(run, step, fresh, batch)
            self.tell(Progress(step.name, run.rows_done, self.share_read()))

    @staticmethod
    def _bring_batch(run: ImportRun, step: Step, fresh: FreshRows | None, batch: list[Row]) -> None:
        tally = Tally(run.tallies[step.kind])
        tally.read += len(batch)
        step.bring(fresh.only_fresh(batch, tally) if fresh else batch, tally)
        run.tallies[step.kind] = tally.as_dict()
        run.rows_done += len(batch)
        run.save(update_fields=["tallies", "rows_done", "reached"])


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """The rows by ``BATCH``. Where reading fails, what was read before comes first."""
    while True:
        batch: list[Row] = []
        try:
            for row in islice(rows, BATCH):
                batch.append(row)
        except TiantangError:
            if batch:
                yield batch
            raise
        if not batch:
            return
        yield batch
