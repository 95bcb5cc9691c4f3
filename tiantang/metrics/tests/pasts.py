"""Pasts to measure: random communities and hand-made traps, written into a real lake."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from tiantang.events.history import write_history

COLUMNS = (
    "ts_us",
    "event",
    "subject",
    "visitor",
    "actor_class",
    "object_id",
    "topic",
    "board",
    "target",
    "value",
    "client",
    "source",
)


def at(text: str) -> int:
    """Microseconds of an ISO time, UTC unless it says otherwise."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1_000_000)


def event(code: int, when: str | int, **columns):
    """One event; a member's unless said otherwise."""
    empty = dict.fromkeys(COLUMNS, 0) | {"source": ""}
    stamp = at(when) if isinstance(when, str) else when
    kind = 1 if columns.get("subject") else 0
    return empty | {"actor_class": kind} | columns | {"event": code, "ts_us": stamp}


def seal(events, name: str = "past") -> None:
    """Put events into the lake, in place of what that name held."""
    write_history(name, {column: [e[column] for e in events] for column in COLUMNS})


def community(seed: int, start: str = "2025-12-08", days: int = 70, members: int = 14, acts: int = 700):
    """A small random community with every kind of trouble in it."""
    chance = random.Random(seed)
    first = at(start)
    span = days * 86_400_000_000
    events, topics, posts, likes, reports = [], [], [], [], []

    def moment() -> int:
        return first + chance.randrange(span)

    for subject in range(1, members + 1):
        joined = moment()
        browser = 9_000_000_000 + subject if chance.random() < 0.7 else 0
        if browser and chance.random() < 0.8:
            events.append(event(1, joined - chance.randrange(40 * 86_400_000_000), visitor=browser))
        if chance.random() < 0.9:
            events.append(event(10, joined, subject=subject, visitor=browser))
        if chance.random() < 0.1:
            events.append(event(10, moment(), subject=subject))
    for number in range(acts):
        who = who_acts(chance, members)
        code = chance.choice([1, 1, 1, 2, 11, 20, 21, 21, 21, 22, 22, 23, 23, 25, 27, 40])
        board = chance.choice([0, 1, 2, 3])
        when = moment()
        if chance.random() < 0.5 and events:
            when = chance.choice(events)["ts_us"] + chance.randrange(2 * 3_600_000_000)
        row = event(code, when, **who, board=board)
        if code == 20:
            row |= {"object_id": 1000 + number, "topic": 1000 + number}
            topics.append(row)
        elif code in (1, 21, 22, 23, 25, 27, 40) and topics:
            topic = chance.choice(topics)
            row |= {"topic": topic["object_id"], "object_id": 5000 + number, "board": topic["board"]}
            row |= {"object_id": chance.randrange(1, 30)} if code in (23, 25) else {}
            {21: posts, 22: posts, 23: likes, 25: likes, 40: reports}.get(code, []).append(row)
        row |= {"value": chance.randrange(90_000)} if code == 2 else {}
        events.append(row)
    events += undoings(chance, topics, posts, likes, reports)
    return [e for e in events if e["ts_us"] < first + span + 5 * 86_400_000_000]


def who_acts(chance: random.Random, members: int):
    """Members, some of them staff or bots, browsers without anyone signed in, and nobody at all."""
    draw = chance.random()
    if draw < 0.08:
        return {"visitor": 9_000_000_000 + chance.randrange(1, members * 2)}
    if draw < 0.12:
        return {"actor_class": 1}
    subject = chance.randrange(1, members + 1)
    kind = 3 if subject == 1 else 2 if subject in (2, 3) else 1
    visitor = 9_000_000_000 + subject if chance.random() < 0.6 else 0
    return {"subject": subject, "actor_class": kind, "visitor": visitor}


def undoings(chance: random.Random, topics, posts, likes, reports):
    """Removals, restorations, likes and bookmarks taken back, decisions."""
    found = []

    def later(row) -> int:
        return row["ts_us"] + chance.randrange(12 * 86_400_000_000)

    for row in topics:
        if chance.random() < 0.15:
            found.append(event(30, later(row), subject=2, actor_class=2, object_id=row["object_id"]))
        if chance.random() < 0.08:
            found.append(event(33, later(row), subject=2, actor_class=2, object_id=row["object_id"]))
    for row in posts:
        removed, restored = (31, 34) if row["event"] == 21 else (32, 39)
        if chance.random() < 0.12:
            found.append(event(removed, later(row), subject=2, actor_class=2, object_id=row["object_id"]))
        if chance.random() < 0.05:
            found.append(event(restored, later(row), subject=2, actor_class=2, object_id=row["object_id"]))
    for row in likes:
        if chance.random() < 0.25:
            who = {"subject": row["subject"], "actor_class": row["actor_class"]}
            found.append(event(row["event"] + 1, later(row), **who, object_id=row["object_id"]))
    for row in reports:
        if chance.random() < 0.7:
            code = chance.choice([41, 42])
            found.append(event(code, later(row), subject=3, actor_class=2, object_id=row["object_id"]))
            if chance.random() < 0.3:
                about = {"object_id": row["object_id"], "subject": 3, "actor_class": 2}
                found.append(event(43, later(found[-1]), **about))
    return found


def later(text: str, **shift) -> str:
    """An ISO time moved on."""
    return (datetime.fromisoformat(text) + timedelta(**shift)).isoformat()
