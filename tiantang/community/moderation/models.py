"""Reports by members and what was decided about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from tiantang.community.forum.models import Comment, Post


class ReportReason(models.TextChoices):
    SPAM = "spam", pgettext_lazy("report reason", "Advertising or spam")
    ABUSE = "abuse", pgettext_lazy("report reason", "Insult or attack")
    SPOILER = "spoiler", pgettext_lazy("report reason", "Spoiler without cover")
    OFF_TOPIC = "off_topic", pgettext_lazy("report reason", "Wrong board or off topic")
    COPYING = "copying", pgettext_lazy("report reason", "Copied without source")
    ILLEGAL = "illegal", pgettext_lazy("report reason", "Illegal or dangerous")
    OTHER = "other", pgettext_lazy("report reason", "Something else")


RULE_OF: dict[str, int] = {
    ReportReason.SPAM: 8,
    ReportReason.ABUSE: 1,
    ReportReason.SPOILER: 2,
    ReportReason.OFF_TOPIC: 7,
    ReportReason.COPYING: 3,
}
"""The rule a reason speaks of, by its number in the rules a community begins with."""


class ReportState(models.TextChoices):
    OPEN = "open", pgettext_lazy("report state", "Open")
    UPHELD = "upheld", pgettext_lazy("report state", "Upheld")
    REJECTED = "rejected", pgettext_lazy("report state", "Rejected")


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads of the review queue."""

    def open(self) -> Self:
        """Those nobody has decided on, the oldest first."""
        return self.filter(state=ReportState.OPEN).order_by("created_at", "id")

    def decided(self) -> Self:
        """Those decided on, the latest decision first."""
        return self.exclude(state=ReportState.OPEN).order_by("-decided_at", "-id")

    def with_context(self) -> Self:
        """With what was reported, where it stands, and the people in it."""
        return self.select_related(
            *("post__author", "post__topic__board", "post__topic__author", "comment__author"),
            *("reporter", "decided_by"),
        )


class Report(models.Model):
    """A post or a comment (then ``comment`` is set too) that a member reported.

    ``took_down`` says that it is removed by the decision, so that taking the decision back restores it.
    """

    post = models.ForeignKey("forum.Post", models.CASCADE, related_name="reports")
    comment = models.ForeignKey("forum.Comment", models.CASCADE, null=True, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports")
    reason = models.CharField(max_length=20, choices=ReportReason.choices)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=500, blank=True)
    took_down = models.BooleanField(default=False)
    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="report_queue")]

    @property
    def thing(self) -> Post | Comment:
        """What was reported: the comment, else the post."""
        return self.comment or self.post
