"""Who opens which topic, when, and how much it will draw people in."""

from __future__ import annotations

import math
import random
from collections import defaultdict, deque
from itertools import accumulate

from tiantang.community.members.models import DUTIES
from tiantang.demo.grammar import GrammarError
from tiantang.demo.phrasebook import Kind, Work, kinds
from tiantang.demo.plan import Plan
from tiantang.demo.seasons import board_trend, kind_weight, suits_board, work_weights
from tiantang.demo.voice import new_talk, write_opening, write_title
from tiantang.demo.world import NEVER, PostDraft, Session, TopicDraft, World

NEW_FOR = 9 * 86400
"""Seconds after joining during which people introduce themselves."""
OPENING_SHARE = 0.135
"""Opening posts among all posts."""


def open_topics(world: World) -> None:
    """Choose sessions by how much their people write, and let each open one topic."""
    plan = world.plan
    rng = plan.stream("topics")
    recent: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=16))
    for session, second in _moments(world, rng):
        topic = _topic(world, session, second, rng, recent)
        session.acts.append((second, topic))
        world.topics.append(topic)
    world.topics.sort(key=lambda topic: topic.at)


def _moments(world: World, rng: random.Random) -> list[tuple[Session, int]]:
    wanted = int(world.plan.posts * OPENING_SHARE)
    writers = [session for session in world.sessions if session.start - session.person.joined >= 0]
    weights = [
        (session.person.talk**0.8 + 0.02) * (0.4 if session.person.language == "en" else 1.0)
        for session in writers
    ]
    chosen: dict[int, int] = {}
    bounds = list(accumulate(weights))
    while len(chosen) < wanted:
        number = rng.choices(range(len(writers)), cum_weights=bounds)[0]
        session = writers[number]
        second = session.start + int(session.seconds * rng.uniform(0.3, 0.95))
        chosen.setdefault(number, second)
    return [(writers[number], second) for number, second in sorted(chosen.items(), key=lambda row: row[1])]


def _topic(
    world: World, session: Session, second: int, rng: random.Random, recent: dict[str, deque[int]]
) -> TopicDraft:
    plan = world.plan
    day = plan.day_number(second)
    hour = (second - plan.midnights[day]) // 3600
    for _ in range(12):
        board, kind, work = _subject(plan, session, day, hour, rng)
        talk = new_talk(world, kind, work, second)
        if title := write_title(world, talk, kind, rng, recent[board]):
            break
    title = title or work.name
    terse = rng.random() < 0.3
    source = write_opening(world, talk, kind, rng, terse)
    topic = TopicDraft(
        author=session.person,
        board=board,
        kind=kind,
        work=work,
        talk=talk,
        title=title,
        at=second,
        appeal=rng.lognormvariate(0, 1.15) * kind.heat * (1.35 if day - plan.release_day in range(20) else 1),
        opens_at=_opens_at(plan, board, kind, second, day, hour, rng),
        half_life=rng.lognormvariate(math.log(1.3 * 86400), 0.7),
        is_question=kind.question,
        tags=_tags(kind, work, rng),
    )
    topic.posts.append(PostDraft(topic, 1, session.person, second, source))
    session.person.wrote_at = min(session.person.wrote_at, second)
    return topic


def _subject(plan: Plan, session: Session, day: int, hour: int, rng: random.Random) -> tuple[str, Kind, Work]:
    catalogue = kinds()
    likes = session.person.boards
    duty = 40.0 if _of_the_team(session) else 0.0
    pull = [
        likes[board] * board_trend(plan, board, day, hour) * _entitled(session, board, duty)
        if _spoken(catalogue[board], session.person.language)
        else 0.0
        for board in catalogue
    ]
    for _ in range(100):
        board = rng.choices(list(catalogue), weights=pull)[0]
        fitting = _spoken(catalogue[board], session.person.language)
        weights = [kind_weight(plan, kind, day) for kind in fitting]
        if not any(weights):
            continue
        kind = rng.choices(fitting, weights=weights)[0]
        listed = [row for row in work_weights(plan, kind, day) if suits_board(plan, board, row[0], day)]
        if listed:
            return board, kind, rng.choices([w for w, _ in listed], weights=[x for _, x in listed])[0]
    raise GrammarError(f"Nothing to talk about on {plan.days[day]}: add a kind of talk that is always there.")


def _entitled(session: Session, board: str, duty: float) -> float:
    """Announcements are for the team, introductions for those who have just come; the rest is everybody's."""
    if board == "newcomers":
        return 9.0 if session.start - session.person.joined < NEW_FOR else 0.0
    return duty if board == "announcements" else 1.0


def _of_the_team(session: Session) -> bool:
    """Announcements are written by those who hold a duty then; volunteer moderators hold none."""
    return any(role in DUTIES and since <= session.start for role, since in session.person.roles)


def _spoken(listed: tuple[Kind, ...], language: str) -> list[Kind]:
    """Who came for English talk opens topics in English; everybody else writes Chinese."""
    wanted = "en" if language == "en" else "zh"
    return [kind for kind in listed if kind.language == wanted]


def _opens_at(
    plan: Plan, board: str, kind: Kind, second: int, day: int, hour: int, rng: random.Random
) -> int:
    """The first second at which anybody answers; some topics never find one.

    Questions about hardware asked at night go unheard more and more towards the end of the story.
    """
    never, patience = 0.04 + 0.025 * kind.question, 1300.0
    if board == "help" and (hour >= 22 or hour < 6):
        late = max(0.0, plan.progress(day) - 0.6) / 0.4
        never, patience = never + 0.05 + 0.42 * late, patience * (1 + 4 * late)
    if rng.random() < never:
        return NEVER
    if rng.random() < 0.045:
        return second + int(rng.uniform(3.1, 12) * 86400)
    return second + int(rng.lognormvariate(math.log(patience), 1.1))


def _tags(kind: Kind, work: Work, rng: random.Random) -> list[str]:
    tags = [rng.choice(kind.tags)] if kind.tags and rng.random() < 0.8 else []
    if kind.works and rng.random() < 0.75:
        tags.append(work.name.strip("《》"))
    return tags
