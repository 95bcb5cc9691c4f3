"""Votes.xml: upvotes become likes without names, favourites bookmarks, acceptances best answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from tiantang.common.rows import insert_rows, listed, raise_counters, set_values
from tiantang.community.forum.models import Bookmark, Post, Topic
from tiantang.events.envelope import Event
from tiantang.events.record import record_many
from tiantang.importers.models import WaitingLikes
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, instant, number
from tiantang.importers.stackexchange.site import Host, Person, Site, happened, hosts_of, people_of
from tiantang.importers.tally import Tally

LEFT_OUT = {
    "3": "downvote: there is none here; it stays in the post's score",
    "4": "flag as offensive: the dump does not say what was decided",
    "6": "vote to close: the topic's closing date is kept instead",
    "7": "vote to reopen: no counterpart",
    "8": "bounty: no counterpart",
    "9": "bounty: no counterpart",
    "10": "vote to delete: no counterpart",
    "11": "vote to undelete: no counterpart",
    "12": "flag as spam: the dump does not say what was decided",
    "15": "moderator's review: no counterpart",
    "16": "approved edit suggestion: no counterpart",
}


@dataclass
class BringVotes:
    """Votes by kind; those without a counterpart are counted with their reason."""

    dump: Dump
    site: Site
    name: str = "votes"
    kind: str = "votes"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("Votes")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        kept = [row for row in batch if row.get("VoteTypeId") in BROUGHT]
        tally.skip_each(
            LEFT_OUT.get(row.get("VoteTypeId", ""), "a kind of vote without a counterpart here")
            for row in batch
            if row.get("VoteTypeId") not in BROUGHT
        )
        hosts = hosts_of(self.site, kept)
        placed: dict[str, list[Placed]] = {"1": [], "2": [], "5": []}
        for row in kept:
            host, at = hosts.get(number(row, "PostId") or 0), instant(row)
            if host is None:
                tally.skip("vote on a post that is not in the dump or not brought")
            elif at is None:
                tally.skip("without a usable date")
            else:
                placed[row["VoteTypeId"]].append((host, at, row))
        tally.bring(self._like(placed["2"]), "likes")
        tally.bring(self._accept(placed["1"], tally), "best answers")
        tally.bring(self._bookmark(placed["5"], tally), "bookmarks")

    def finish(self) -> None:
        """Put the likes on their posts."""
        while hand_over_likes():
            pass

    @staticmethod
    def _like(placed: list[Placed]) -> int:
        counted = Counter(host.id for host, _, _ in placed)
        insert_rows(WaitingLikes, ("post_id", "count"), counted.items())
        record_many(
            on_post("forum.post_liked", at, None, host, host.author_subject) for host, at, _ in placed
        )
        return len(placed)

    @staticmethod
    def _accept(placed: list[Placed], tally: Tally) -> int:
        replies = [(host, at) for host, at, _ in placed if host.number > 1]
        tally.skip("acceptance of a post that is no answer", len(placed) - len(replies))
        askers = people_of(host.asker for host, _ in replies)
        set_values(Topic, ("best_answer_id",), ((host.topic, host.id) for host, _ in replies))
        record_many(
            on_post("forum.answer_accepted", at, askers.get(host.asker or 0), host, host.author_subject)
            for host, at in replies
        )
        return len(replies)

    def _bookmark(self, placed: list[Placed], tally: Tally) -> int:
        known = self.site.arrived("user", filter(None, (number(row, "UserId") for _, _, row in placed)))
        people = people_of(known.values())
        pairs: dict[tuple[int, int], tuple[Person, Host, datetime]] = {}
        for host, at, row in placed:
            person = people.get(known.get(number(row, "UserId") or 0, 0))
            if person is None:
                tally.skip("favourite of an unknown user")
            elif (person.id, host.topic) in pairs:
                tally.skip("favourite given twice")
            else:
                pairs[person.id, host.topic] = (person, host, at)
        there = Bookmark.objects.filter(topic_id__in=listed(topic for _, topic in pairs))
        for pair in set(there.values_list("member_id", "topic_id")) & pairs.keys():
            del pairs[pair]
            tally.skip("favourite given twice")
        insert_rows(
            Bookmark,
            ("member_id", "topic_id", "created_at"),
            ((person.id, host.topic, at) for person, host, at in pairs.values()),
        )
        record_many(
            on_post("forum.topic_bookmarked", at, person, host, None, object_id=host.topic)
            for person, host, at in pairs.values()
        )
        return len(pairs)


MOST_POSTS = 5000


def hand_over_likes() -> bool:
    """Put waiting likes on up to ``MOST_POSTS`` posts, in one transaction; False when none waited."""
    with transaction.atomic():
        waiting = WaitingLikes.objects.values("post_id").annotate(likes=Sum("count")).order_by("post_id")
        likes = dict(waiting.values_list("post_id", "likes")[:MOST_POSTS])
        raise_counters(Post, ("unnamed_likes", "likes_count"), likes)
        WaitingLikes.objects.filter(post_id__lte=max(likes, default=0)).delete()
    return bool(likes)


Placed = tuple[Host, datetime, Row]
BROUGHT = frozenset({"1", "2", "5"})


def on_post(
    name: str, at: datetime, who: Person | None, host: Host, target: int | None, object_id: int = 0
) -> Event:
    """An event about a post in its topic and board."""
    return happened(
        name,
        at,
        who,
        object_id=object_id or host.id,
        target=target,
        topic=host.topic,
        board=host.board,
    )
