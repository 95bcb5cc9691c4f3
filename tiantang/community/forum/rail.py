"""What stands beside a topic: the people in it and topics that go with it, drawn once and kept."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import get_language
from markupsafe import Markup

from tiantang.community.forum.models import Post, Topic
from tiantang.community.forum.renderings import STORE, keep, part
from tiantang.community.members.looks import looks_version
from tiantang.community.members.models import Member
from tiantang.ui.jinja import parts_in

PEOPLE_SHOWN, RELATED_SHOWN = 10, 4


class Rail(NamedTuple):
    """``people``: how many wrote in the topic; ``html``: the two panels."""

    people: int
    html: Markup


def rail_of(topic: Topic) -> Rail:
    """The rail of a topic; drawn anew when somebody replies or looks different, else kept with the posts."""
    key = ("rail", topic.pk, topic.replies_count, topic.last_post_at, looks_version(), get_language())
    drawing = STORE.get(key)
    if drawing is None:
        drawing = keep(key, _draw(topic))
    people, html = drawing.filled_for(()).split("\n", 1)
    return Rail(int(people), Markup(html))  # noqa: S704 - drawn by our template


def _draw(topic: Topic) -> str:
    posts = Post.objects.filter(topic=topic, removed_at=None).exclude(author=None)
    busiest = posts.values("author").annotate(posts=Count("id")).order_by("-posts", "author")
    counted = list(busiest.values_list("author", flat=True))
    members = Member.objects.in_bulk(counted[:PEOPLE_SHOWN])
    people = [members[pk] for pk in counted[:PEOPLE_SHOWN] if pk in members]
    related = Topic.objects.related_to(topic).select_related("board")[:RELATED_SHOWN]
    board_name = parts_in(get_language() or "").board_name
    return f"{len(counted)}\n{part('rail')(people, len(counted), list(related), board_name)}"
