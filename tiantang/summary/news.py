"""The newest work summary, as the console's first page tells of it."""

from __future__ import annotations

from django.urls import reverse

from tiantang.dashboards.lent import LatestSummary
from tiantang.summary.models import Release


def latest_summary() -> LatestSummary | None:
    """The finished summary of the latest period, its newest release."""
    release = Release.objects.ready().defer("document", "figures").order_by("-end", "-created_at").first()
    if release is None:
        return None
    return LatestSummary(
        release.start,
        release.end,
        str(release.get_state_display()),
        release.created_at,
        reverse("summary:release", args=[release.pk]),
    )
