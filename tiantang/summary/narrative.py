"""Sentences made from figures: direction, size, comparison. Honest where there is little or nothing to say.

Every sentence exists in both languages as if it were the original; the catalogue holds the Chinese.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import get_language, npgettext, pgettext

from tiantang.dashboards.reading import change_size, direction, mood_of
from tiantang.metrics.periods import Period
from tiantang.metrics.query import Figure
from tiantang.metrics.registry import METRICS
from tiantang.summary.document import Delta, Tone
from tiantang.summary.facts import SMALL, Facts
from tiantang.summary.wording import value_text
from tiantang.ui.charts.numbers import NOTHING, format_value, plain, share

HAN = 0x2E80
"""Signs from here on are Chinese or Japanese."""
NEW_YEAR = {
    2008: (2, 7), 2009: (1, 26), 2010: (2, 14), 2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31),
    2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12),
    2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26),
    2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
    2036: (1, 28), 2037: (2, 15), 2038: (2, 4), 2039: (1, 24), 2040: (2, 12),
}  # fmt: skip
"""The first day of the lunar year, by calendar year."""
FESTIVAL_ZONES = frozenset(
    f"Asia/{city}"
    for city in ("Shanghai", "Chongqing", "Urumqi", "Hong_Kong", "Macau", "Taipei", "Singapore")
)


def short_name(metric: str) -> str:
    """The metric as a sentence calls it."""
    names = {
        "dau": pgettext("summary metric", "daily actives"),
        "wau": pgettext("summary metric", "weekly actives"),
        "mau": pgettext("summary metric", "monthly actives"),
        "stickiness": pgettext("summary metric", "stickiness"),
        "active_members": pgettext("summary metric", "active members"),
        "contributing_members": pgettext("summary metric", "members who posted"),
        "engaged_members": pgettext("summary metric", "members who took part"),
        "new_members": pgettext("summary metric", "new members"),
        "retention": pgettext("summary metric", "first-week return"),
        "sessions": pgettext("summary metric", "sessions"),
        "time_on_site": pgettext("summary metric", "time per session"),
        "visit_depth": pgettext("summary metric", "pages per session"),
        "visits": pgettext("summary metric", "page views"),
        "topics": pgettext("summary metric", "topics"),
        "posts": pgettext("summary metric", "posts"),
        "replies": pgettext("summary metric", "replies"),
        "comments": pgettext("summary metric", "comments"),
        "likes": pgettext("summary metric", "likes"),
        "shares": pgettext("summary metric", "shares"),
        "bookmarks": pgettext("summary metric", "bookmarks"),
        "reply_rate": pgettext("summary metric", "reply rate"),
        "unanswered_rate": pgettext("summary metric", "unanswered rate"),
        "time_to_first_response": pgettext("summary metric", "time to the first reply"),
        "time_to_first_response_p90": pgettext("summary metric", "nine of ten replied within"),
        "report_rate": pgettext("summary metric", "report rate"),
        "report_validity": pgettext("summary metric", "upheld reports"),
        "interaction_rate": pgettext("summary metric", "interactions per reader"),
        "funnel": pgettext("summary metric", "visitor conversion"),
        "returning_members": pgettext("summary metric", "returning members"),
        "resurrecting_members": pgettext("summary metric", "members back after a break"),
        "dormant_members": pgettext("summary metric", "members who fell silent"),
    }
    return names.get(metric, metric)


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def base_name(period: Period) -> str:
    """What the period before is called in a sentence."""
    return {
        "day": pgettext("summary base", "the day before"),
        "week": pgettext("summary base", "last week"),
        "month": pgettext("summary base", "last month"),
        "quarter": pgettext("summary base", "last quarter"),
        "half": pgettext("summary base", "the half-year before"),
        "year": pgettext("summary base", "last year"),
    }.get(period.kind) or npgettext(
        "summary base", "the {n} day before", "the {n} days before", period.days
    ).format(n=period.days)


def in_points(metric: str) -> bool:
    """Whether the metric changes in points rather than in per cent."""
    return METRICS[metric].unit == "ratio"


def amount(metric: str, change: float) -> str:
    """The size of a change in a sentence: 8.6 %, 3.1 points."""
    if not in_points(metric):
        return change_size(metric, change)
    n = plain(abs(change) * 100)
    return npgettext("summary change", "{n} point", "{n} points", 1 if n == "1" else 2).format(n=n)


def multiplied(metric: str, change: float) -> bool:
    """Whether the figure is at least three times what it was: a sentence then says how many times."""
    return change >= 2 and not in_points(metric)


def times(change: float) -> str:
    """What the figure is of its base: 3.4×. Never after an arrow, which means the change alone."""
    return pgettext("summary change", "{n}×").format(n=plain(1 + change))


def tone_of(metric: str, change: float | None) -> Tone:
    """Whether a change is good news."""
    return {"good": Tone.GOOD, "bad": Tone.BAD, "flat": Tone.PLAIN}[mood_of(metric, change)]


def arrow(metric: str, change: float | None) -> str:
    """▲8.6%, or a dash where there is no base."""
    if change is None:
        return NOTHING
    way = direction(change)
    if not way:
        return pgettext("summary change", "steady")
    return f"{'▲' if way > 0 else '▼'}{change_size(metric, change)}"


def deltas(figure: Figure) -> tuple[Delta, ...]:
    """环比, 同比 and 完成率 of a figure."""
    metric = figure.metric
    previous, year = figure.change_previous, figure.change_last_year
    shown = [
        Delta(pgettext("summary tile", "vs previous"), arrow(metric, previous), tone_of(metric, previous)),
        Delta(pgettext("summary tile", "vs last year"), arrow(metric, year), tone_of(metric, year)),
    ]
    if figure.completion is not None:
        tone = Tone.GOOD if figure.completion >= 1 else Tone.BAD
        shown.append(Delta(pgettext("summary tile", "of target"), share(round(figure.completion, 2)), tone))
    return tuple(shown)


def counted_deltas(now: int, earlier: tuple[int, int], toned_as: str = "") -> tuple[Delta, ...]:
    """环比 and 同比 of what a register counts; good or bad as for the metric ``toned_as``, else neither."""
    labels = (pgettext("summary tile", "vs previous"), pgettext("summary tile", "vs last year"))
    changes = ((now - base) / base if base else None for base in earlier)
    return tuple(
        Delta(label, arrow("posts", change), tone_of(toned_as, change) if toned_as else Tone.PLAIN)
        for label, change in zip(labels, changes, strict=True)
    )


def bare(facts: Facts, metric: str) -> str:
    """The figure in a sentence that has named it already; Chinese keeps the measure word."""
    value = facts.figure(metric).value
    text = value_text(metric, value, unit=facts.zh)
    if METRICS[metric].unit == "per_1000":
        return value_text(metric, value)
    return text


def moved(facts: Facts, metric: str) -> str:
    """A clause on how the figure moved: posts up 8.6% to 4,182."""
    figure = facts.figure(metric)
    name, value = short_name(metric), bare(facts, metric)
    if figure.value is None:
        return pgettext("summary clause", "{name}: too few cases to say").format(name=name)
    change = figure.change_previous
    way = direction(change)
    if change is None:
        return pgettext("summary clause", "{name} at {value}").format(name=name, value=value)
    if not way:
        return pgettext("summary clause", "{name} steady at {value}").format(name=name, value=value)
    size = amount(metric, change)
    if multiplied(metric, change):
        return pgettext("summary clause", "{name} {size} what it was, at {value}").format(
            name=name, size=times(change), value=value
        )
    if way > 0:
        return pgettext("summary clause", "{name} up {size} to {value}").format(
            name=name, size=size, value=value
        )
    return pgettext("summary clause", "{name} down {size} to {value}").format(
        name=name, size=size, value=value
    )


def missed(facts: Facts, metric: str) -> bool:
    """Whether the figure fell short of its target."""
    done = facts.figure(metric).completion
    return done is not None and done < 1


def short_of(facts: Facts, metric: str) -> str:
    """A missed target as the fact it is, however the figure moved: 2 h 5 min, target 1 h."""
    target = value_text(metric, facts.figure(metric).target, unit=facts.zh)
    if metric == "time_to_first_response":
        text = pgettext("summary clause", "the first reply takes {value}, target {target}")
        return text.format(value=facts.text(metric), target=target)
    text = pgettext("summary clause", "{name} at {value}, target {target}")
    return text.format(name=short_name(metric), value=bare(facts, metric), target=target)


def problem(facts: Facts, metric: str) -> str:
    """A weakness in one clause: the missed target with how far it got, else how the figure moved."""
    if not missed(facts, metric):
        return moved(facts, metric)
    done = percent(round(facts.figure(metric).completion or 0, 2))
    return pgettext("summary clause", "{problem} ({share} of the target)").format(
        problem=short_of(facts, metric), share=done
    )


def against_previous(facts: Facts, metric: str) -> str:
    """How the figure compares with the period before, in one sentence; nothing without a base."""
    change = facts.figure(metric).change_previous
    if change is None:
        return ""
    return sentence(_against(metric, change, base_name(facts.period))) + pgettext("summary clause", ".")


def compared(facts: Facts, metric: str) -> str:
    """One sentence with both comparisons, each only where it has a base."""
    figure = facts.figure(metric)
    parts = []
    base = base_name(facts.period)
    if figure.change_previous is not None:
        parts.append(_against(metric, figure.change_previous, base))
    if figure.change_last_year is not None:
        same = pgettext("summary base", "the same time last year")
        parts.append(_against(metric, figure.change_last_year, same))
    if figure.completion is not None:
        parts.append(
            pgettext("summary clause", "{share} of the target").format(
                share=share(round(figure.completion, 2))
            )
        )
    if not parts:
        return pgettext("summary clause", "Nothing earlier to compare with.")
    return sentence(pgettext("summary clause", ", ").join(parts)) + pgettext("summary clause", ".")


def _against(metric: str, change: float, base: str) -> str:
    way = direction(change)
    if not way:
        return pgettext("summary clause", "as {base}").format(base=base)
    size = amount(metric, change)
    if multiplied(metric, change):
        return pgettext("summary clause", "{size} that of {base}").format(size=times(change), base=base)
    if METRICS[metric].unit == "seconds" and METRICS[metric].better == "lower":
        text = {
            1: pgettext("summary clause", "{size} slower than {base}"),
            -1: pgettext("summary clause", "{size} quicker than {base}"),
        }[way]
        return text.format(size=size, base=base)
    if way > 0:
        return pgettext("summary clause", "{size} above {base}").format(size=size, base=base)
    return pgettext("summary clause", "{size} below {base}").format(size=size, base=base)


def few(n: int) -> str:
    """A warning where a rate rests on few cases, else nothing."""
    if n >= SMALL or n == 0:
        return ""
    text = npgettext(
        "summary clause", "Only {n} case: a hint, no trend.", "Only {n} cases: a hint, no trend.", n
    )
    return text.format(n=n)


def partial_remark(facts: Facts) -> str:
    """Says that the period still runs and what is counted of it and of those it is compared with."""
    if not facts.period.is_partial() or facts.counted == facts.period:
        return ""
    days = facts.counted.days
    return npgettext(
        "summary remark",
        "The period is still running: figures and comparisons take its first finished day only.",
        "The period is still running: figures and comparisons take its first {n} finished days only.",
        days,
    ).format(n=days)


def festival_days(year: int) -> tuple[date, date] | None:
    """New Year's Eve to the seventh day of the lunar year, inclusive; None outside the table."""
    found = NEW_YEAR.get(year)
    if found is None:
        return None
    first = date(year, *found)
    return first - timedelta(days=1), first + timedelta(days=6)


def _festival_share(period: Period) -> int:
    """How many days of the Spring Festival fall into the period."""
    days = 0
    for year in range(period.start.year, period.end.year + 1):
        held = festival_days(year)
        if held:
            days += max(0, (min(held[1] + timedelta(days=1), period.end) - max(held[0], period.start)).days)
    return days


def festival_remark(period: Period) -> str:
    """Says where the Spring Festival falls into one side of a comparison only; nothing outside its zones."""
    if settings.TIME_ZONE not in FESTIVAL_ZONES or period.kind == "year":
        return ""
    here, before, year_ago = map(_festival_share, (period, period.previous(), period.last_year()))
    if here and not before:
        shifted = not year_ago
        return (
            pgettext(
                "summary remark",
                "Spring Festival falls into this period, not into those it is compared with.",
            )
            if shifted
            else pgettext(
                "summary remark", "Spring Festival falls into this period, not into the one before."
            )
        )
    if before and not here:
        return pgettext("summary remark", "Spring Festival fell into the period before, not into this one.")
    if year_ago and not here:
        return pgettext(
            "summary remark", "Spring Festival fell into the same period last year, not into this one."
        )
    return ""


def remarks(facts: Facts) -> str:
    """What a reader must know before comparing."""
    return run_on(partial_remark(facts), "" if facts.silent else festival_remark(facts.period))


def run_on(*sentences: str) -> str:
    """Sentences one after the other: Chinese needs no space between them."""
    glue = "" if (get_language() or "").startswith("zh") else " "
    return glue.join(filter(None, sentences))


def day_text(day: date) -> str:
    """A day within the period as a sentence names it: 20 October."""
    return pgettext("summary date", "{month}/{day}").format(month=day.month, day=day.day)


def long_day(day: date) -> str:
    """A day as a sentence says it: 31 October."""
    if (get_language() or "").startswith("zh"):
        return f"{day.month} 月 {day.day} 日"
    return f"{day.day} {day:%B}"


def apart(name: str) -> str:
    """A name inside a Chinese sentence: spaces stand only between Chinese and Latin."""
    if not (get_language() or "").startswith("zh"):
        return name
    before, after = (ord(sign) < HAN for sign in (name[0], name[-1]))
    return f"{' ' if before else ''}{name}{' ' if after else ''}"


def percent(value: float | None) -> str:
    """A ratio of one."""
    return format_value(value, "", percent=True)
