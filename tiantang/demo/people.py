"""Who comes, from where, how much they care and how long."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from itertools import accumulate

from tiantang.community.members.handles import ALLOWED
from tiantang.community.members.likeness import likeness
from tiantang.demo.accounts import PLAIN_MEMBER, TEAM
from tiantang.demo.grammar import Talk
from tiantang.demo.phrasebook import about_lines, common_bank, names, works
from tiantang.demo.plan import Plan
from tiantang.demo.voice import tidy
from tiantang.demo.world import Person, World

SOURCES = ("搜索", "B站", "微博", "朋友邀请", "直接访问")

KINDS: dict[str, tuple[float, tuple[float, float], float, tuple[float, float]]] = {
    # share of sign-ups, chance to come on a day, days they stay (median), how often they write
    "passer": (0.33, (0.15, 0.6), 2, (0.02, 0.3)),
    "reader": (0.28, (0.06, 0.24), 70, (0.01, 0.08)),
    "interactor": (0.20, (0.14, 0.42), 130, (0.08, 0.45)),
    "poster": (0.15, (0.28, 0.66), 280, (0.5, 2.4)),
    "pillar": (0.04, (0.70, 0.95), 900, (2.0, 6.0)),
}
BOARD_PULL = {
    "announcements": 0.1,
    "newcomers": 0.55,
    "suggestions": 0.25,
    "pixel-indie": 1.6,
    "action-souls": 1.3,
    "handheld": 0.9,
    "rhythm": 0.7,
    "online-worlds": 0.9,
    "tabletop": 0.5,
    "party-up": 0.45,
    "new-season": 2.0,
    "classics-films": 0.8,
    "manga-novels": 0.5,
    "voices-music": 0.4,
    "fan-art": 0.7,
    "guides": 0.8,
    "models": 0.35,
    "help": 1.2,
    "meetups": 0.3,
    "lounge": 1.0,
}
"""How much people are drawn to each board, before their own taste."""


def invite_people(world: World) -> None:
    """Sign-ups in waves, the team first."""
    plan = world.plan
    rng = plan.stream("people")
    nicknames = _nicknames(rng)
    days = _sign_up_days(plan, rng)
    world.people = [_person(plan, rng, number, day, next(nicknames)) for number, day in enumerate(days)]
    _appoint_team(world, rng)


def _sign_up_days(plan: Plan, rng: random.Random) -> list[int]:
    weights = [_pull(plan, day) * rng.uniform(0.6, 1.4) for day in range(len(plan.days))]
    if plan.now < plan.midnights[-1] + 86400 - 2:
        weights[-1] *= (plan.now - plan.midnights[-1]) / 86400
    bounds = list(accumulate(weights))
    chosen = rng.choices(range(len(weights)), cum_weights=bounds, k=plan.members - len(TEAM) - 1)
    return [0] * (len(TEAM) + 1) + sorted(chosen)


def _pull(plan: Plan, day: int) -> float:
    """How many sign up, compared with a plain early day."""
    pull = (1.0 + 1.3 * plan.progress(day)) * plan.mood(day)
    return pull + 9 * math.exp(-day / 9) + sum(strength for strength, _, _ in waves(plan, day))


def waves(plan: Plan, day: int) -> list[tuple[float, str, str]]:
    """Strength, source and campaign of the waves that reach a day."""
    last_month = plan.day_number(plan.midnights[-1]) - plan.until.day + 1
    listed = (
        (0, 14, 2.0, "朋友邀请", "开门"),
        (int(len(plan.days) * 0.22), 20, 3.2, "B站", "独立游戏周"),
        (int(len(plan.days) * 0.48), 16, 2.6, "微博", "新番导视"),
        (plan.release_day - 3, 34, 8.0, "B站", "雾港首发"),
        (plan.release_day + 6, 24, 2.6, "朋友邀请", "同车邀请"),
        (last_month - 17, 12, 3.4, "微博", "票根季"),
    )
    found = []
    for start, length, strength, source, campaign in listed:
        if start <= day < start + length:
            shape = 1 - abs((day - start) / length - 0.25)
            found.append((strength * shape, source, campaign))
    return found


def _person(plan: Plan, rng: random.Random, number: int, day: int, handle: str) -> Person:
    kind = rng.choices(list(KINDS), weights=[row[0] for row in KINDS.values()])[0]
    source, campaign = _source(plan, rng, day)
    if campaign == "雾港首发" and kind == "poster" and rng.random() < 0.35:
        kind = "passer"
    _, (low, high), stay, (quiet, loud) = KINDS[kind]
    joined = plan.midnights[day] + int(rng.triangular(7 * 3600, 86399, 21 * 3600))
    if joined > plan.now:
        joined = plan.now - rng.randrange(600, 5400)
    language = rng.choices(("zh", "en", "ja"), weights=(95.5, 2.5, 2))[0]
    person = Person(
        number=number,
        handle=handle,
        kind=kind,
        joined=joined,
        source=source,
        campaign=campaign,
        region=rng.choice(names()["regions"]) if rng.random() < 0.62 else "",
        language=language,
        about="",
        rate=rng.uniform(low, high),
        talk=rng.uniform(quiet, loud) * rng.paretovariate(2.2),
        warmth=rng.uniform(0.2, 1.8) * (1.5 if kind == "interactor" else 1.0),
        night=rng.betavariate(1.6, 3.2),
        boards=_boards(rng),
        spans=_spans(plan, rng, day, stay),
        devices=_devices(rng),
    )
    if kind != "passer" and rng.random() < 0.4:
        person.about = _about(person, rng)
    return person


def _source(plan: Plan, rng: random.Random, day: int) -> tuple[str, str]:
    plain = [
        (0.9, "搜索", ""),
        (0.5, "朋友邀请", ""),
        (0.4, "直接访问", ""),
        (0.45, "B站", ""),
        (0.3, "微博", ""),
    ]
    listed = plain + waves(plan, day)
    _, source, campaign = rng.choices(listed, weights=[row[0] for row in listed])[0]
    return source, campaign


def _boards(rng: random.Random) -> dict[str, float]:
    loved = rng.choices(list(BOARD_PULL), weights=list(BOARD_PULL.values()), k=rng.randint(2, 4))
    return {board: pull * (7.0 if board in loved else 0.6) for board, pull in BOARD_PULL.items()}


def _spans(plan: Plan, rng: random.Random, day: int, stay: float) -> list[tuple[int, int]]:
    """Days from which to which they care: one stretch, sometimes a second after a long pause."""
    length = max(1, int(rng.lognormvariate(math.log(stay), 0.8)))
    spans = [(day, day + length)]
    if stay > 2 and rng.random() < 0.3:
        back = day + length + rng.randint(25, 140)
        spans.append((back, back + max(10, length // 2)))
    if day + length < plan.release_day and rng.random() < 0.16:
        spans.append((plan.release_day - 1, plan.release_day + rng.randint(8, 70)))
    return spans


def _devices(rng: random.Random) -> list[tuple[int, int]]:
    """Browser numbers and client kinds: 1 desktop, 2 phone."""
    first = (rng.getrandbits(62), 2 if rng.random() < 0.68 else 1)
    return [first, (rng.getrandbits(62), 3 - first[1])] if rng.random() < 0.35 else [first]


def _about(person: Person, rng: random.Random) -> str:
    """What they say of themselves: of works they know and of the town they said they live in."""
    chosen = rng.sample(works(), 2)
    bank = {"work": chosen[0].bank["work"] + chosen[1].bank["work"], "char": chosen[0].bank["char"]}
    if person.region:
        bank["home"] = ((person.region.split()[-1],),)
    fitting = [line for line in about_lines() if person.region or not line.needs]
    return tidy(Talk(bank, common_bank()).tell(rng.choice(fitting), rng), "zh")


def _nicknames(rng: random.Random) -> Iterator[str]:
    """Endless different nicknames, as people choose them."""
    part = names()
    taken = {likeness(handle) for handle in (*(handle for handle, _ in TEAM), PLAIN_MEMBER)}
    whole = [name for name in part["whole"] if likeness(name) not in taken]
    rng.shuffle(whole)
    while True:
        name = _nickname(rng, part, whole)
        look = likeness(name)
        if look not in taken and ALLOWED.fullmatch(name) and 2 <= len(name) <= 24:
            taken.add(look)
            yield name


def _nickname(rng: random.Random, part: dict[str, list[str]], whole: list[str]) -> str:
    draw = rng.random()
    if draw < 0.12 and whole:
        return whole.pop()
    if draw < 0.66:
        return rng.choice(part["before"]) + rng.choice(part["after"])
    if draw < 0.74:
        return rng.choice(part["after"]) + rng.choice(
            ("不加班", "今天也在", "本人", "同学", "二号机", "的壳", "收集中", "日记")
        )
    if draw < 0.94:
        return _latin(rng, part)
    return rng.choice(part["japanese"]) + rng.choice(("", "", "2", "07", "_v"))


def _latin(rng: random.Random, part: dict[str, list[str]]) -> str:
    name = rng.choice(part["latin"])
    if rng.random() < 0.35:
        name += rng.choice(("_", "")) + rng.choice(part["latin"])
    name = name.capitalize() if rng.random() < 0.3 else name
    return name + rng.choice(part["latin_after"]) if rng.random() < 0.6 else name


def _appoint_team(world: World, rng: random.Random) -> None:
    """The first people are the team; three members become moderators later; one is the sample member."""
    plan = world.plan
    for person, (handle, role) in zip(world.people, TEAM, strict=False):
        _make_pillar(person, rng, handle, plan)
        since = person.joined + 3600
        if role == "moderator":
            since = plan.midnights[rng.randint(30, 90)] + 20 * 3600
        person.roles = [(role, since)]
    _make_pillar(world.people[len(TEAM)], rng, PLAIN_MEMBER, plan)


def _make_pillar(person: Person, rng: random.Random, handle: str, plan: Plan) -> None:
    person.handle = handle
    person.kind = "pillar"
    person.language = "zh"
    person.rate = rng.uniform(0.8, 0.95)
    person.talk = rng.uniform(1.6, 3.0)
    person.spans = [(0, len(plan.days))]
    person.source, person.campaign = "直接访问", ""
    person.joined = plan.midnights[0] + 9 * 3600 + person.number * 700
