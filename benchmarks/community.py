"""The community that pages are measured on: the one of every comparison.

200 members, 20 boards, 2,000 topics, 40,000 posts in Chinese and English, one topic with 1,000 posts.
"""

from __future__ import annotations

import random
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from tiantang.community.forum.actions.recount import recount_forum
from tiantang.community.forum.bodies import excerpt_of, render_body
from tiantang.community.forum.models import Board, BoardGroup, Post, Topic
from tiantang.community.members.models import Member
from tiantang.events.models import Subject

MEMBERS, BOARDS, TOPICS, POSTS, LONG = 200, 20, 2000, 40_000, 1000
CHINESE = (
    "昨晚打完最后一关，配乐一起来就忍不住了，结局比我想的温柔。",
    "有人知道这个支线怎么触发吗？我在港口绕了三圈也没见到那位老人。",
    "新番第三集作画明显上了一个台阶，分镜也有想法，强烈推荐。",
    "整理了一份入坑顺序，先看原作前两卷再看动画，别被剧透。",
    "这个配装在后期有点吃力，建议把暴击换成续航，操作空间大很多。",
)
ENGLISH = (
    "The final boss took me **eleven** tries, and I would do it again.",
    "Does anybody know whether the port keeps the original soundtrack?",
    "I wrote down every hidden chest of the second chapter, see the list below.",
)
LIST = "\n\n- 第一章：钟楼\n- 第二章：`warp 12,7`\n- 第三章：[地图](https://example.org/map)\n\n> 谢谢楼上\n"


def make_community() -> None:
    """Write the rows at once; counters follow from them."""
    chance = random.Random(20261123)
    with transaction.atomic():
        members = _members()
        boards = _boards()
        topics = _topics(chance, boards, members)
        _posts(chance, topics, members)
    recount_forum()


def sign_in(member: Member) -> str:
    """A Cookie header that makes its bearer this member."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _members() -> list[Member]:
    subjects = Subject.objects.bulk_create(Subject() for _ in range(MEMBERS))
    at = timezone.now() - timedelta(days=500)
    made = [
        Member(handle=f"reader{n}", name=f"读者 {n}", joined_at=at, subject=subject.pk, password="!")
        for n, subject in enumerate(subjects)
    ]
    for member in made:
        if hasattr(member, "handle_look"):
            member.handle_look = member.handle
    return Member.objects.bulk_create(made)


def _boards() -> list[Board]:
    groups = BoardGroup.objects.bulk_create(BoardGroup(slug=f"g{n}", name=f"分区 {n}") for n in range(4))
    return Board.objects.bulk_create(
        Board(
            group=groups[n % 4],
            slug=f"b{n}",
            name=f"版块 {n}",
            description="说说它",
            hue=n % 12 + 1,
            position=n,
        )
        for n in range(BOARDS)
    )


def _topics(chance: random.Random, boards: list[Board], members: list[Member]) -> list[Topic]:
    now = timezone.now()
    return Topic.objects.bulk_create(
        Topic(
            board=boards[n % BOARDS],
            author=chance.choice(members),
            title=f"{chance.choice(CHINESE)[:18]} {n}",
            created_at=now - timedelta(hours=TOPICS - n),
            last_post_at=now - timedelta(hours=TOPICS - n),
        )
        for n in range(TOPICS)
    )


def _posts(chance: random.Random, topics: list[Topic], members: list[Member]) -> None:
    bodies = []
    for _ in range(200):
        text = "\n\n".join(chance.choices(CHINESE + ENGLISH, k=chance.randint(1, 5)))
        source = text + (LIST if chance.random() < 0.2 else "")
        bodies.append((source, render_body(source)))
    sizes = [LONG] + [1] * (TOPICS - 1)
    for _ in range(POSTS - sum(sizes)):
        sizes[chance.randrange(1, TOPICS)] += 1
    Post.objects.bulk_create(
        (
            Post(
                topic=topic,
                number=number,
                author=topic.author if number == 1 else chance.choice(members),
                source=source,
                body_html=body,
                created_at=topic.created_at + timedelta(minutes=number),
            )
            for topic, size in zip(topics, sizes, strict=True)
            for number, (source, body) in enumerate(chance.choices(bodies, k=size), 1)
        ),
        batch_size=2000,
    )
    for topic in topics:
        topic.excerpt = excerpt_of(bodies[0][1])
    Topic.objects.bulk_update(topics, ["excerpt"], batch_size=500)
