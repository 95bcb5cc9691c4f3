"""Verbs on releases: order, write, freeze, draft, export."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

import tiantang
from tiantang.common.errors import TiantangError
from tiantang.common.time import site_day
from tiantang.community.members.models import Member
from tiantang.metrics import clock
from tiantang.metrics.periods import Period, period_of
from tiantang.summary.builder import Edition, Progress, build_summary, check_period
from tiantang.summary.document import Summary
from tiantang.summary.models import Release, ReleaseState
from tiantang.summary.renderers.formats import FORMATS, draw
from tiantang.summary.snapshot import content_digest, figures_digest, plain_figures, to_json

log = logging.getLogger(__name__)


def order_release(*, period: Period, language: str, presenter: str = "", by: Member | None = None) -> Release:
    """Take the next number of the period, to be written by ``write_release``. Raises TiantangError."""
    check_period(period)
    with transaction.atomic():
        latest = Release.objects.of_period(period, language).first()
        return Release.objects.create(
            start=period.start,
            end=period.end,
            language=language,
            number=latest.number + 1 if latest else 1,
            presenter=presenter,
            made_by=by,
            created_at=timezone.now(),
        )


def write_release(*, release: Release, progress: Progress | None = None) -> Release:
    """Measure, write and freeze an ordered release; a failure keeps its reason, a ready one stays."""
    if release.is_ready:
        return release

    def tell(done: int, of: int) -> None:
        Release.objects.filter(pk=release.pk).update(progress=round(100 * done / of))
        if progress:
            progress(done, of)

    edition = Edition(release.number, release.presenter, site_day(release.created_at))
    try:
        summary = build_summary(release.period, release.language, edition, tell)
    except TiantangError as refusal:
        _fail(release, str(refusal))
        raise
    except Exception:
        _fail(release, "The summary could not be written; the log has the details.")
        raise
    return _freeze(release, summary)


def _fail(release: Release, reason: str) -> None:
    release.state, release.failure = ReleaseState.FAILED, reason[:300]
    release.save(update_fields=["state", "failure"])


def _freeze(release: Release, summary: Summary) -> Release:
    release.presenter = summary.cover.presenter
    release.document = to_json(summary)
    release.figures = plain_figures(summary)
    release.content_digest, release.figures_digest = content_digest(summary), figures_digest(summary)
    release.state, release.progress, release.failure = ReleaseState.READY, 100, ""
    release.save()
    return release


def make_release(
    *,
    period: Period,
    language: str,
    presenter: str = "",
    by: Member | None = None,
    progress: Progress | None = None,
) -> tuple[Release, bool]:
    """Write a release now; when nothing changed since the latest one, give that one back.

    The second value says whether a new release was frozen. Raises TiantangError.
    """
    before = Release.objects.ready().of_period(period, language).first()
    release = order_release(period=period, language=language, presenter=presenter, by=by)
    try:
        write_release(release=release, progress=progress)
    except Exception:
        release.delete()  # nobody waits for it
        raise
    same = before is not None and before.content_digest == release.content_digest
    if before is not None and same and before.presenter == release.presenter:
        release.delete()
        return before, False
    return release, True


def draft_last_month(*, language: str | None = None) -> Release | None:
    """The month that just ended, unless somebody wrote its summary already."""
    period = period_of(clock.today(), "month").previous()
    chosen = language or settings.LANGUAGE_CODE
    if Release.objects.of_period(period, chosen).exists():
        return None
    return make_release(period=period, language=chosen)[0]


def export_release(*, release: Release, folder: Path, formats: Sequence[str] = tuple(FORMATS)) -> list[Path]:
    """Write the release's files into ``folder`` and give their paths. Raises TiantangError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for name in formats:
            path = folder / f"{release.file_stem}.{name}"
            path.write_bytes(drawn(release, name))
            written.append(path)
    except OSError as error:
        raise TiantangError(f"Cannot write to {folder}: {error.strerror}.") from error
    return written


def drawn(release: Release, name: str) -> bytes:
    """The release in a format, drawn once and then kept beside the installation."""
    kept: Path = Path(settings.HOME) / "summaries" / "drawn" / f"{release.pk}-{tiantang.__version__}.{name}"
    digest = release.content_digest[:12]
    kept = kept.with_name(f"{digest}-{kept.name}")
    if kept.exists():
        return kept.read_bytes()
    content = draw(release.summary, name)
    kept.parent.mkdir(parents=True, exist_ok=True)
    waiting = kept.with_suffix(kept.suffix + ".part")
    waiting.write_bytes(content)
    waiting.replace(kept)
    return content


def changed_figures(new: Release, old: Release) -> list[dict[str, Any]]:
    """Figures whose value differs between two releases: label, old and new text, key."""
    changes = []
    for key, facts in new.figures.items():
        earlier = old.figures.get(key)
        if earlier is not None and earlier["value"] != facts["value"]:
            changes.append(
                {"key": key, "label": facts["label"], "before": earlier["shown"], "now": facts["shown"]}
            )
    return changes
