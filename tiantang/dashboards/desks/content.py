"""Content: topics without an answer, what deserves featuring, where new topics are."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet
from django.utils.translation import npgettext, pgettext

from tiantang.community.forum.models import Board, Topic
from tiantang.dashboards.desks.desk import Desk, Due, Row, Shelf, ago, page
from tiantang.dashboards.panels.boards import board_name
from tiantang.dashboards.panels.panel import Empty

PATIENCE_HOURS, FORGOTTEN_DAYS, WEEK_DAYS = 24, 7, 7
SHOWN, BOARDS = 5, 8


def waiting() -> QuerySet[Topic]:
    """Topics that have waited for an answer longer than a day, the longest first."""
    rows = Topic.objects.filter(removed_at=None).unanswered()
    late = rows.filter(created_at__lte=ago(hours=PATIENCE_HOURS), created_at__gte=ago(days=FORGOTTEN_DAYS))
    return late.order_by("created_at")


def due() -> list[Due]:
    """Topics nobody has answered for a day."""
    count = waiting().count()
    if not count:
        return []
    text = npgettext(
        "due", "topic without an answer for over a day", "topics without an answer for over a day", count
    )
    address = page("portal:home", query="?filter=unanswered")
    return [Due("message-circle", text, address, pgettext("due", "Answer"), count, late=True)]


def shelves() -> list[Shelf]:
    """The longest waiting, the liveliest of the week that is not featured, the week by board."""
    return [
        Shelf(
            pgettext("desk", "Waiting longest"),
            [_topic_row(topic, since=True) for topic in waiting().select_related("board")[:SHOWN]],
            pgettext("desk", "Every topic of the week was answered within a day."),
        ),
        Shelf(
            pgettext("desk", "Worth featuring"),
            [_topic_row(topic) for topic in candidates()[:SHOWN]],
            pgettext("desk", "No new topic has been talked about this week. Ask an open question."),
        ),
        Shelf(
            pgettext("desk", "New topics by board, 7 days"),
            board_rows(),
            pgettext("desk", "Nobody has started a topic this week. Start one."),
            page("forum:new_topic"),
            pgettext("desk", "Start a topic"),
        ),
    ]


def candidates() -> QuerySet[Topic]:
    """The liveliest topics begun this week that nobody has featured yet."""
    week = ago(days=WEEK_DAYS)
    begun = Topic.objects.filter(removed_at=None, last_post_at__gte=week, created_at__gte=week)
    plain = begun.filter(featured_at=None, closed_at=None, replies_count__gt=0).select_related("board")
    return plain.order_by(-(F("replies_count") + F("likes_count")), "-id")


def board_rows() -> list[Row]:
    """The boards with most new topics this week."""
    begun = Topic.objects.filter(removed_at=None, created_at__gte=ago(days=WEEK_DAYS))
    counts = dict(begun.values_list("board").annotate(Count("id")).order_by())
    boards = Board.objects.in_bulk(list(counts))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [_board_row(boards[key], count) for key, count in ranked[:BOARDS]]


def _board_row(board: Board, count: int) -> Row:
    return Row(
        board_name(board), page("forum:board", board.slug), value=f"{count:,}", hue=board.hue, icon=board.icon
    )


def _topic_row(topic: Topic, since: bool = False) -> Row:
    said = pgettext("desk", "%(replies)s replies, %(likes)s likes") % {
        "replies": f"{topic.replies_count:,}",
        "likes": f"{topic.likes_count:,}",
    }
    name = board_name(topic.board)
    note = name if since else f"{name} · {said}"
    return Row(topic.title, topic.get_absolute_url(), note, since=topic.created_at if since else None)


def rest() -> Empty:
    """What to do when nothing waits."""
    if not Topic.objects.exists():
        return Empty(
            pgettext("overview", "The community is still empty"),
            pgettext("overview", "Write the first topic: say who this place is for. Then share the address."),
            "forum:new_topic",
            pgettext("overview", "Write the first topic"),
        )
    return Empty(
        pgettext("desk", "Every topic has its answer"),
        pgettext("desk", "A good moment to start one, or to feature what was lively."),
        "forum:new_topic",
        pgettext("overview", "Start a topic"),
    )


CONTENT = Desk(
    "content",
    "pencil",
    lambda: pgettext("desk", "Content"),
    due,
    rest,
    shelves,
    cards=("topics", "replies", "unanswered_rate", "time_to_first_response"),
    week=("topics", "replies", "comments", "likes"),
)
