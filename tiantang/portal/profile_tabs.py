"""What a member wrote and keeps, as tabs of their page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import pgettext_lazy

from tiantang.community.forum.bodies import excerpt_of
from tiantang.community.forum.models import Bookmark, Post, Topic
from tiantang.community.forum.rows import draw_rows
from tiantang.community.members.access import id_of
from tiantang.community.members.models import Member
from tiantang.community.members.profile import Tab, add_tab

PER_PAGE = 20


def add_tabs() -> None:
    """Hang topics, replies and (for oneself) bookmarks into every member's page."""
    add_tab(Tab("topics", pgettext_lazy("profile tab", "Topics"), "portal/_topics.html", topics_tab, 10))
    add_tab(Tab("replies", pgettext_lazy("profile tab", "Replies"), "portal/_replies.html", replies_tab, 20))
    add_tab(
        Tab(
            "bookmarks",
            pgettext_lazy("profile tab", "Bookmarks"),
            "portal/_bookmarks.html",
            bookmarks_tab,
            30,
            own=True,
        )
    )


def topics_tab(member: Member, reader: Member | None, page: int) -> dict[str, Any]:
    """Topics this member opened, newest first."""
    topics = Topic.objects.filter(author=member, removed_at=None).listed(id_of(reader))
    shown = _page(topics.order_by("-created_at"), page)
    return {"page": shown, "rows": draw_rows(shown)}


def replies_tab(member: Member, reader: Member | None, page: int) -> dict[str, Any]:
    """Replies this member wrote, newest first, each with its beginning."""
    posts = Post.objects.by(member.pk).filter(number__gt=1)
    shown = _page(posts, page)
    return {"page": shown, "replies": [(post, excerpt_of(post.body_html)) for post in shown]}


def bookmarks_tab(member: Member, reader: Member | None, page: int) -> dict[str, Any]:
    """Topics this member keeps, the latest bookmark first."""
    kept = Bookmark.objects.filter(member=member, topic__removed_at=None).order_by("-created_at")
    shown = _page(kept.values_list("topic_id", flat=True), page)
    topics = {topic.pk: topic for topic in Topic.objects.filter(pk__in=list(shown)).listed(id_of(reader))}
    return {"page": shown, "rows": draw_rows(topics[key] for key in shown if key in topics)}


def _page(rows: Any, number: int) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(number)
