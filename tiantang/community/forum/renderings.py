"""Posts drawn once for everybody.

A post's HTML is the same for all readers but for a few pieces: who may edit sees a button, who liked it
sees it pressed. The template marks such pieces with the right they need (see ``only`` in ``_post.html``); the
drawn post is kept as plain texts and marked pieces, and put together for each reader in microseconds.
A kept drawing is named after everything it shows, so it never has to be dropped; for names, pictures, roles
and levels of the people in it stands the sign that somebody changed (members/looks.py).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.template import engines
from django.utils.translation import get_language
from markupsafe import Markup

from tiantang.community.forum.models import Comment, Post, Topic
from tiantang.community.members.looks import looks_version
from tiantang.community.members.models import Member, RoleGrant
from tiantang.ui.kept import Kept

COMMENTS_SHOWN = 3
KEPT_BYTES = 16_000_000
"""Drawings kept in one process."""

MARK = f"\x1a{secrets.token_hex(6)}"
"""Stands around a piece; made by chance, so that nobody can write one into a text."""
PIECE = re.compile(rf"{MARK}([\w ]+)\x1b(.*?){MARK}", re.DOTALL)


class Drawing(NamedTuple):
    """Plain texts and the marked pieces between them, as (rights, text).

    In UTF-8: a Python text with one Chinese character in it takes two bytes for every letter of its markup.
    """

    plain: tuple[bytes, ...]
    pieces: tuple[tuple[frozenset[str], bytes], ...]

    @property
    def size(self) -> int:
        """Bytes of all its texts."""
        return sum(map(len, self.plain)) + sum(len(piece) for _, piece in self.pieces)

    def filled_for(self, rights: Collection[str]) -> str:
        """The HTML for a reader with these rights."""
        parts = [self.plain[0]]
        for (needed, piece), text in zip(self.pieces, self.plain[1:], strict=True):
            if not needed.isdisjoint(rights):
                parts.append(piece)
            parts.append(text)
        return b"".join(parts).decode()


def drawing_of(html: str) -> Drawing:
    """Take a template's output apart at its marked pieces."""
    parts = PIECE.split(html)
    pieces = zip(map(_rights_of, parts[1::3]), map(str.encode, parts[2::3]), strict=True)
    return Drawing(tuple(map(str.encode, parts[0::3])), tuple(pieces))


@lru_cache(maxsize=256)
def _rights_of(words: str) -> frozenset[str]:
    """The rights named in a mark: few different ones, held once for all pieces."""
    return frozenset(words.split())


STORE: Kept[Drawing] = Kept(KEPT_BYTES)


def keep(key: tuple[Any, ...], html: str) -> Drawing:
    """Take a template's output apart and keep it under ``key``."""
    drawing = drawing_of(html)
    return STORE.put(key, drawing, drawing.size)


def draw_posts(posts: Sequence[Post], topic: Topic) -> dict[int, Drawing]:
    """The drawing of each of these posts of one topic, by id; three queries draw all that are missing."""
    shared = (looks_version(), get_language())
    keys = {post.pk: (*_key(post, topic), *shared) for post in posts}
    drawn = {pk: STORE.get(key) for pk, key in keys.items()}
    missing = [pk for pk, drawing in drawn.items() if drawing is None]
    found = {pk: drawing for pk, drawing in drawn.items() if drawing is not None}
    for post in _whole(missing, topic):
        found[post.pk] = keep(keys[post.pk], _draw(post))
    return found


def _key(post: Post, topic: Topic) -> tuple[Any, ...]:
    best = topic.best_answer_id == post.pk
    counts = (post.likes_count, post.comments_count, bool(post.removed_at))
    return ("post", post.pk, post.version, *counts, best, topic.is_question)


def _whole(ids: Collection[int], topic: Topic) -> list[Post]:
    """The posts with text, author and the comments shown first; their authors wear their roles."""
    if not ids:
        return []
    posts = list(Post.objects.filter(pk__in=ids).select_related("author").defer("source"))
    talk = [post.pk for post in posts if post.comments_count]
    comments = list(Comment.objects.under(talk).defer("source")) if talk else []
    dress([post.author for post in posts] + [comment.author for comment in comments])
    for post in posts:
        post.topic = topic
        post.shown_comments = nested([c for c in comments if c.post_id == post.pk])[:COMMENTS_SHOWN]
    return posts


def dress(members: Iterable[Member | None]) -> None:
    """Give each member the role worn beside the name, in one query, so that templates need not ask."""
    people = [member for member in members if member is not None]
    worn = RoleGrant.objects.worn_by({member.pk for member in people}) if people else {}
    for member in people:
        member.role_names = frozenset(filter(None, [worn.get(member.pk, "")]))


def nested(comments: Sequence[Comment]) -> list[Comment]:
    """Comments in reading order: each followed by what answers it; ``level`` 1 or 2."""
    children: dict[int, list[Comment]] = {}
    shown = {comment.pk for comment in comments}
    roots = []
    for comment in comments:
        comment.level = 1 if comment.parent_id not in shown else 2
        if comment.level == 1:
            roots.append(comment)
        else:
            children.setdefault(_root_of(comment, comments), []).append(comment)
    return [comment for root in roots for comment in (root, *children.get(root.pk, ()))]


def _root_of(comment: Comment, comments: Sequence[Comment]) -> int:
    """The first-level comment an answer belongs to, through answers to answers."""
    parents = {one.pk: one.parent_id for one in comments}
    root = comment.pk
    while parents.get(root) in parents:
        root = parents[root] or root
    return root


def _draw(post: Post) -> str:
    return str(part("post")(post))


def part(name: str) -> Any:
    """A macro of ``forum/_post.html``, to be called without a page around it."""
    return getattr(engines["jinja2"].env.get_template("forum/_post.html").module, name)  # type: ignore[attr-defined]


def filled(drawing: Drawing, rights: Collection[str]) -> Markup:
    """The HTML of a drawing for a reader with these rights, safe to put into a page."""
    return Markup(drawing.filled_for(rights))  # noqa: S704 - drawn by our template from sanitised bodies
