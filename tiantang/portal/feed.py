"""The feeds of the front page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tiantang.common.prepared import Prepared
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
    if reader is None:
        rows = _read(key, number, marked=False).rows()
    else:
        rows = _read(key, number, marked=True).rows(reader=reader.pk)
    return FeedPage(rows[:PER_PAGE], number, len(rows) > PER_PAGE and number < LAST_PAGE)


@lru_cache(maxsize=512)
def _read(key: str, number: int, *, marked: bool) -> Prepared[Topic]:
    """The read of one page and the first topic of the next; ``marked`` with what is new to the reader."""
    start = (number - 1) * PER_PAGE
    _label, choose = FEEDS[key]

    def build(reader: int = 0) -> TopicQuerySet:
        rows = choose(Topic.objects.filter(removed_at=None)).listed(reader).recent()
        return rows[start : start + PER_PAGE + 1]

    kinds: dict[str, type[int]] = {"reader": int} if marked else {}
    return Prepared(build, **kinds)
