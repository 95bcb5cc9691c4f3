"""PostHistory.xml and PostLinks.xml: what posts said before, and which topics belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery

from tiantang.community.forum.models import Post, PostRevision, TopicLink
from tiantang.events.record import record_many
from tiantang.importers.models import ArrivedRow
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, instant, made_at, number
from tiantang.importers.stackexchange.site import Site, people_of
from tiantang.importers.stackexchange.topics import met_at
from tiantang.importers.stackexchange.votes import POST_FIELDS, on_post
from tiantang.importers.tally import Tally

NO_BODY = "change of a title, of tags or of state: only bodies have a history here"
FIRST_BODY, EDITS = "2", ("5", "8")


@dataclass
class BringHistory:
    """Versions of bodies. The newest one is the post itself, so it is no revision of it."""

    dump: Dump
    site: Site
    name: str = "post history"
    kind: str = "post_history"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("PostHistory")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        bodies = [row for row in batch if row.get("PostHistoryTypeId") in (FIRST_BODY, *EDITS)]
        tally.skip(
            "change of a title, of tags or of state: only bodies have a history here",
            len(batch) - len(bodies),
        )
        hosts = self.site.arrived("post", filter(None, (number(row, "PostId") for row in bodies)))
        placed = [row for row in bodies if (number(row, "PostId") or 0) in hosts and instant(row)]
        tally.skip("version of a post that is not in the dump or not brought", len(bodies) - len(placed))
        self._make(placed, hosts)
        tally.bring(len(placed), "versions of bodies")

    def _make(self, rows: list[Row], hosts: dict[int, int]) -> None:
        people = self.site.people(met := met_at(rows, "UserId"), met)
        posts = Post.objects.select_related("topic").only(*POST_FIELDS).in_bulk(set(hosts.values()))
        authors = people_of(post.author_id for post in posts.values())
        counts = PostRevision.objects.filter(post_id__in=posts).values("post_id")
        numbers = dict(counts.annotate(top=Max("number")).values_list("post_id", "top"))
        revisions, events = [], []
        for row in rows:
            post, at = posts[hosts[int(row["PostId"])]], made_at(row)
            editor = people.get(number(row, "UserId") or 0)
            numbers[post.pk] = numbers.get(post.pk, 0) + 1
            revisions.append(
                PostRevision(
                    post_id=post.pk,
                    number=numbers[post.pk],
                    source=row.get("Text", ""),
                    editor_id=editor.id if editor else None,
                    reason=row.get("Comment", "")[:200],
                    created_at=at,
                )
            )
            if row["PostHistoryTypeId"] in EDITS and at is not None:
                author = authors.get(post.author_id or 0)
                events.append(on_post("forum.post_edited", at, editor, post, author))
        PostRevision.objects.bulk_create(revisions)
        record_many(events)

    def finish(self) -> None:
        """The newest version of every post is the post itself: count the edits, drop that version."""
        mine = ArrivedRow.objects.filter(site=self.site.key, kind="post").values("new_id")
        newest = (
            PostRevision.objects.filter(post=OuterRef("pk"))
            .order_by()
            .values("post")
            .annotate(edits=Max("number") - 1)
            .values("edits")
        )
        with transaction.atomic():
            grown = PostRevision.objects.filter(post_id__in=mine, number__gt=F("post__edits_count"))
            Post.objects.filter(pk__in=grown.values("post_id")).update(edits_count=Subquery(newest))
            PostRevision.objects.filter(post_id__in=mine, number__gt=F("post__edits_count")).delete()


@dataclass
class BringLinks:
    """PostLinks.xml: related questions and duplicates."""

    dump: Dump
    site: Site
    name: str = "post links"
    kind: str = "post_links"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("PostLinks")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        ends = ("PostId", "RelatedPostId")
        known = self.site.arrived("post", filter(None, (number(row, end) for row in batch for end in ends)))
        topics = dict(Post.objects.filter(pk__in=known.values()).values_list("pk", "topic_id"))
        links: dict[tuple[int, int, str], TopicLink] = {}
        for row in batch:
            one, other = (topics.get(known.get(number(row, end) or 0, 0)) for end in ends)
            at, kind = instant(row), "duplicate" if row.get("LinkTypeId") == "3" else "related"
            if one is None or other is None or at is None:
                tally.skip("one end is not in the dump or not brought")
            elif one == other or (one, other, kind) in links:
                tally.skip("link within one topic, or given twice")
            else:
                links[one, other, kind] = TopicLink(topic_id=one, other_id=other, kind=kind, created_at=at)
        made = self._new(links)
        tally.skip("link within one topic, or given twice", len(links) - made)
        tally.bring(made)

    @staticmethod
    def _new(links: dict[tuple[int, int, str], TopicLink]) -> int:
        there = TopicLink.objects.filter(topic_id__in=[one for one, _, _ in links])
        taken = set(there.values_list("topic_id", "other_id", "kind"))
        fresh = [link for key, link in links.items() if key not in taken]
        TopicLink.objects.bulk_create(fresh)
        return len(fresh)

    def finish(self) -> None:
        """Nothing remains."""
