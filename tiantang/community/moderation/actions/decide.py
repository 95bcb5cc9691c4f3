"""Decide on reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import pgettext

from tiantang.community.forum.access import require
from tiantang.community.forum.actions.remove import remove_comment, remove_post, remove_topic
from tiantang.community.forum.acts import NO_DOOR, Door, record_act
from tiantang.community.members.models import Member
from tiantang.community.moderation.access import may_decide_on
from tiantang.community.moderation.models import RULE_OF, Report, ReportQuerySet, ReportState
from tiantang.community.notifications.actions import notify
from tiantang.community.notifications.kinds import Kind


@transaction.atomic
def decide_report(
    *,
    decider: Member,
    report: Report,
    upheld: bool,
    remove: bool = False,
    rule: int | None = None,
    note: str = "",
    door: Door = NO_DOOR,
) -> Report:
    """Find a report right or wrong; ``remove`` also takes down what was reported.

    Other open reports of the same thing are decided with it. Reporters are told, and the author when
    something was taken down, by ``rule`` (else the one its reason speaks of). A report decided already
    stays as it is, and so does what it is about. Nobody but the lead decides about what they wrote.

    Raises NotAllowed.
    """
    require(may_decide_on(decider, report.thing))
    now, waiting = timezone.now(), _open_alike(report)
    for one in waiting:
        _decide(one, decider, upheld, note.strip()[:500], now, door)
    report.refresh_from_db()
    if upheld and remove and report in waiting:
        _remove(report, decider, RULE_OF.get(report.reason, 0) if rule is None else rule, door)
    for one in Report.objects.filter(pk__in=[one.pk for one in waiting]).with_context():
        _tell(one, decider)
    return report


def _open_alike(report: Report) -> list[Report]:
    alike = Report.objects.filter(post=report.post_id, comment=report.comment_id, state=ReportState.OPEN)
    return list(alike.select_for_update(of=("self",)).with_context())


def _decide(report: Report, decider: Member, upheld: bool, note: str, now: datetime, door: Door) -> None:
    report.state = ReportState.UPHELD if upheld else ReportState.REJECTED
    report.decided_by, report.decided_at, report.decision_note = decider, now, note
    report.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    name = "moderation.report_upheld" if upheld else "moderation.report_rejected"
    topic, author = report.post.topic, report.thing.author
    record_act(name, decider, topic, object_id=report.pk, target=author, at=now, door=door)


def decided_with(report: Report) -> ReportQuerySet:
    """The reports that one decision settled, this among them."""
    same = {"decided_by": report.decided_by_id, "decided_at": report.decided_at}
    return Report.objects.filter(post=report.post_id, comment=report.comment_id, **same)


def _remove(report: Report, decider: Member, rule: int, door: Door) -> None:
    """Take down what was reported, unless it is down already; its author reads by which rule and why."""
    thing, post = report.thing, report.post
    if thing.removed_at or post.topic.removed_at:
        return
    why: dict[str, Any] = {"rule": rule, "note": report.decision_note, "door": door}
    if report.comment is not None:
        remove_comment(member=decider, comment=report.comment, **why)
    elif post.number == 1:
        remove_topic(member=decider, topic=post.topic, **why)
    else:
        remove_post(member=decider, post=post, **why)
    decided_with(report).update(took_down=True)


def _tell(report: Report, decider: Member) -> None:
    """Tell the reporter, in their language, what was found; the letter leads to where it can be seen."""
    reader = report.reporter
    if reader is None:
        return
    with translation.override(reader.language or translation.get_language()):
        words = " ".join(filter(None, [_found(report), report.decision_note]))
    topic = report.post.topic
    notify(
        recipient=reader,
        actor=decider,
        kind=Kind.REPORT,
        subject=topic.title,
        excerpt=words,
        address=addresses_after(report)[topic.removed_at is not None],
    )


def _found(report: Report) -> str:
    thing, topic = report.thing, report.post.topic
    if report.state == ReportState.REJECTED:
        return pgettext("report", "We find nothing in it against the rules.")
    if thing.removed_at or topic.removed_at:
        return pgettext("report", "You were right: it is removed.")
    return pgettext("report", "You were right, but it may stay.")


def addresses_after(report: Report) -> tuple[str, str]:
    """Where the reporter looks after the decision: the post's place, or the board when the topic is gone."""
    post = report.post
    return post.get_absolute_url(), f"{post.topic.board.get_absolute_url()}#r{report.pk}"
