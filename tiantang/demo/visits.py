"""What people looked at: members before they act and while they browse, visitors before they join."""

from __future__ import annotations

import random
from itertools import accumulate

from tiantang.demo.people import waves
from tiantang.demo.plan import Plan
from tiantang.demo.rhythm import FREE_BOUNDS, WORK_BOUNDS
from tiantang.demo.world import Person, Session, TopicDraft, Visit, World

VISITOR_SESSIONS_PER_MEMBER = 16
LIST_SHARE = 0.34
"""Part of the page views that are lists: the front page, boards, profiles."""


class Shelf:
    """What there is to read on one day, by pull."""

    def __init__(self, world: World, day: int, tops: list[TopicDraft], bounds: list[float]) -> None:
        self.topics, self.bounds = tops, bounds

    def pick(self, second: int, rng: random.Random) -> TopicDraft | None:
        """A topic that stands there by then."""
        if not self.topics:
            return None
        for _ in range(4):
            topic = rng.choices(self.topics, cum_weights=self.bounds)[0]
            if topic.at < second and not (topic.removed_at and topic.removed_at < second):
                return topic
        return None


def browse(world: World) -> None:
    """Page views of every session and of passing visitors, with the time each tab was visible."""
    rng = world.plan.stream("visits")
    shelves = _shelves(world)
    for session in world.sessions:
        _read(world, session, shelves[world.plan.day_number(session.start)], rng)
    for person in world.people:
        _look_around(world, person, shelves, rng)
    _pass_by(world, shelves, rng)
    world.visits.sort(key=lambda visit: visit.at)


def _shelves(world: World) -> list[Shelf]:
    """For each day the topics of the last weeks, those with talk on that day first, and some old ones."""
    plan = world.plan
    last_day: list[list[TopicDraft]] = [[] for _ in plan.days]
    for topic in world.topics:
        first = plan.day_number(topic.at)
        for day in {first, *(plan.day_number(post.at) for post in topic.posts[:60])}:
            last_day[day].append(topic)
    shelves = []
    for day in range(len(plan.days)):
        weights: dict[int, tuple[TopicDraft, float]] = {}
        for back in range(5):
            for topic in last_day[day - back] if day >= back else ():
                known = weights.get(id(topic), (topic, 0.0))[1]
                weights[id(topic)] = (topic, known + (0.4 + topic.appeal) * 0.55**back)
        rows = list(weights.values())
        shelves.append(Shelf(world, day, [t for t, _ in rows], list(accumulate(w for _, w in rows))))
    return shelves


def _read(world: World, session: Session, shelf: Shelf, rng: random.Random) -> None:
    person, (visitor, client) = session.person, session.person.devices[session.device]
    moments = [(max(session.start, at - rng.randint(15, 140)), topic) for at, topic in session.acts]
    room = max(1, session.seconds - 20)
    count = max(0, min(24, int(rng.expovariate(1 / (0.9 + session.seconds / 520)))) - len(moments))
    picked: list[tuple[int, TopicDraft | None]] = [(session.start, None)]
    for _ in range(count):
        second = session.start + 5 + int(rng.random() * room)
        picked.append((second, None if rng.random() < LIST_SHARE else shelf.pick(second, rng)))
    picked += moments
    picked.sort(key=lambda row: row[0])
    _leave(world, picked, session.end, person, visitor, client, rng)


def _leave(
    world: World,
    picked: list[tuple[int, TopicDraft | None]],
    end: int,
    person: Person | None,
    visitor: int,
    client: int,
    rng: random.Random,
    source: str = "",
    campaign: str = "",
) -> None:
    """Write the views of one stay; the tab shows each page until the next one or the end."""
    for place, (second, topic) in enumerate(picked):
        until = picked[place + 1][0] if place + 1 < len(picked) else end
        seen = min(max(2, until - second), 60 + int(rng.expovariate(1 / 70)))
        ms = int(seen * 1000 * rng.uniform(0.55, 1.0))
        board = topic.board if topic else (_board_of(person, rng) if place else "")
        visit = Visit(second, person, visitor, client, topic, board, ms)
        if not place:
            visit.source, visit.campaign = source, campaign
        if topic is not None:
            topic.views += 1
        world.visits.append(visit)


def _board_of(person: Person | None, rng: random.Random) -> str:
    if person is None or rng.random() < 0.5:
        return ""
    return rng.choices(list(person.boards), weights=list(person.boards.values()))[0]


def _look_around(world: World, person: Person, shelves: list[Shelf], rng: random.Random) -> None:
    """Before joining: the visit on which they sign up, often one or two earlier ones."""
    visitor, client = person.devices[0]
    start = person.joined - rng.randint(90, 900)
    _anonymous(world, start, visitor, client, shelves, rng, person.source, person.campaign, person.joined)
    for _ in range(int(rng.expovariate(1 / 0.9))):
        earlier = start - int(rng.uniform(0.2, 9) * 86400)
        _anonymous(world, earlier, visitor, client, shelves, rng, person.source, person.campaign)


def _pass_by(world: World, shelves: list[Shelf], rng: random.Random) -> None:
    """Visitors who never join; searches bring most of them, and they look at old topics too."""
    plan = world.plan
    weights = [
        plan.mood(day) * (0.3 + 1.6 * plan.progress(day)) + sum(row[0] for row in waves(plan, day)) * 0.35
        for day in range(len(plan.days))
    ]
    bounds = list(accumulate(weights))
    for _ in range(plan.members * VISITOR_SESSIONS_PER_MEMBER):
        day = rng.choices(range(len(weights)), cum_weights=bounds)[0]
        start = plan.midnights[day] + _hour(plan, day, rng)
        source, campaign = _origin(plan, day, rng)
        client = 2 if rng.random() < 0.7 else 1
        _anonymous(world, start, rng.getrandbits(62), client, shelves, rng, source, campaign)


def _hour(plan: Plan, day: int, rng: random.Random) -> int:
    bounds = FREE_BOUNDS if plan.days[day].weekday() >= 5 else WORK_BOUNDS
    return rng.choices(range(24), cum_weights=bounds)[0] * 3600 + int(rng.random() * 3600)


def _origin(plan: Plan, day: int, rng: random.Random) -> tuple[str, str]:
    rows = [(2.2, "搜索", ""), (0.8, "直接访问", ""), (0.5, "B站", ""), (0.4, "微博", ""), *waves(plan, day)]
    _, source, campaign = rng.choices(rows, weights=[row[0] for row in rows])[0]
    return source, campaign


def _anonymous(
    world: World,
    start: int,
    visitor: int,
    client: int,
    shelves: list[Shelf],
    rng: random.Random,
    source: str,
    campaign: str,
    end: int = 0,
) -> None:
    plan = world.plan
    if start < plan.midnights[0] or start + 60 > plan.now:
        return
    shelf = shelves[plan.day_number(start)]
    stay = end - start if end else int(rng.lognormvariate(4.3, 0.9)) + 5
    count = 1 + min(9, int(rng.expovariate(1 / 0.9)))
    seconds = sorted(start + int(rng.random() * stay * 0.9) for _ in range(count - 1))
    picked = [(start, shelf.pick(start, rng) if rng.random() < 0.72 else None)]
    picked += [(second, shelf.pick(second, rng) if rng.random() < 0.6 else None) for second in seconds]
    until = min(start + stay, plan.now)
    _leave(world, picked, until, None, visitor, client, rng, source, campaign)
