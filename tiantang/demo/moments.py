"""What the hour and the season put into people's mouths, and which lines they allow."""

from __future__ import annotations

from functools import cache

from tiantang.demo.grammar import Phrase
from tiantang.demo.phrasebook import Kind, Work
from tiantang.demo.plan import Plan
from tiantang.demo.seasons import episode_of

CIRCUMSTANCES = frozenset(
    (
        *("night", "evening", "cold", "winter", "hot", "workday", "weekend"),
        *("asks", "tells", "guides", "fights", "notices", "greets"),
        *("airing", "ended", "episode", "farm", "game", "anime"),
        *("answered", "crowd", "late", "maiden"),
    )
)
"""Keys nobody brings up: they hold by the hour, by the kind of talk or by what went on in it."""

ALL_YEAR = ("泡面", "关东煮", "速冻饺子", "一碗螺蛳粉", "薯片", "煎饺", "炒饭")
SUMMER = ("半个西瓜", "冰粉", "凉面", "冰棍")
WINTER = ("烤红薯", "糖炒栗子", "热汤面")

MANNERS = {"notice": "notices", "suggest": "notices", "hello": "greets"}
"""Kinds of talk that have a manner of their own."""

Bank = dict[str, tuple[Phrase, ...]]


def moment_of(plan: Plan, second: int) -> Bank:
    """The words for just now and for what one eats, at a second."""
    day = plan.day_number(second)
    hour = (second - plan.midnights[day]) // 3600
    return _moment(plan.days[day].weekday(), hour, plan.days[day].month)


@cache
def _moment(weekday: int, hour: int, month: int) -> Bank:
    snacks = ALL_YEAR + (SUMMER if 6 <= month <= 9 else ()) + (WINTER if month in (11, 12, 1, 2) else ())
    return {
        "when": tuple((word,) for word in _when(weekday, hour)),
        "snack": tuple((word,) for word in snacks),
    }


def _when(weekday: int, hour: int) -> list[str]:
    """How one speaks of some hours ago, without contradicting the clock or the calendar."""
    found = ["前两天", "前天晚上"]
    if hour < 5:
        found += ["今晚", "刚刚"]
    else:
        found += ["昨晚", "昨晚"] + (["刚刚"] if hour >= 10 else [])
    if weekday in (0, 1, 2):
        found.append("周末")
    if weekday in (5, 6) and hour >= 17:
        found.append("今天下午")
    if weekday < 5 and hour >= 20:
        found.append("今天下班后")
    if 1 <= weekday <= 5 and hour >= 5:
        found.append("昨天下班后")
    return found


def circumstances(plan: Plan, kind: Kind, work: Work, second: int) -> set[str]:
    """Which of CIRCUMSTANCES hold for a kind of talk at a second."""
    day = plan.day_number(second)
    return {
        _manner(kind),
        "airing" if episode_of(plan, work, day) else "ended",
        *({kind.key, *work.kinds} & {"episode", "farm", "anime"}),
        *(("game",) if not {"anime", "table"} & work.kinds else ()),
        *_hour_keys(plan.days[day].weekday(), (second - plan.midnights[day]) // 3600, plan.days[day].month),
    }


def _manner(kind: Kind) -> str:
    if kind.when == "quarrel":
        return "fights"
    if kind.key in MANNERS:
        return MANNERS[kind.key]
    if kind.key.startswith("guide"):
        return "guides"
    return "asks" if kind.question else "tells"


@cache
def _hour_keys(weekday: int, hour: int, month: int) -> frozenset[str]:
    held = {
        "night": hour >= 23 or hour < 5,
        "evening": 18 <= hour < 24,
        "workday": weekday < 5,
        "weekend": weekday >= 5,
        "cold": month in (11, 12, 1, 2, 3),
        "winter": month in (12, 1, 2),
        "hot": 6 <= month <= 9,
    }
    return frozenset(key for key, holds in held.items() if holds)
