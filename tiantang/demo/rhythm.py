"""When people are on the site: evenings, weekends, holidays, and the hour each of them keeps."""

from __future__ import annotations

import random
from itertools import accumulate

from tiantang.demo.plan import Plan
from tiantang.demo.world import Person, Session, World

WORKDAY = (6, 3, 2, 1, 1, 1, 3, 7, 9, 7, 6, 7, 13, 11, 6, 6, 6, 8, 11, 14, 19, 23, 21, 13)
FREE_DAY = (10, 6, 3, 2, 1, 1, 2, 4, 7, 10, 12, 12, 12, 13, 14, 15, 15, 14, 13, 15, 19, 22, 21, 15)
NIGHT = (22, 18, 12, 7, 3, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 4, 5, 8, 12, 17, 22, 25)
"""Weight of each hour of the day: on workdays, on free days, and for night owls."""


def keep_hours(world: World) -> None:
    """Every person's sessions, in the order of time; also who comes to sign in anew."""
    plan = world.plan
    rng = plan.stream("rhythm")
    moods = [plan.mood(day) for day in range(len(plan.days))]
    for person in world.people:
        _first_visit(world, person, rng)
        for first, last in person.spans:
            _stretch(world, person, rng, moods, first, last)
    world.sessions.sort(key=lambda session: session.start)
    _sign_ins(world, rng)


def _first_visit(world: World, person: Person, rng: random.Random) -> None:
    seconds = min(rng.randint(200, 1500), world.plan.now - person.joined)
    read = person.joined + rng.randint(20, 180)
    if rng.random() < (0.5 if person.kind == "passer" else 0.86) and read < world.plan.now:
        person.rules_at = read
    world.sessions.append(Session(person, person.joined, max(seconds, 60), 0))


def _stretch(
    world: World, person: Person, rng: random.Random, moods: list[float], first: int, last: int
) -> None:
    plan = world.plan
    for day in range(first, min(last, len(plan.days) - 1) + 1):
        settled = 1.0 + 0.8 * 0.85 ** (day - first)
        if rng.random() < min(0.98, person.rate * moods[day] * settled):
            for _ in range(1 if rng.random() < 0.7 else rng.randint(2, 3)):
                _session(world, person, rng, day)


def _session(world: World, person: Person, rng: random.Random, day: int) -> None:
    plan = world.plan
    start = plan.midnights[day] + _second_of_day(plan, person, rng, day)
    if start <= person.joined + 1800 or start + 90 > plan.now:
        return
    seconds = min(int(rng.lognormvariate(5.9, 0.9)), 7200, plan.now - start)
    device = rng.randrange(len(person.devices)) if rng.random() < 0.4 else 0
    world.sessions.append(Session(person, start, max(seconds, 45), device))


def _second_of_day(plan: Plan, person: Person, rng: random.Random, day: int) -> int:
    if rng.random() < person.night * 0.7:
        bounds = NIGHT_BOUNDS
    else:
        bounds = FREE_BOUNDS if plan.days[day].weekday() >= 5 else WORK_BOUNDS
    hour = rng.choices(range(24), cum_weights=bounds)[0]
    return hour * 3600 + int(rng.random() * 3600)


def _sign_ins(world: World, rng: random.Random) -> None:
    """A cookie lasts about two months; some people sign out before."""
    due: dict[int, int] = {}
    for session in world.sessions:
        number = session.person.number
        if session.start >= due.get(number, 0):
            if number in due:
                world.sign_ins.append(session)
            due[number] = session.start + rng.randint(9, 60) * 86400
        session.person.last_seen = max(session.person.last_seen, session.end)


WORK_BOUNDS = list(accumulate(WORKDAY))
FREE_BOUNDS = list(accumulate(FREE_DAY))
NIGHT_BOUNDS = list(accumulate(NIGHT))
