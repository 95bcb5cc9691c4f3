"""Take a decision on reports back."""

from __future__ import annotations

from django.db import transaction

from tiantang.community.forum.access import require
from tiantang.community.forum.actions.remove import restore_comment, restore_post, restore_topic
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.forum.models import Comment, Post
from tiantang.community.members.models import Member
from tiantang.community.moderation.access import may_decide_on
from tiantang.community.moderation.actions.decide import addresses_after, decided_with
from tiantang.community.moderation.models import Report, ReportState
from tiantang.community.notifications.kinds import Kind
from tiantang.community.notifications.models import Notification


@transaction.atomic
def take_back_decision(*, member: Member, report: Report, door: Door = NO_DOOR) -> Report:
    """As if it had not been decided: the report and those decided with it are open again.

    What the decision took down stands again, and the letters about it go. The decision stays in the events,
    but counts in no figure (``moderation.report_reopened``). An open report stays as it is.

    Raises NotAllowed.
    """
    require(may_decide_on(member, report.thing))
    locked = decided_with(report).exclude(state=ReportState.OPEN).select_for_update(of=("self",))
    reports = list(locked.with_context()) if report.decided_at else []
    if any(one.took_down for one in reports):
        _put_back(reports[0], member, door)
    for one in reports:
        _open_again(one, member, door)
    report.refresh_from_db()
    return report


def forget_removal(*, post: Post, comment: Comment | None, **_signal: object) -> None:
    """Somebody put the thing back: what takes it down later is not the earlier decision's to undo."""
    Report.objects.filter(post=post, comment=comment, took_down=True).update(took_down=False)


def _put_back(report: Report, member: Member, door: Door) -> None:
    if report.comment is not None:
        restore_comment(member=member, comment=report.comment, door=door)
    elif report.post.number == 1:
        restore_topic(member=member, topic=report.post.topic, door=door)
    else:
        restore_post(member=member, post=report.post, door=door)


def _open_again(report: Report, member: Member, door: Door) -> None:
    told = Notification.objects.filter(recipient=report.reporter_id, kind=Kind.REPORT)
    told.filter(address__in=addresses_after(report), created_at__gte=report.decided_at).delete()
    report.state, report.decided_by, report.decided_at = ReportState.OPEN, None, None
    report.decision_note, report.took_down = "", False
    report.save(update_fields=["state", "decided_by", "decided_at", "decision_note", "took_down"])
    name, topic = "moderation.report_reopened", report.post.topic
    record_act(name, member, topic, object_id=report.pk, target=report.thing.author, door=door)
