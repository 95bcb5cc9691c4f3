"""When people write: the hours of the week, and in a few days the hours of the day."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import pgettext

from tiantang.metrics import query
from tiantang.summary.chapters.draft import Draft
from tiantang.summary.document import ChartBlock, Statement
from tiantang.summary.facts import SMALL, Facts
from tiantang.summary.narrative import percent
from tiantang.summary.plots import hours_chart, hours_map, long_weekdays
from tiantang.ui.charts.numbers import plain

LATE = range(6)
"""Hours that count as deep night."""
WEEK = 7
"""Fewer days than these have no hours of the week to compare."""


def busy_hours(facts: Facts) -> Draft | None:
    """When people wrote; nothing where too little was written to say."""
    means = query.weekly_hours("posts", facts.counted)
    days = facts.counted.weekdays()
    by_hour = {h: sum(means.get((d, h), 0) * days[d] for d in range(7)) for h in range(24)}
    if sum(by_hour.values()) < SMALL:
        return None
    short = facts.counted.days < WEEK
    chart = hours_chart(facts, by_hour) if short else hours_map(facts, means)
    statements = (_stretch(by_hour), *_weekend(means, days), _night(by_hour))
    return Draft(
        pgettext("summary section", "Participation"),
        _day_title(by_hour) if short else _week_title(means),
        ChartBlock(chart, statements),
        [facts.cite("posts")],
    )


def _week_title(means: Mapping[tuple[int, int], float]) -> str:
    day, hour = max(means, key=lambda key: means[key])
    text = pgettext("summary title", "{weekday} at {hour}:00 is the busiest hour of the week")
    return text.format(weekday=long_weekdays()[day], hour=hour)


def _day_title(by_hour: Mapping[int, float]) -> str:
    hour = max(by_hour, key=lambda key: by_hour[key])
    return pgettext("summary title", "{hour}:00 was the busiest hour").format(hour=hour)


def _stretch(by_hour: Mapping[int, float]) -> Statement:
    """The three busiest hours in a row, across midnight too."""
    total = sum(by_hour.values())
    best = max(range(24), key=lambda h: sum(by_hour[(h + step) % 24] for step in range(3)))
    stretch = sum(by_hour[(best + step) % 24] for step in range(3))
    return Statement(
        pgettext("summary statement", "{start}:00–{end}:00 holds {share} of the posts").format(
            start=best, end=(best + 3) % 24 or 24, share=percent(round(stretch / total, 2))
        ),
        pgettext("summary statement", "The three busiest hours in a row, with {n} of {all} posts.").format(
            n=plain(stretch), all=plain(total)
        ),
    )


def _weekend(means: Mapping[tuple[int, int], float], days: tuple[int, ...]) -> tuple[Statement, ...]:
    """The weekend's share beside its share of the days; nothing where only one kind of day is there."""
    if not sum(days[:5]) or not sum(days[5:]):
        return ()
    total = sum(value * days[d] for (d, _), value in means.items())
    weekend = sum(value * days[d] for (d, _), value in means.items() if d >= 5)
    return (
        Statement(
            pgettext("summary statement", "Weekends hold {share}").format(
                share=percent(round(weekend / total, 2))
            ),
            pgettext("summary statement", "Of the days {share} were Saturdays and Sundays.").format(
                share=percent(round(sum(days[5:]) / sum(days), 2))
            ),
        ),
    )


def _night(by_hour: Mapping[int, float]) -> Statement:
    late, total = sum(by_hour[h] for h in LATE), sum(by_hour.values())
    return Statement(
        pgettext("summary statement", "{share} is written between midnight and six").format(share=percent(round(late / total, 2))),
        pgettext("summary statement", "{n} posts; a quarter of the day would hold 25% if every hour were alike.").format(n=plain(late)),
    )  # fmt: skip
