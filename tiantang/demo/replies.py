"""Who answers what: people meet the talk of their days, drawn by what they like and what is lively."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate

from tiantang.demo.speech import mark_of, marks_fit, quote_of, write_reply
from tiantang.demo.world import Person, PostDraft, Session, TopicDraft, World

REFRESH = 5400
"""Seconds after which the liveliness of topics is looked at again."""
FULL = 38
"""Replies after which a topic slowly loses its pull: by then most has been said."""
FORGOTTEN = 12 * 86400
"""Seconds after which authors come back no more to what they wrote."""
WAITING = ("spam", "rude", "spoiler", "off_topic", "copying", "rude")
LATEST = 70
"""What waits in the review queue at the end, and among how many of the latest replies it is."""

Slot = tuple[int, Person, TopicDraft, Session]


class Pool:
    """The topics of the day with their pull; refreshed as time goes on."""

    def __init__(self, topics: list[TopicDraft]) -> None:
        self.topics = topics
        self.starts = [topic.at for topic in topics]
        self.known = 0
        self.fresh_at = 0
        self.answered: dict[int, int] = defaultdict(int)
        self.live: list[TopicDraft] = []
        self.bounds: list[float] = []

    def at(self, second: int) -> bool:
        """Bring the pool up to a second; False while there is nothing to talk about."""
        if second >= self.fresh_at:
            self.fresh_at = second + REFRESH
            upto = bisect_right(self.starts, second + REFRESH)
            self.live += self.topics[self.known : upto]
            self.known = upto
            kept = [(topic, self._pull(topic, second)) for topic in self.live]
            kept = [row for row in kept if row[1] > 0.004 or row[0].opens_at > second]
            self.live = [topic for topic, _ in kept]
            self.bounds = list(accumulate(pull for _, pull in kept))
        return bool(self.live) and self.bounds[-1] > 0

    def _pull(self, topic: TopicDraft, second: int) -> float:
        if topic.opens_at > second + REFRESH:
            return 0.0
        waited = max(0, second - max(topic.at, topic.opens_at))
        first_answer = 11.0 if not self.answered[id(topic)] else 1.0
        crowd = 1 + 0.035 * min(self.answered[id(topic)], 60)
        crowd *= math.exp(-max(0, self.answered[id(topic)] - FULL) / 20)
        return topic.appeal * first_answer * crowd * math.exp(-waited / topic.half_life)


def answer_topics(world: World) -> None:
    """Fill the community with replies until it holds as many posts as were asked for."""
    rng = world.plan.stream("replies")
    wanted = world.plan.posts - len(world.topics)
    slots: list[Slot] = []
    for _ in range(4):
        missing = wanted - len(slots)
        if missing <= 0:
            break
        slots = _spaced(slots + _slots(world, rng, int(missing * 1.1) + 20), rng)
    if len(slots) > wanted:
        slots = rng.sample(slots, wanted)
    slots.sort(key=lambda slot: slot[0])
    _write(world, slots, world.plan.stream("words"))


def _spaced(slots: list[Slot], rng: random.Random) -> list[Slot]:
    """Hardly anybody answers themselves: drop replies that follow one by the same person."""
    last: dict[int, Person] = {}
    kept: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: slot[0]):
        _, person, topic, _ = slot
        if last.get(id(topic), topic.author) is not person or rng.random() < 0.04:
            kept.append(slot)
            last[id(topic)] = person
    return kept


def _slots(world: World, rng: random.Random, wanted: int) -> list[Slot]:
    scale = wanted * 1.12 / sum(_talk(session.person) for session in world.sessions)
    pool = Pool(world.topics)
    own: dict[int, list[TopicDraft]] = defaultdict(list)
    found: list[Slot] = []
    for session in world.sessions:
        person = session.person
        if not pool.at(session.start):
            continue
        for _ in range(_count(_talk(person) * scale, rng)):
            second = session.start + 30 + int(rng.random() * max(1, session.seconds - 30))
            topic = _choose(pool, own[person.number], person, second, rng)
            if topic is None or second > world.plan.now:
                continue
            if topic.author is not person:
                own[topic.author.number] = [*own[topic.author.number][-2:], topic]
            pool.answered[id(topic)] += 1
            found.append((second, person, topic, session))
    return found


def _talk(person: Person) -> float:
    return min(person.talk, 9.0)


def _count(mean: float, rng: random.Random) -> int:
    """How many replies in one stay: a Poisson draw."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def _choose(
    pool: Pool, own: list[TopicDraft], person: Person, second: int, rng: random.Random
) -> TopicDraft | None:
    if own and rng.random() < 0.30:
        topic = own.pop(rng.randrange(len(own)))
        if topic.opens_at + 600 < second < topic.at + FORGOTTEN:
            return topic
    best = max(person.boards.values())
    for _ in range(7):
        topic = rng.choices(pool.live, cum_weights=pool.bounds)[0]
        if topic.opens_at > second or topic.author is person:
            continue
        if _abroad(person, topic) and rng.random() > 0.2:
            continue
        if rng.random() < 0.12 + person.boards[topic.board] / best:
            return topic
    return None


def _abroad(person: Person, topic: TopicDraft) -> bool:
    """English speakers mostly stay where English is spoken."""
    return person.language == "en" and topic.kind.language != "en"


def _write(world: World, slots: list[Slot], rng: random.Random) -> None:
    wrong = _last_wrongs(world, slots, rng)
    for number, (second, person, topic, session) in enumerate(slots):
        if person is topic.author and len(topic.posts) < 2:
            topic.opens_at = min(topic.opens_at, second)
        mark = wrong.get(number) or mark_of(topic, person, rng)
        said = write_reply(world, topic, person, second, mark, rng)
        post = PostDraft(topic, len(topic.posts) + 1, person, second, said.text, said.quoted)
        post.quote = quote_of(said.quoted) if said.quoted else ""
        post.mark, post.solid = mark, said.solid
        topic.posts.append(post)
        person.wrote_at = min(person.wrote_at, second)
        session.acts.append((second, topic))
        if number in wrong:
            world.waiting.append(post)
    world.posts = [post for topic in world.topics for post in topic.posts]
    world.posts.sort(key=lambda post: (post.at, post.topic.at, post.number))


def _last_wrongs(world: World, slots: list[Slot], rng: random.Random) -> dict[int, str]:
    """Which of the last replies will wait in the review queue, and what is wrong with each."""
    found: dict[int, str] = {}
    numbers = list(range(max(0, len(slots) - LATEST), len(slots)))
    for mark in WAITING:
        fitting = [n for n in numbers if n not in found and marks_fit(slots[n][2], slots[n][1], mark)]
        fitting = [n for n in fitting if slots[n][0] < world.plan.now - 900] or fitting
        if fitting:
            found[rng.choice(fitting)] = mark
    return found
