"""Votes.xml: upvotes become likes without names, favourites bookmarks, acceptances best answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tiantang.common.rows import raise_counters
from tiantang.community.forum.models import Bookmark, Post, Topic
from tiantang.events.envelope import Event
from tiantang.events.record import record_many
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, instant, number
from tiantang.importers.stackexchange.site import Person, Site, happened, people_of
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
        hosts = self.site.arrived("post", filter(None, (number(row, "PostId") for row in batch)))
        posts = Post.objects.select_related("topic").only(*POST_FIELDS).in_bulk(set(hosts.values()))
        placed: dict[str, list[tuple[Post, datetime, Row]]] = {"1": [], "2": [], "5": []}
        for row in batch:
            reason, post, at = self._judge(row, hosts, posts)
            if reason or post is None or at is None:
                tally.skip(reason)
            else:
                placed[row["VoteTypeId"]].append((post, at, row))
        tally.bring(self._like(placed["2"]), "likes")
        tally.bring(self._accept(placed["1"], tally), "best answers")
        tally.bring(self._bookmark(placed["5"], tally), "bookmarks")

    def finish(self) -> None:
        """Nothing remains."""

    @staticmethod
    def _judge(
        row: Row, hosts: dict[int, int], posts: dict[int, Post]
    ) -> tuple[str, Post | None, datetime | None]:
        kind, at = row.get("VoteTypeId", ""), instant(row)
        if kind not in ("1", "2", "5"):
            return LEFT_OUT.get(kind, "a kind of vote without a counterpart here"), None, None
        post = posts.get(hosts.get(number(row, "PostId") or 0, 0))
        if post is None:
            return "vote on a post that is not in the dump or not brought", None, None
        return ("" if at else "without a usable date"), post, at

    @staticmethod
    def _like(placed: list[tuple[Post, datetime, Row]]) -> int:
        raise_counters(Post, ("unnamed_likes", "likes_count"), Counter(post.pk for post, _, _ in placed))
        authors = people_of(post.author_id for post, _, _ in placed)
        record_many(
            on_post("forum.post_liked", at, None, post, authors.get(post.author_id or 0))
            for post, at, _ in placed
        )
        return len(placed)

    @staticmethod
    def _accept(placed: list[tuple[Post, datetime, Row]], tally: Tally) -> int:
        replies = [(post, at) for post, at, _ in placed if post.number > 1]
        tally.skip("acceptance of a post that is no answer", len(placed) - len(replies))
        askers = people_of(post.topic.author_id for post, _ in replies)
        authors = people_of(post.author_id for post, _ in replies)
        for post, _ in replies:
            Topic.objects.filter(pk=post.topic_id).update(best_answer=post)
        record_many(
            on_post(
                "forum.answer_accepted",
                at,
                askers.get(post.topic.author_id or 0),
                post,
                authors.get(post.author_id or 0),
            )
            for post, at in replies
        )
        return len(replies)

    def _bookmark(self, placed: list[tuple[Post, datetime, Row]], tally: Tally) -> int:
        known = self.site.arrived("user", filter(None, (number(row, "UserId") for _, _, row in placed)))
        people = people_of(known.values())
        pairs: dict[tuple[int, int], tuple[Person, Post, datetime]] = {}
        for post, at, row in placed:
            person = people.get(known.get(number(row, "UserId") or 0, 0))
            if person is None:
                tally.skip("favourite of an unknown user")
            elif (person.id, post.topic_id) in pairs:
                tally.skip("favourite given twice")
            else:
                pairs[person.id, post.topic_id] = (person, post, at)
        there = Bookmark.objects.filter(topic_id__in=[topic for _, topic in pairs])
        for pair in set(there.values_list("member_id", "topic_id")) & pairs.keys():
            del pairs[pair]
            tally.skip("favourite given twice")
        Bookmark.objects.bulk_create(
            Bookmark(member_id=person.id, topic_id=post.topic_id, created_at=at)
            for person, post, at in pairs.values()
        )
        record_many(
            on_post("forum.topic_bookmarked", at, person, post, None, object_id=post.topic_id)
            for person, post, at in pairs.values()
        )
        return len(pairs)


POST_FIELDS = ("number", "author_id", "topic_id", "topic__author_id", "topic__board_id")


def on_post(
    name: str, at: datetime, who: Person | None, post: Post, target: Person | None, object_id: int = 0
) -> Event:
    """An event about a post in its topic and board."""
    return happened(
        name,
        at,
        who,
        object_id=object_id or post.pk,
        target=target,
        topic=post.topic_id,
        board=post.topic.board_id,
    )
