"""Comments.xml: comments under the posts they were written on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiantang.community.forum.bodies import render_comment
from tiantang.community.forum.models import Comment, Post
from tiantang.events.envelope import Event
from tiantang.events.record import record_many
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, instant, made_at, number
from tiantang.importers.stackexchange.site import Person, Site, happened, people_of
from tiantang.importers.stackexchange.topics import NO_CORE, met_at
from tiantang.importers.tally import Tally


@dataclass
class BringComments:
    """Comments, with their authors, dates and votes."""

    dump: Dump
    site: Site
    name: str = "comments"
    kind: str = "comments"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("Comments")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        sound = [row for row in batch if number(row, "Id") is not None and instant(row)]
        tally.skip(NO_CORE, len(batch) - len(sound))
        known = self.site.arrived("comment", (int(row["Id"]) for row in sound))
        hosts = self.site.arrived("post", filter(None, (number(row, "PostId") for row in sound)))
        fresh = [row for row in sound if int(row["Id"]) not in known]
        placed = [row for row in fresh if (number(row, "PostId") or 0) in hosts]
        tally.skip("comment on a post that is not in the dump", len(fresh) - len(placed))
        self._make(placed, hosts)
        tally.bring(len(placed))
        self._update([row for row in sound if int(row["Id"]) in known], known, tally)

    def finish(self) -> None:
        """Nothing remains."""

    def _make(self, rows: list[Row], hosts: dict[int, int]) -> None:
        met = met_at(rows, "UserId")
        people = self.site.people(met, met)
        posts = Post.objects.only("topic_id", "author_id").in_bulk(set(hosts.values()))
        authors = people_of(post.author_id for post in posts.values())
        comments, who = [], []
        for row in rows:
            post = posts[hosts[int(row["PostId"])]]
            author = people.get(number(row, "UserId") or 0)
            comments.append(
                Comment(
                    post=post,
                    author_id=author.id if author else None,
                    author_name=row.get("UserDisplayName", "")[:60],
                    source=row.get("Text", ""),
                    body_html=self.site.localise(render_comment(row.get("Text", ""))),
                    created_at=made_at(row),
                    likes_count=max(0, number(row, "Score") or 0),
                )
            )
            who.append((author, authors.get(post.author_id or 0)))
        made = Comment.objects.bulk_create(comments)
        self.site.remember("comment", zip((int(r["Id"]) for r in rows), (c.pk for c in made), strict=True))
        record_many(self._event(comment, *pair) for comment, pair in zip(made, who, strict=True))

    def _event(self, comment: Comment, author: Person | None, target: Person | None) -> Event:
        return happened(
            "forum.comment_published",
            comment.created_at,
            author,
            object_id=comment.pk,
            target=target,
            topic=comment.post.topic_id,
            board=self.site.board.pk,
        )

    @staticmethod
    def _update(rows: list[Row], known: dict[int, int], tally: Tally) -> None:
        comments = Comment.objects.in_bulk([known[int(row["Id"])] for row in rows])
        changed = []
        for row in rows:
            comment = comments.get(known[int(row["Id"])])
            likes = max(0, number(row, "Score") or 0)
            if comment is None:
                tally.skip("removed here since")
            elif comment.likes_count == likes:
                tally.skip("already here")
            else:
                comment.likes_count = likes
                changed.append(comment)
        Comment.objects.bulk_update(changed, ["likes_count"])
        tally.updated += len(changed)
