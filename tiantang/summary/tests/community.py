"""A small community written straight into the lake and the tables: four months, two boards, ten members."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tiantang.community.forum.models import Board, BoardGroup, Post, Topic
from tiantang.community.members.models import Member, Role, RoleGrant
from tiantang.events.history import write_history
from tiantang.metrics import rollup

FIRST = date(2026, 1, 1)
DAYS = 120
SIGNED_UP, VIEWED, TOPIC, REPLY, LIKED, REPORTED = 10, 1, 20, 21, 23, 40


def at(day: date, hour: int = 12) -> datetime:
    """An instant on a site-local day (the site is in Shanghai)."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=8)


def make_boards() -> list[Board]:
    """Two boards in two groups."""
    boards = []
    for place, (zh, en) in enumerate((("新番放映室", "New shows"), ("掌机茶馆", "Handhelds")), start=1):
        group = BoardGroup.objects.create(slug=f"g{place}", name=f"分组{place}", name_en=f"Group {place}")
        boards.append(Board.objects.create(group=group, slug=f"b{place}", name=zh, name_en=en, hue=place))
    return boards


def make_members(count: int = 10) -> list[Member]:
    """Members who joined one a week; the first is the lead."""
    members = [
        Member.objects.create(handle=f"m{n}", name=f"成员{n}", joined_at=at(FIRST + timedelta(days=7 * n)))
        for n in range(count)
    ]
    RoleGrant.objects.create(member=members[0], role=Role.LEAD, granted_at=at(FIRST))
    return members


def make_community() -> tuple[list[Board], list[Member]]:
    """Members, boards, topics and their events."""
    boards, members = make_boards(), make_members()
    rows: list[dict[str, int]] = []
    for n, member in enumerate(members):
        rows.append(_event(FIRST + timedelta(days=7 * n), 10, SIGNED_UP, member))
    post = 0
    for day_number in range(DAYS):
        day = FIRST + timedelta(days=day_number)
        present = [m for n, m in enumerate(members) if 7 * n <= day_number and (day_number + n) % 3]
        for place, member in enumerate(present):
            rows.append(_event(day, 9 + place, VIEWED, member, visitor=1000 + place))
        if len(present) < 2:
            continue
        board = boards[day_number % 2]
        topic = Topic.objects.create(
            board=board,
            author=present[0],
            title=f"第 {day_number} 天聊点什么",
            created_at=at(day, 12),
            last_post_at=at(day, 13),
        )
        Post.objects.create(
            topic=topic, number=1, author=present[0], source="x", body_html="x", created_at=at(day, 12)
        )
        rows.append(_event(day, 12, TOPIC, present[0], topic.pk, topic.pk, board.pk))
        if day_number % 4:
            post += 1
            rows.append(_event(day, 13, REPLY, present[1], 10_000 + post, topic.pk, board.pk, present[0]))
            rows.append(_event(day, 14, LIKED, present[1], topic.pk, topic.pk, board.pk, present[0]))
    _write(rows)
    return boards, members


def _event(
    day: date,
    hour: int,
    code: int,
    member: Member,
    object_id: int = 0,
    topic: int = 0,
    board: int = 0,
    target: Member | None = None,
    visitor: int = 0,
) -> dict[str, int]:
    return {
        "ts_us": int(at(day, hour).timestamp() * 1_000_000),
        "event": code,
        "subject": member.subject or 0,
        "visitor": visitor,
        "actor_class": 1,
        "object_id": object_id,
        "topic": topic,
        "board": board,
        "target": target.subject or 0 if target else 0,
    }


def _write(rows: list[dict[str, int]]) -> None:
    rows.sort(key=lambda row: row["ts_us"])
    write_history("small", {name: [row[name] for row in rows] for name in rows[0]})
    rollup.catch_up()


def add_report(member: Member, actor_class: int) -> None:
    """A report of 2 April, made by somebody of that class."""
    row = _event(date(2026, 4, 2), 15, REPORTED, member, 30_000) | {"actor_class": actor_class}
    write_history("reports", {name: [value] for name, value in row.items()})
    rollup.catch_up()


def add_replies(member: Member, board: Board, count: int) -> None:
    """Replies that become known later: in April, after a release was frozen."""
    rows = [_event(date(2026, 4, 2), 15, REPLY, member, 20_000 + n, 1, board.pk) for n in range(count)]
    write_history("later", {name: [row[name] for row in rows] for name in rows[0]})
    rollup.catch_up()
