"""The boards and the welcome topic that make a new installation usable at once."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tiantang.community.forum.beginnings import BOARDS, WELCOME, WELCOME_TITLE
from tiantang.community.forum.bodies import excerpt_of, render_body
from tiantang.community.forum.models import Board, BoardGroup, Post, Topic
from tiantang.events.catalog import ActorClass
from tiantang.events.envelope import Actor, Event
from tiantang.events.record import record

WELCOME_ORIGIN = "seed:welcome"


def seed_forum() -> None:
    """Boards and the welcome topic; what exists already stays as it is."""
    boards = seed_boards()
    seed_welcome(boards["announcements"])


@transaction.atomic
def seed_boards() -> dict[str, Board]:
    """Make the groups and boards that are missing. Returns the seeded boards by slug.

    ``position`` counts through all boards and is the number printed on their stubs.
    """
    boards: dict[str, Board] = {}
    group, groups = BoardGroup(), 0
    for line in BOARDS.strip().splitlines():
        if line.startswith("#"):
            groups += 1
            group = _seed_group(line.lstrip("# "), groups)
        else:
            board = _seed_board(line, group, len(boards) + 1)
            boards[board.slug] = board
    return boards


def _seed_group(line: str, position: int) -> BoardGroup:
    slug, name, name_en = line.split(" | ")
    names = {"name": name, "name_en": name_en, "position": position}
    return BoardGroup.objects.get_or_create(slug=slug, defaults=names)[0]


def _seed_board(line: str, group: BoardGroup, position: int) -> Board:
    slug, hue, icon, name, name_en, description, description_en, *kind = line.split(" | ")
    looks = {"hue": int(hue), "icon": icon, "position": position, "questions": "questions" in kind}
    words = {
        "name": name,
        "name_en": name_en,
        "description": description,
        "description_en": description_en,
    }
    return Board.objects.get_or_create(slug=slug, defaults={"group": group, **looks, **words})[0]


@transaction.atomic
def seed_welcome(board: Board) -> Topic:
    """The pinned topic that tells a new member how things work, signed by the site itself."""
    existing = Topic.objects.filter(origin=WELCOME_ORIGIN).first()
    if existing is not None:
        return existing
    now, body = timezone.now(), render_body(WELCOME)
    topic = Topic.objects.create(
        board=board,
        author_name=settings.SITE_NAME,
        title=WELCOME_TITLE,
        excerpt=excerpt_of(body),
        created_at=now,
        last_post_at=now,
        pinned_at=now,
        origin=WELCOME_ORIGIN,
    )
    Post.objects.create(
        topic=topic, number=1, author_name=settings.SITE_NAME, source=WELCOME, body_html=body, created_at=now
    )
    Board.objects.filter(pk=board.pk).update(
        topics_count=board.topics_count + 1, posts_count=board.posts_count + 1, last_topic=topic
    )
    site = Actor(kind=ActorClass.BOT)
    record(Event("forum.topic_published", now, site, object_id=topic.pk, topic=topic.pk, board=board.pk))
    return topic
