"""The feeds of the front page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tiantang.community.forum.models import Topic
from tiantang.community.forum.models.topics import TopicQuerySet
from tiantang.community.members.models import Member

PER_PAGE = 20
LAST_PAGE = 50

Choose = Callable[[TopicQuerySet], TopicQuerySet]
FEEDS: dict[str, tuple[str | Promise, Choose]] = {
    "latest": (pgettext_lazy("feed", "Latest"), lambda topics: topics),
    "unanswered": (pgettext_lazy("feed", "Waiting for an answer"), lambda topics: topics.unanswered()),
    "featured": (pgettext_lazy("feed", "Featured"), lambda topics: topics.featured()),
}
"""Key in the address → label and choice, in the order of the tabs."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of a feed; ``more`` when another follows."""

    topics: list[Topic]
    number: int
    more: bool


def read_feed(key: str, reader: Member | None, page: str = "1") -> FeedPage:
    """A page of the feed ``key`` in one query; an unreadable page number is the first."""
    number = int(page) if page.isdecimal() and len(page) < 4 else 1
    number = max(1, min(number, LAST_PAGE))
    start = (number - 1) * PER_PAGE
    _label, choose = FEEDS[key]
    topics = choose(Topic.objects.filter(removed_at=None)).listed(reader).recent()
    rows = list(topics[start : start + PER_PAGE + 1])
    return FeedPage(rows[:PER_PAGE], number, len(rows) > PER_PAGE and number < LAST_PAGE)
