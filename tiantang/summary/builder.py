"""Builds the document of a period: six chapters, the cover, and the proofs of every figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext

from tiantang.common.errors import TiantangError
from tiantang.common.time import site_zone
from tiantang.community.members.models import Role, RoleGrant
from tiantang.metrics import clock
from tiantang.metrics.periods import Period
from tiantang.summary.chapters import content, data, members, outlook, overview, partners
from tiantang.summary.document import Chapter, Cover, Phrases, Summary
from tiantang.summary.facts import Facts, zone_text
from tiantang.summary.plots import MONTHS

LANGUAGES = {"zh": "zh-hans", "en": "en"}
"""What people call the languages, and their codes."""

CHAPTERS: tuple[Callable[[Facts], Chapter], ...] = (
    overview.build,
    content.build,
    members.build,
    partners.build,
    data.build,
    outlook.build,
)
"""The report's order."""

Progress = Callable[[int, int], None]
"""Told after each chapter: done, of how many."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Who presents it, and which release of the period it is."""

    number: int = 1
    presenter: str = ""
    day: date | None = None


def check_period(period: Period) -> None:
    """Refuse a period that has not begun. Raises TiantangError."""
    if period.start > clock.today():
        raise TiantangError(
            pgettext("summary refusal", "{period} has not begun yet; there is nothing to sum up.").format(
                period=period.label(translation.get_language() or "en")
            )
        )


def build_summary(
    period: Period, language: str, edition: Edition, progress: Progress | None = None
) -> Summary:
    """The whole document in ``language`` ("zh-hans" or "en"). Raises TiantangError for a future period."""
    with translation.override(language):
        check_period(period)
        facts = Facts(period, language)
        chapters = []
        for done, build in enumerate(CHAPTERS, start=1):
            chapters.append(build(facts))
            if progress:
                progress(done, len(CHAPTERS))
        return Summary(
            language=language,
            start=period.start.isoformat(),
            end=period.end.isoformat(),
            kind=period.kind,
            partial=period.is_partial(),
            cover=_cover(facts, edition),
            phrases=_phrases(facts),
            chapters=tuple(chapters),
            figures=dict(sorted(facts.cited.items())),
        )


def lead_name() -> str:
    """The community lead's name, empty when nobody holds the role."""
    grant = RoleGrant.objects.current().filter(role=Role.LEAD).select_related("member").order_by("pk").first()
    return grant.member.shown_name if grant else ""


def _cover(facts: Facts, edition: Edition) -> Cover:
    day = edition.day or clock.today()
    return Cover(
        title=pgettext("summary cover", "Operations summary"),
        site=settings.SITE_NAME,
        stamp=facts.period.label(facts.language),
        period=facts.period.label(facts.language),
        presenter=edition.presenter or lead_name(),
        date=_day(day, facts.zh),
        release=pgettext("summary cover", "Release {n}, frozen").format(n=edition.number),
        motto=pgettext("summary cover", "Every figure keeps its stub"),
        serial=_serial(facts.period),
    )


def _serial(period: Period) -> str:
    """The number on the cover's stub: 1126, 18Q3, 18H2, 2018."""
    year = period.start.year % 100
    match period.kind:
        case "month":
            return f"{period.start.month:02d}{year:02d}"
        case "quarter":
            return f"{year:02d}Q{(period.start.month + 2) // 3}"
        case "half":
            return f"{year:02d}H{1 if period.start.month == 1 else 2}"
        case "year":
            return str(period.start.year)
    return f"{period.start.month:02d}{period.start.day:02d}"


def _day(day: date, zh: bool) -> str:
    return (
        f"{day.year} 年 {day.month} 月 {day.day} 日"
        if zh
        else f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    )


def data_until(facts: Facts) -> str:
    """Up to when the figures reach: the end of the last finished day; on a period's first day this minute."""
    if facts.counted.is_partial():
        now = clock.now().astimezone(site_zone())
        return pgettext("summary foot", "data until {day}, {time} ({zone})").format(
            day=_day(now.date(), facts.zh), time=now.strftime("%H:%M"), zone=zone_text(facts.period)
        )
    last = facts.counted.last_day
    return pgettext("summary foot", "data until {day}, 24:00 ({zone})").format(
        day=_day(last, facts.zh), zone=zone_text(facts.period)
    )


def _phrases(facts: Facts) -> Phrases:
    return Phrases(
        contents=pgettext("summary phrase", "Contents"),
        contents_title=pgettext("summary phrase", "Six chapters"),
        chapter=(
            pgettext("summary phrase", "Chapter 1"),
            pgettext("summary phrase", "Chapter 2"),
            pgettext("summary phrase", "Chapter 3"),
            pgettext("summary phrase", "Chapter 4"),
            pgettext("summary phrase", "Chapter 5"),
            pgettext("summary phrase", "Chapter 6"),
        ),
        good=pgettext("summary phrase", "Went well"),
        bad=pgettext("summary phrase", "To improve"),
        presenter=pgettext("summary phrase", "Presented by"),
        definitions=pgettext("summary phrase", "Definitions of all figures"),
        open_stub=pgettext(
            "summary phrase", "Every figure opens its stub: definition, version, filters, rows"
        ),
        data_until=data_until(facts),
        missing=pgettext("summary phrase", "Not on record yet"),
        not_yet=pgettext("summary phrase", "Not on record yet: {names}"),
        metric=pgettext("summary phrase", "Metric"),
        value=pgettext("summary phrase", "Figure"),
        definition=pgettext("summary phrase", "Definition"),
        filters=pgettext("summary phrase", "Filters"),
        serial=pgettext("summary phrase", "Stub"),
        table_of=pgettext("summary phrase", "Figures in the chart"),
        events=pgettext("summary phrase", "Events"),
    )
