"""Decide on reports."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tiantang.community.forum.access import require
from tiantang.community.forum.actions.remove import remove_comment, remove_post, remove_topic
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.forum.bodies import excerpt_of
from tiantang.community.members.models import Member
from tiantang.community.moderation.access import may_decide
from tiantang.community.moderation.models import Report, ReportState
from tiantang.community.notifications.actions import notify
from tiantang.community.notifications.kinds import Kind


@transaction.atomic
def decide_report(
    *,
    decider: Member,
    report: Report,
    upheld: bool,
    remove: bool = False,
    note: str = "",
    door: Door = NO_DOOR,
) -> Report:
    """Find a report right or wrong; ``remove`` also takes down what was reported.

    Other open reports of the same thing are decided with it. Reporters are told, and the author when
    something was taken down. A report decided already stays as it is. Raises NotAllowed.
    """
    require(may_decide(decider))
    for one in _open_alike(report):
        _decide(one, decider, upheld, note.strip()[:500], door)
    report.refresh_from_db()
    if upheld and remove:
        _remove(report, decider, door)
    return report


def _open_alike(report: Report) -> list[Report]:
    alike = Report.objects.filter(post=report.post_id, comment=report.comment_id, state=ReportState.OPEN)
    return list(alike.select_for_update(of=("self",)).with_context())


def _decide(report: Report, decider: Member, upheld: bool, note: str, door: Door) -> None:
    now = timezone.now()
    report.state = ReportState.UPHELD if upheld else ReportState.REJECTED
    report.decided_by, report.decided_at, report.decision_note = decider, now, note
    report.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    name = "moderation.report_upheld" if upheld else "moderation.report_rejected"
    topic, author = report.post.topic, report.thing.author
    record_act(name, decider, topic, object_id=report.pk, target=author, at=now, door=door)
    if report.reporter is not None:
        _tell(report, report.reporter, decider, note or str(report.get_state_display()))


def _remove(report: Report, decider: Member, door: Door) -> None:
    """Take down what was reported, unless it is down already, and tell its author why."""
    thing, post = report.thing, report.post
    if thing.removed_at or post.topic.removed_at:
        return
    if report.comment is not None:
        remove_comment(member=decider, comment=report.comment, door=door)
    elif post.number == 1:
        remove_topic(member=decider, topic=post.topic, door=door)
    else:
        remove_post(member=decider, post=post, door=door)
    if thing.author is not None:
        _tell(report, thing.author, decider, report.decision_note or str(report.get_reason_display()))


def _tell(report: Report, recipient: Member, decider: Member, words: str) -> None:
    notify(
        recipient=recipient,
        actor=decider,
        kind=Kind.REPORT,
        subject=report.post.topic.title,
        excerpt=words or excerpt_of(report.thing.body_html, 120),
        address=report.post.get_absolute_url(),
    )
