"""Topic rows of lists, drawn once and kept like posts (see renderings.py)."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language
from markupsafe import Markup

from tiantang.community.forum.models import Topic
from tiantang.community.forum.renderings import STORE, filled, keep
from tiantang.ui.jinja import parts_in

SHOWN = (
    *("pk", "title", "excerpt", "thumbnail", "is_question", "pinned_at", "closed_at", "featured_at"),
    *("best_answer_id", "replies_count", "views_count", "last_post_at", "board_id", "author_name"),
)
"""Fields of a topic that a row shows; a row is drawn anew when one of them changes."""


def draw_rows(topics: Iterable[Topic], *, board: bool = True) -> list[Markup]:
    """The rows of topics from ``Topic.objects.listed()``; ``board`` shows where each stands."""
    language = get_language() or settings.LANGUAGE_CODE
    return [_row(topic, board, language) for topic in topics]


def _row(topic: Topic, board: bool, language: str) -> Markup:
    unread = getattr(topic, "unread", None) or 0
    author = topic.author
    looks = (author.pk, author.handle, author.name, str(author.avatar), author.level.number) if author else ()
    key = ("row", *(getattr(topic, field) for field in SHOWN), unread, board, looks, language)
    drawing = STORE.get(key)
    if drawing is None:
        drawing = keep(key, str(parts_in(language).topic_row(topic, board)))
    return filled(drawing, ())
