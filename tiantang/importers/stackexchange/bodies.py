"""Bodies of questions and answers: made for posts that arrive, compared for those that are here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from tiantang.common.rows import insert_rows, set_values
from tiantang.community.forum.bodies import render_body
from tiantang.community.forum.models import Post, PostRevision
from tiantang.community.forum.models.posts import SourceFormat
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import instant, number
from tiantang.importers.stackexchange.site import Person, Site


class Body(NamedTuple):
    """What a dump's row determines of a post."""

    source: str
    html: str
    edited_at: datetime | None
    score: int


BODY_FIELDS = ("source", "body_html", "edited_at", "score")
POST_COLUMNS = (
    *("id", "topic_id", "number", "author_id", "author_name", "created_at", "source_format"),
    *BODY_FIELDS,
)


def body_of(row: Row, site: Site) -> Body:
    """The body in a row of Posts.xml, safe to show."""
    source = row.get("Body", "")
    html = site.localise(render_body(source, SourceFormat.HTML))
    return Body(source, html, instant(row, "LastEditDate"), number(row, "Score") or 0)


def post_values(
    pk: int, topic: int, floor: int, row: Row, body: Body, author: Person | None
) -> tuple[Any, ...]:
    """A new post as ``POST_COLUMNS``."""
    name = row.get("OwnerDisplayName", "")[:60]
    whose = author.id if author else None
    return (pk, topic, floor, whose, name, instant(row), SourceFormat.HTML.value, *body)


class PostHere(NamedTuple):
    """A post that arrived earlier, as ``HERE``."""

    id: int
    format: str
    edits: int
    created_at: datetime
    source: str
    html: str
    edited_at: datetime | None
    score: int

    @property
    def from_outside(self) -> bool:
        """Nobody has edited it here since: people's edits are kept."""
        return self.format == SourceFormat.HTML

    def differs(self, body: Body) -> bool:
        """Whether a newer dump has something to change."""
        return self.from_outside and body != self[-len(body) :]


HERE = ("pk", "source_format", "edits_count", "created_at", *BODY_FIELDS)


def change_bodies(changed: Iterable[tuple[PostHere, Body]]) -> None:
    """Bring newer bodies; an older text becomes a revision."""
    changed = list(changed)
    rewritten = [here for here, body in changed if here.source != body.source]
    insert_rows(
        PostRevision,
        ("post_id", "number", "source", "created_at"),
        ((old.id, old.edits + 1, old.source, old.edited_at or old.created_at) for old in rewritten),
    )
    set_values(
        Post,
        ("edits_count", *BODY_FIELDS),
        ((here.id, here.edits + (here.source != body.source), *body) for here, body in changed),
    )
