"""Frozen releases of work summaries."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from tiantang.metrics.periods import Period, recognise
from tiantang.summary.document import Summary
from tiantang.summary.snapshot import from_json


class ReleaseState(models.TextChoices):
    """Whether a release can be read yet."""

    BUILDING = "building", pgettext_lazy("summary state", "Being written")
    READY = "ready", pgettext_lazy("summary state", "Frozen")
    FAILED = "failed", pgettext_lazy("summary state", "Failed")


class ReleaseQuerySet(models.QuerySet["Release"]):
    def of_period(self, period: Period, language: str) -> ReleaseQuerySet:
        """Releases of the same period in the same language, newest first."""
        return self.filter(start=period.start, end=period.end, language=language).order_by("-number")

    def ready(self) -> ReleaseQuerySet:
        return self.filter(state=ReleaseState.READY)


class Release(models.Model):
    """One frozen work summary. ``document`` is the JSON every format is drawn from, and never changes.

    ``number`` counts the releases of a period in a language; ``content_digest`` is the fingerprint of the
    document without its cover, ``figures_digest`` that of its figures; ``figures`` keeps each figure's proof.
    """

    start = models.DateField()
    end = models.DateField()
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.BUILDING)
    progress = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    presenter = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    document = models.TextField(blank=True)
    figures = models.JSONField(default=dict)
    content_digest = models.CharField(max_length=64, blank=True)
    figures_digest = models.CharField(max_length=64, blank=True)
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["start", "end", "language", "number"], name="one_release_each")
        ]
        ordering = ["-start", "-end", "language", "-number"]

    def __str__(self) -> str:
        return f"{self.period.code} {self.language} r{self.number}"

    @property
    def period(self) -> Period:
        """The days it sums up."""
        return recognise(self.start, self.end)

    @property
    def is_ready(self) -> bool:
        return self.state == ReleaseState.READY

    @property
    def summary(self) -> Summary:
        """The document as it was frozen."""
        return from_json(self.document)

    @property
    def file_stem(self) -> str:
        """Its name as a file, without an ending: summary-2018-06-en-r1."""
        short = "zh" if self.language.startswith("zh") else "en"
        return f"summary-{self.period.code.replace('..', '_')}-{short}-r{self.number}"
