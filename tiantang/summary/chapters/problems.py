"""What troubles members: silence after a first topic, newcomers who never speak, people who leave, reports."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import npgettext, pgettext

from tiantang.community.forum.models import Comment, Post, Topic
from tiantang.community.moderation.models import Report, ReportReason, ReportState
from tiantang.summary.chapters.draft import Draft
from tiantang.summary.chapters.overview import people
from tiantang.summary.document import Cell, Column, TableBlock, Tone
from tiantang.summary.facts import Facts
from tiantang.summary.narrative import percent, remarks, run_on
from tiantang.ui.charts.numbers import plain


def first_topics(facts: Facts) -> tuple[int, int]:
    """First topics of members in the period, and how many of them nobody else has answered."""
    start, end = facts.bounds
    earlier = Topic.objects.filter(author=OuterRef("author"), created_at__lt=OuterRef("created_at"))
    first = Topic.objects.filter(
        ~Exists(earlier), created_at__gte=start, created_at__lt=end, author__isnull=False, removed_at=None
    )
    reply = Post.objects.filter(topic=OuterRef("pk"), number__gt=1, removed_at=None).exclude(
        author=OuterRef("author")
    )
    return first.count(), first.filter(~Exists(reply)).count()


def troubles(facts: Facts) -> Draft | None:
    """Who got no answer, who wrote nothing, who left, what was reported; the largest share of people first."""
    reports = list(
        Report.objects.filter(created_at__gte=facts.bounds[0], created_at__lt=facts.bounds[1]).values_list(
            "reason", "state"
        )
    )
    told = [
        one for one in (_unanswered(facts), silent_newcomers(facts), _dormant(facts)) if one and one.count
    ]
    if not told and not reports:
        return None
    worst = max(told, key=lambda one: (one.alarming, one.count / one.of), default=None)
    reasons = Counter(reason for reason, _ in reports)
    rows = [one.row() for one in told]
    rows += [_reason_row(reports, reason, count) for reason, count in reasons.most_common(4)]
    return Draft(
        pgettext("summary section", "Problems"),
        worst.title if worst else _report_title(reasons),
        TableBlock(
            (
                Column(pgettext("summary column", "Problem"), 3),
                Column(pgettext("summary column", "Cases"), 1, number=True),
                Column(pgettext("summary column", "Of"), 1, number=True),
                Column(pgettext("summary column", "Share or outcome"), 2),
            ),
            tuple(rows),
            told.index(worst) if worst else None,
            more=_made(facts, reports),
        ),
        [
            facts.cite(name)
            for name in ("dormant_members", *(("report_rate", "report_validity") if reports else ()))
        ],
        source=pgettext("summary source", "From the register of topics and the review queue"),
        remark=run_on(_team_line(facts), remarks(facts)),
    )


def _made(facts: Facts, reports: list[tuple[str, str]]) -> str:
    """Which reports the rows count: another number of them was decided in the period."""
    if not reports:
        return ""
    upheld = sum(state == ReportState.UPHELD for _, state in reports)
    text = pgettext(
        "summary problem", "Reports count by the day they were made: {upheld} of {n} upheld so far."
    )
    decided = facts.figure("report_validity")
    if decided.denominator:
        text += pgettext(
            "summary problem", " Decided in this period, older ones included: {done}, of which {kept} upheld."
        )
    return text.format(
        upheld=plain(upheld), n=plain(len(reports)), done=plain(decided.denominator or 0), kept=plain(decided.numerator or 0),
    )  # fmt: skip


def _team_line(facts: Facts) -> str:
    """Why the queue holds more reports than the report rate counts."""
    if not facts.team_reports:
        return ""
    text = pgettext(
        "summary problem", "{n} of the reports came from the team and stay out of the report rate."
    )
    return text.format(n=plain(facts.team_reports))


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with those it struck and those it could strike; red from the share ``alarm`` on."""

    name: str
    title: str
    count: float
    of: float
    alarm: float
    figure: str = ""

    @property
    def alarming(self) -> bool:
        return self.count / self.of > self.alarm

    def row(self) -> Row:
        share = self.count / self.of
        shown = Cell(percent(round(share, 3)), Tone.BAD if self.alarming else Tone.PLAIN, meter=share)
        return (Cell(self.name), Cell(plain(self.count), figure=self.figure), Cell(plain(self.of)), shown)


def _unanswered(facts: Facts) -> Trouble | None:
    firsts, unanswered = first_topics(facts)
    if not firsts:
        return None
    title = npgettext(
        "summary title",
        "{n} of {all} first-time posters got no answer",
        "{n} of {all} first-time posters got no answer",
        unanswered,
    ).format(n=plain(unanswered), all=plain(firsts))
    name = pgettext("summary problem", "First topic without any answer")
    return Trouble(name, title, unanswered, firsts, 0.1)


def silent_newcomers(facts: Facts) -> Trouble | None:
    """Who joined and has written nothing."""
    start, end = facts.bounds
    joined = people().filter(joined_at__gte=start, joined_at__lt=end)
    wrote = Post.objects.filter(author=OuterRef("pk"), created_at__lt=end)
    said = Comment.objects.filter(author=OuterRef("pk"), created_at__lt=end)
    silent, everybody = joined.filter(~Exists(wrote), ~Exists(said)).count(), joined.count()
    if not everybody:
        return None
    title = npgettext(
        "summary title",
        "{n} of the {all} who joined has written nothing yet",
        "{n} of the {all} who joined have written nothing yet",
        silent,
    ).format(n=plain(silent), all=plain(everybody))
    name = pgettext("summary problem", "Joined in the period, wrote nothing")
    return Trouble(name, title, silent, everybody, 0.5)


def _dormant(facts: Facts) -> Trouble | None:
    silent = facts.value("dormant_members")
    before = silent + facts.value("returning_members")
    if not before:
        return None
    title = pgettext("summary title", "{n} of the {all} active in the period before did not come").format(
        n=plain(silent), all=plain(before)
    )
    name = pgettext("summary problem", "Active in the period before, silent now")
    return Trouble(name, title, silent, before, 0.5, facts.cite("dormant_members"))


def _reason_row(reports: list[tuple[str, str]], reason: str, count: int) -> Row:
    upheld = sum(state == ReportState.UPHELD for which, state in reports if which == reason)
    name = pgettext("summary problem", "Reported: {reason}").format(reason=ReportReason(reason).label)
    text = pgettext("summary problem", "{n} upheld").format(n=plain(upheld))
    return (Cell(name), Cell(plain(count)), Cell(plain(len(reports))), Cell(text, meter=upheld / count))


def _report_title(reasons: Counter[str]) -> str:
    reason, count = reasons.most_common(1)[0]
    return pgettext("summary title", "Most reports are about “{reason}”: {n}").format(
        reason=ReportReason(reason).label, n=plain(count)
    )
