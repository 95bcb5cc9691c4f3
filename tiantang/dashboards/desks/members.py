"""Members: reports, newcomers whose first word waits for an answer, who joined."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import npgettext, pgettext

from tiantang.community.forum.models import Topic
from tiantang.community.members.models import Member
from tiantang.community.moderation.models import Report
from tiantang.dashboards.desks.desk import Desk, Due, Row, Shelf, ago, page
from tiantang.dashboards.panels.panel import Empty

NEW_DAYS, WEEK_DAYS = 30, 7
SHOWN = 5


def first_words() -> QuerySet[Topic]:
    """First topics of people who joined lately that nobody has answered, the longest waiting first."""
    earlier = Topic.objects.filter(author=OuterRef("author"), created_at__lt=OuterRef("created_at"))
    new = {"author__joined_at__gte": ago(days=NEW_DAYS), "author__is_bot": False}
    rows = Topic.objects.filter(removed_at=None, created_at__gte=ago(days=NEW_DAYS), **new).unanswered()
    return rows.filter(~Exists(earlier)).select_related("author").order_by("created_at")


def joined() -> QuerySet[Member]:
    """People who joined this week, the latest first."""
    return Member.objects.people().filter(joined_at__gte=ago(days=WEEK_DAYS)).order_by("-joined_at")


def due() -> list[Due]:
    """Open reports and newcomers without an answer."""
    found = []
    reports = Report.objects.open()
    count = reports.count()
    if count:
        oldest = reports.values_list("created_at", flat=True).first()
        text = npgettext("due", "report waits for a decision", "reports wait for a decision", count)
        decide = pgettext("due", "Decide")
        found.append(Due("flag", text, page("moderation:queue"), decide, count, late=True, since=oldest))
    waiting = list(first_words().values_list("pk", "created_at"))
    if waiting:
        text = npgettext(
            "due",
            "newcomer's first topic waits for an answer",
            "newcomers' first topics wait for an answer",
            len(waiting),
        )
        topic, since = waiting[0]
        answer = pgettext("due", "Welcome")
        found.append(Due("user", text, page("forum:topic", topic), answer, len(waiting), since=since))
    return found


def shelves() -> list[Shelf]:
    """The oldest reports, the first words that wait, who joined."""
    reports = list(Report.objects.open().with_context()[:SHOWN])
    return [
        Shelf(
            pgettext("desk", "Oldest reports"),
            [_report_row(report) for report in reports],
            pgettext("desk", "No report is open."),
            page("moderation:queue"),
            pgettext("desk", "Review queue"),
        ),
        Shelf(
            pgettext("desk", "First topics without an answer"),
            [_word_row(topic) for topic in first_words()[:SHOWN]],
            pgettext("desk", "Every newcomer has been answered."),
        ),
        Shelf(
            pgettext("desk", "New this week"),
            [_member_row(member) for member in joined()[:SHOWN]],
            pgettext("desk", "Nobody has joined this week. Share a lively topic where your people are."),
        ),
    ]


def _report_row(report: Report) -> Row:
    address = page("moderation:queue") + f"#r{report.pk}"
    return Row(report.post.topic.title, address, str(report.get_reason_display()), since=report.created_at)


def _word_row(topic: Topic) -> Row:
    name = topic.author.shown_name if topic.author else topic.author_name
    return Row(topic.title, topic.get_absolute_url(), name, since=topic.created_at)


def _member_row(member: Member) -> Row:
    count = member.posts_count
    said = npgettext("desk", "%(n)d post", "%(n)d posts", count) % {"n": count}
    return Row(member.shown_name, page("members:profile", member.handle), said, since=member.joined_at)


def rest() -> Empty:
    """What to do when nothing waits."""
    return Empty(
        pgettext("overview", "Nothing waits"),
        pgettext(
            "desk", "No report is open and every newcomer has an answer. Say hello to who joined this week."
        ),
    )


MEMBERS = Desk(
    "members",
    "users",
    lambda: pgettext("desk", "Members"),
    due,
    rest,
    shelves,
    cards=("new_members", "retention", "active_members", "report_rate"),
    week=("new_members", "active_members", "contributing_members"),
)
