"""What people are talking about now, and the reason why it stands on the list.

Heat is the number of different people who wrote in a topic lately, each weighing half as much for every
twelve hours since they last did; one person writing a hundred times counts once, and staff do not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import npgettext, pgettext

from tiantang.common.pages import Version
from tiantang.community.forum.models import Post, Topic
from tiantang.community.members.looks import looks_version
from tiantang.community.members.models import DUTIES

WINDOW = timedelta(days=3)
HALF_LIFE = timedelta(hours=12)
LATELY = timedelta(hours=1)
BUSY = 5
"""Replies within LATELY from which on the reason says so."""
CANDIDATES = 60
SHOWN = 5
KEPT_S = 60


@dataclass(frozen=True, slots=True)
class HotTopic:
    """One line of the list, with the facts its reason is made of."""

    id: int
    title: str
    hue: int
    heat: float
    people: int
    replies: int
    lately: int

    def reason(self) -> str:
        """Why it is here, in one line."""
        people = npgettext("hot list", "%(n)d person talking", "%(n)d people talking", self.people)
        said = people % {"n": self.people}
        if self.lately >= BUSY:
            lately = npgettext(
                "hot list", "%(n)d reply within the hour", "%(n)d replies within the hour", self.lately
            )
            return pgettext("hot list", "%(one)s, %(other)s") % {
                "one": said,
                "other": lately % {"n": self.lately},
            }
        replies = npgettext("hot list", "%(n)d new reply", "%(n)d new replies", self.replies)
        return pgettext("hot list", "%(one)s, %(other)s") % {
            "one": said,
            "other": replies % {"n": self.replies},
        }


def hot_topics(limit: int = SHOWN) -> list[HotTopic]:
    """The liveliest topics, at most a minute old; what was taken down is not among them."""
    sign = looks_version()  # removals give it too
    kept: tuple[Version, list[HotTopic]] | None = cache.get("portal.hot")
    if kept is None or kept[0] != sign:
        kept = sign, compute_hot_topics()
        cache.set("portal.hot", kept, KEPT_S)
    return kept[1][:limit]


def compute_hot_topics() -> list[HotTopic]:
    """Rank the topics talked in lately. "Lately" ends with the newest post, so a quiet or imported community
    shows its last lively days instead of nothing."""
    readable = Topic.objects.filter(removed_at=None)
    newest = readable.aggregate(at=Max("last_post_at"))["at"]
    if newest is None:
        return []
    end = min(newest, timezone.now())
    talked_in = readable.filter(last_post_at__gte=end - WINDOW, closed_at=None, pinned_at=None)
    topics = talked_in.select_related("board").only("id", "title", "board__hue").recent()[:CANDIDATES]
    posts = Post.objects.filter(topic__in=[topic.pk for topic in topics], created_at__gte=end - WINDOW)
    said = posts.filter(removed_at=None).exclude(author__roles__role__in=DUTIES, author__roles__ended_at=None)
    rows = said.exclude(author=None).values_list("topic_id", "author_id", "created_at", "number")
    by_topic: dict[int, list[tuple[int, datetime, int]]] = {}
    for topic_id, author_id, at, number in rows:
        by_topic.setdefault(topic_id, []).append((author_id, at, number))
    ranked = [_weigh(topic, by_topic.get(topic.pk, ()), end) for topic in topics]
    ranked.sort(key=lambda hot: (-hot.heat, -hot.id))
    return [hot for hot in ranked if hot.replies > 0]


def _weigh(topic: Topic, said: Iterable[tuple[int, datetime, int]], end: datetime) -> HotTopic:
    last: dict[int, datetime] = {}
    replies = lately = 0
    for author, at, number in said:
        last[author] = max(at, last.get(author, at))
        replies += number > 1
        lately += number > 1 and at >= end - LATELY
    heat = sum(0.5 ** ((end - at) / HALF_LIFE) for at in last.values())
    return HotTopic(topic.pk, topic.title, topic.board.hue, heat, len(last), replies, lately)
