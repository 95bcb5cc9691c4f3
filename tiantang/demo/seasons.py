"""What is talked about when: releases, seasons of series, boards that grow and shrink."""

from __future__ import annotations

from tiantang.demo.grammar import Phrase
from tiantang.demo.phrasebook import Kind, Work, works
from tiantang.demo.plan import Plan, shift_month

RELEASE = "《雾港列车》"
MEDIA = ("anime", "table")


def first_day_of(plan: Plan, work: Work) -> int:
    """Day number on which a work appears, 0 for those that were always there; negative before the story."""
    if work.name == RELEASE:
        return plan.release_day
    if work.begins is None:
        return 0
    first = shift_month(plan.until.replace(day=1), work.begins)
    return (first - plan.first_day).days + 5


def episode_of(plan: Plan, work: Work, day: int) -> int:
    """The newest episode on a day, 0 when the series is not running."""
    since = day - first_day_of(plan, work)
    episode = since // 7 + 1
    return episode if since >= 0 and 1 <= episode <= work.episodes and work.begins is not None else 0


def version_of(plan: Plan, work: Work, day: int) -> Phrase:
    """The version people have on a day: a work moves through its versions, never back."""
    listed = work.bank.get("version", ())
    first = max(0, first_day_of(plan, work))
    share = (day - first) / max(1, len(plan.days) - first)
    return listed[min(len(listed) - 1, int(max(0.0, share) * len(listed)))] if listed else ()


def suits_board(plan: Plan, board: str, work: Work, day: int) -> bool:
    """Running series are talked of in the room of this season, finished ones among the classics."""
    if "anime" not in work.kinds or board not in ("new-season", "classics-films"):
        return True
    running = -7 <= day - first_day_of(plan, work) <= work.episodes * 7 + 45
    return running == (board == "new-season")


def board_trend(plan: Plan, board: str, day: int, hour: int) -> float:
    """How much a board is talked in on a day at an hour, compared with its usual share."""
    progress = plan.progress(day)
    after_release = 0 <= day - plan.release_day < 60
    factors = {
        "tabletop": 2.1 - 1.85 * max(0.0, progress - 0.35) / 0.65,
        "pixel-indie": 1.0 + (0.5 if after_release else 0.0),
        "guides": 1.0 + (0.7 if after_release else 0.0),
        "help": 0.75 + 0.9 * progress + (0.5 if hour >= 22 or hour < 4 else 0.0),
        "new-season": 0.9 + (0.7 if plan.quarrel[0] <= day <= plan.quarrel[1] else 0.0),
        "newcomers": 2.2 if day < 20 else 1.0,
        "meetups": 1.5 if plan.days[day].weekday() in (2, 3) else 0.8,
    }
    return factors.get(board, 1.0)


def kind_weight(plan: Plan, kind: Kind, day: int) -> float:
    """How likely a kind of talk is on a day; 0 outside its part of the story."""
    first, last = plan.quarrel
    since = day - plan.release_day
    if kind.when == "quarrel":
        return kind.weight if first <= day <= last else 0.0
    if kind.when == "launch":
        return kind.weight * (1.0 if since < 14 else 0.4) if 0 <= since < 50 else 0.0
    if kind.when == "before":
        return kind.weight if -75 <= since < 0 else 0.0
    if kind.when == "opening":
        return kind.weight if day < 25 else 0.0
    return kind.weight


def work_weights(plan: Plan, kind: Kind, day: int) -> list[tuple[Work, float]]:
    """The works a kind of talk may be about on a day, with their weights."""
    found = []
    for work in works():
        if kind.works and not kind.works & work.kinds:
            continue
        if kind.when in ("launch", "before") and work.name != RELEASE:
            continue
        since = day - first_day_of(plan, work)
        if since < 0 and kind.when != "before":
            continue
        running = episode_of(plan, work, day)
        if (kind.when == "airing" and not running) or (kind.when == "ended" and running):
            continue
        fresh = 1.0 + (3.0 * 0.97**since if work.begins is not None else 0.0)
        found.append((work, work.weight * fresh * (2.0 if running else 1.0)))
    return found


def neighbours(plan: Plan, work: Work, day: int) -> list[Work]:
    """Other works of the same medium that are out by then."""
    medium = {name for name in MEDIA if name in work.kinds}
    return [
        other
        for other in works()
        if other is not work
        and {name for name in MEDIA if name in other.kinds} == medium
        and first_day_of(plan, other) <= day
    ]
