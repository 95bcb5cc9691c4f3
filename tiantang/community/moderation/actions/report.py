"""Report something."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.community.forum.access import require
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.forum.models import Comment, Post
from tiantang.community.forum.refusals import Refused
from tiantang.community.members.models import Member
from tiantang.community.moderation.access import may_report
from tiantang.community.moderation.models import Report, ReportReason, ReportState

REPORTS_A_DAY = 20
NEEDS_NOTE = frozenset({ReportReason.OTHER, ReportReason.ILLEGAL})
"""Reasons that say too little by themselves."""


def report_content(
    *,
    reporter: Member,
    post: Post,
    reason: str,
    comment: Comment | None = None,
    note: str = "",
    door: Door = NO_DOOR,
) -> Report:
    """Tell the moderators about a post, or a comment under it.

    Reporting the same thing again while the report is open gives that report. Raises Refused, NotAllowed.
    """
    thing = comment or post
    require(may_report(reporter, thing))
    if reason not in ReportReason.values:
        raise Refused(pgettext("refusal", "Choose what is wrong with it."), "reason")
    if reason in NEEDS_NOTE and not any(sign.isalnum() for sign in note):  # blanks and signs nobody sees
        raise Refused(pgettext("refusal", "Say in a few words what is wrong, so that we look right."), "note")
    open_one = Report.objects.filter(
        reporter=reporter, post=post, comment=comment, state=ReportState.OPEN
    ).first()
    if open_one is not None:
        return open_one
    _check_pace(reporter)
    return _store(reporter, post, comment, reason, note.strip()[:500], door)


@transaction.atomic
def _store(
    reporter: Member, post: Post, comment: Comment | None, reason: str, note: str, door: Door
) -> Report:
    now = timezone.now()
    report = Report.objects.create(
        post=post, comment=comment, reporter=reporter, reason=reason, note=note, created_at=now
    )
    author = (comment or post).author
    name = "moderation.post_reported"
    record_act(name, reporter, post.topic, object_id=report.pk, target=author, at=now, door=door)
    return report


def _check_pace(reporter: Member) -> None:
    since = timezone.now() - timedelta(days=1)
    if Report.objects.filter(reporter=reporter, created_at__gte=since).count() >= REPORTS_A_DAY:
        words = pgettext("refusal", "That is %(n)d reports in a day. Thank you; go on tomorrow.")
        raise Refused(words % {"n": REPORTS_A_DAY})
