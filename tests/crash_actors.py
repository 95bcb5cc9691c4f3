"""What the crash test runs as processes of their own: ``python -m tests.crash_actors prepare|move|judge``."""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from pathlib import Path

import django

BOARDS_ROLE = "moderator"
"""Moderators may post as fast as they like."""


def prepare(members: int) -> dict[str, object]:
    """A topic, and members who are signed in already: the topic's id and their sessions."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from tiantang.community.forum.tests.factory import make_member, make_topic

    sessions = []
    for number in range(members):
        member = make_member(f"writer{number}", role=BOARDS_ROLE)
        session = SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = "tiantang.community.members.backend.MemberBackend"
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.create()
        sessions.append(session.session_key)
    return {"topic": make_topic("压力测试").pk, "sessions": sessions}


def move() -> None:
    """Be killed and go on: the first process only makes the next one, the second one moves until it dies."""
    while True:
        child = os.fork()
        if child == 0:
            _move_forever()
        print(child, flush=True)
        os.waitpid(child, 0)


def _move_forever() -> None:
    from tiantang.config.processes import die_with_parent
    from tiantang.events.compaction import compact_lake
    from tiantang.events.mover import move_once

    die_with_parent()
    chance = random.Random(os.getpid())
    while True:
        move_once(limit=chance.choice([2, 5, 50]))
        if chance.random() < 0.2:
            compact_lake()


def judge(tokens: list[str]) -> dict[str, object]:
    """What is there at the end, told as differences from what should be; all empty when all is well."""
    from tiantang.community.forum.models import Post, Topic
    from tiantang.events.catalog import kind_of
    from tiantang.events.models import Act
    from tiantang.events.mover import move_all
    from tiantang.events.stream import attach, connect

    move_all()
    posts = dict(Post.objects.filter(number__gt=1).values_list("token", "pk"))
    with connect() as connection:
        attach(connection)
        replied = kind_of("forum.reply_published").code
        viewed = kind_of("site.page_viewed").code
        acts = Counter(_objects(connection, replied))
        visits = Counter(_objects(connection, viewed))
    return {
        "acknowledged, but no row": sorted(set(tokens) - set(posts)),
        "rows without an event": sorted(set(posts.values()) - set(acts)),
        "events without a row": sorted(set(acts) - set(posts.values())),
        "acts doubled": [number for number, times in acts.items() if times > 1],
        "visits doubled": [number for number, times in visits.items() if times > 1],
        "still waiting": list(Act.objects.values_list("pk", flat=True)),
        "counter wrong": [
            topic.pk for topic in Topic.objects.all() if topic.replies_count != topic.posts.count() - 1
        ],
        "files nobody knows": _strangers(),
        "posts": len(posts),
        "visits": len(visits),
    }


def _objects(connection: object, event: int) -> list[int]:
    rows = connection.execute("SELECT object_id FROM events WHERE event = ?", [event]).fetchall()
    return [number for (number,) in rows]


def _strangers() -> list[str]:
    from django.conf import settings

    from tiantang.events.models import Segment
    from tiantang.events.routers import stores

    lake = Path(settings.LAKE)
    known = {
        path for store in stores() for path in Segment.objects.using(store).values_list("path", flat=True)
    }
    return sorted({str(path.relative_to(lake)) for path in lake.rglob("*.parquet")} - known)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiantang.config.settings")
    django.setup()
    if sys.argv[1] == "prepare":
        print(json.dumps(prepare(int(sys.argv[2]))))
    elif sys.argv[1] == "move":
        move()
    else:
        print(json.dumps(judge(json.load(sys.stdin))))
