"""A small community with ten weeks of known acts, written straight into the lake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tiantang.common.time import day_start, microseconds
from tiantang.community.forum.models import Board
from tiantang.community.forum.tests.factory import make_board
from tiantang.events.catalog import BY_NAME, ActorClass
from tiantang.events.history import write_history
from tiantang.metrics import clock

DAYS = 70
VIEW, JOIN = BY_NAME["site.page_viewed"].code, BY_NAME["members.signed_up"].code
TOPIC, REPLY = BY_NAME["forum.topic_published"].code, BY_NAME["forum.reply_published"].code
REPORT = BY_NAME["moderation.post_reported"].code


@dataclass(frozen=True)
class Community:
    """What the tests may rely on. Twelve members come every day; one of them is staff."""

    first: date
    last: date
    tea: Board
    souls: Board


def make_community() -> Community:
    """Ten weeks up to yesterday: each day one topic in each board; only those in ``tea`` are answered."""
    tea, souls = (
        make_board("tea", name="掌机茶馆", name_en="Handheld tea"),
        make_board("souls", name="=动作与魂"),
    )
    last = clock.today() - timedelta(days=1)
    first = last - timedelta(days=DAYS - 1)
    rows: list[dict[str, int]] = []
    for number in range(DAYS):
        rows += _day(first + timedelta(days=number), number, tea.pk, souls.pk)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    write_history("test community", columns)
    return Community(first, last, tea, souls)


def _day(day: date, number: int, tea: int, souls: int) -> list[dict[str, int]]:
    start = microseconds(day_start(day)) + 20 * 3_600_000_000
    topic = 1000 + number * 10
    found = [_act(start + member, VIEW, member + 1, staff=member == 11) for member in range(12)]
    if number % 7 == 0:
        found.append(_act(start + 30, JOIN, 100 + number))
        found.append(_act(start + 31, VIEW, 100 + number))
    elif number % 7 == 3 and number > 7:
        found.append(_act(start + 32, VIEW, 100 + number - 10))
    found.append(_act(start + 40, TOPIC, 1, object_id=topic, topic=topic, board=tea))
    found.append(_act(start + 60_000_040, REPLY, 2, object_id=topic + 5, topic=topic, board=tea, target=1))
    found.append(_act(start + 50, TOPIC, 3, object_id=topic + 1, topic=topic + 1, board=souls))
    if number % 10 == 0:
        found.append(_act(start + 70, REPORT, 4, object_id=number + 1, topic=topic, board=tea, target=2))
    return found


def _act(ts_us: int, event: int, subject: int, *, staff: bool = False, **more: int) -> dict[str, int]:
    kind = ActorClass.STAFF if staff else ActorClass.MEMBER
    row = {"ts_us": ts_us, "event": event, "subject": subject, "visitor": subject, "actor_class": int(kind)}
    return row | {"object_id": 0, "topic": 0, "board": 0, "target": 0} | more
