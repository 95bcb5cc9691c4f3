"""3 成员与服务: who they are, who stays, in how many hands it lies, and what troubles them."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from math import ceil

from django.db.models import Count
from django.utils.translation import npgettext, pgettext

from tiantang.community.members.models import BadgeAward
from tiantang.summary.chapters.draft import Draft, chapter_of
from tiantang.summary.chapters.overview import members_until, people
from tiantang.summary.chapters.problems import troubles
from tiantang.summary.chapters.staying import coming_and_going, retention
from tiantang.summary.document import Chapter, ChartBlock, Missing, Statement, Tone
from tiantang.summary.facts import SMALL, Facts
from tiantang.summary.narrative import HAN, apart, few, moved, percent, sentence, tone_of
from tiantang.summary.plots import rows_chart
from tiantang.ui.charts.numbers import plain

HIDDEN_BELOW = 5
"""Groups of fewer people are not shown."""
SAME_PLACE = {"US": "United States", "USA": "United States", "UNITED STATES OF AMERICA": "United States"} | {
    "UK": "United Kingdom",
    "ENGLAND": "United Kingdom",
    "PRC": "China",
}
"""Other spellings of the same country, as people type them."""


def build(facts: Facts) -> Chapter:
    """The third chapter."""
    title = pgettext("summary chapter", "Members and service")
    steps = (_structure, _origin, coming_and_going, retention, _hands, troubles, _satisfaction)
    return chapter_of(facts, 3, "members", title, steps, (_answer(facts), _finding(facts)))


def _answer(facts: Facts) -> str:
    clauses = [moved(facts, "new_members"), moved(facts, "retention")]
    return sentence(pgettext("summary clause", "; ").join(clauses)) + pgettext("summary clause", ".")


def _finding(facts: Facts) -> str:
    return sentence(moved(facts, "new_members"))


def _tenure(facts: Facts) -> list[tuple[str, int]]:
    """Members at the end of the period by how long they had been there."""
    end = facts.bounds[1]
    steps = (
        (pgettext("summary tenure", "under 30 days"), 0, 30),
        (pgettext("summary tenure", "1–6 months"), 30, 182),
        (pgettext("summary tenure", "6–12 months"), 182, 365),
        (pgettext("summary tenure", "1–3 years"), 365, 1096),
        (pgettext("summary tenure", "over 3 years"), 1096, 36500),
    )
    everybody = people()
    return [
        (
            name,
            everybody.filter(
                joined_at__lt=end - timedelta(days=young), joined_at__gte=end - timedelta(days=old)
            ).count(),
        )
        for name, young, old in steps
    ]


def _structure(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Structure")
    total = members_until(facts)
    if not total:
        return Missing(section, pgettext("summary missing", "Structure: nobody has joined yet."))
    rows = [(name, float(count)) for name, count in _tenure(facts) if count]
    most = max(range(len(rows)), key=lambda place: rows[place][1])
    hands = facts.hands
    active = hands.creators + hands.interactors + hands.readers
    new = facts.value("new_members")
    statements = (
        Statement(
            _three_kinds(facts).format(
                creators=plain(hands.creators),
                interactors=plain(hands.interactors),
                readers=plain(hands.readers),
            ),
            pgettext(
                "summary statement", "Of {active} active members {share} wrote a topic or a reply."
            ).format(
                active=plain(active), share=percent(round(hands.creators / active, 2)) if active else "—"
            ),
            figure="concentration",
        ),
        Statement(
            pgettext("summary statement", "{share} of all members were active").format(
                share=percent(round(facts.value("active_members") / total, 2))
            ),
            pgettext("summary statement", "{active} of {total} registered.").format(
                active=plain(facts.value("active_members")), total=plain(total)
            ),
            figure="active_members",
        ),
        Statement(
            sentence(moved(facts, "new_members")),
            pgettext("summary statement", "{share} of everybody joined in this period.").format(
                share=percent(round(new / total, 3))
            ),
            tone_of("new_members", facts.figure("new_members").change_previous),
            "new_members",
        ),
    )
    title = pgettext("summary title", "{share} of the {total} members have been here {tenure}").format(
        share=percent(round(rows[most][1] / total, 2)), total=plain(total), tenure=rows[most][0]
    )
    chart = rows_chart(facts, pgettext("summary chart", "Members by time since joining"), rows)
    return Draft(
        section,
        title,
        ChartBlock(chart, statements),
        [facts.cite(name) for name in ("concentration", "active_members", "new_members")],
        source=pgettext("summary source", "Tenure: from the register of members"),
    )


def _origin(facts: Facts) -> Draft | None:
    """Where members live and came from, groups under five hidden."""
    everybody = people().filter(joined_at__lt=facts.bounds[1])
    regions: Counter[str] = Counter()
    for region, count in everybody.exclude(region="").values_list("region").annotate(n=Count("pk")):
        place = region.split(",")[-1].strip()
        if ord(place[:1] or " ") >= HAN:
            place = place.split(" ")[0]  # province before city
        regions[SAME_PLACE.get(place.upper().replace(".", ""), place)] += count
    told = sum(regions.values())
    shown = [(name, count) for name, count in regions.most_common(7) if count >= HIDDEN_BELOW]
    if told < SMALL or len(shown) < 2:
        return None
    total = everybody.count()
    small = sum(count for _, count in regions.items() if count < HIDDEN_BELOW)
    statements = [
        Statement(
            pgettext("summary statement", "{share} say where they live").format(
                share=percent(round(told / total, 2))
            ),
            pgettext("summary statement", "A voluntary field: it shows who answers, not everybody."),
        ),
    ]
    if small:
        statements.append(
            Statement(
                npgettext(
                    "summary statement", "{n} member in small groups", "{n} members in small groups", small
                ).format(n=plain(small)),
                pgettext("summary statement", "Groups under five people are not shown."),
            )
        )
    chart = rows_chart(
        facts, pgettext("summary chart", "Members by region"), [(name, float(count)) for name, count in shown]
    )
    return Draft(
        pgettext("summary section", "Structure"),
        pgettext("summary title", "The largest group of those who say where they live: {region}").format(
            region=apart(shown[0][0])
        ),
        ChartBlock(chart, tuple(statements)),
        source=pgettext("summary source", "From the register of members"),
    )


def _three_kinds(facts: Facts) -> str:
    """Writers, reactors and the others; without page views nobody can be said to have read."""
    if facts.has_visits:
        return pgettext(
            "summary statement",
            "{creators} posted, {interactors} only commented or reacted, {readers} only read",
        )
    return pgettext(
        "summary statement",
        "{creators} posted, {interactors} only commented or reacted, {readers} did neither",
    )


def _quiet_kind(facts: Facts) -> str:
    if facts.has_visits:
        return pgettext("summary chart", "Only read")
    return pgettext("summary chart", "Did neither")


def _hands(facts: Facts) -> Draft | None:
    """How contributions gather in few hands."""
    hands = facts.hands
    if not hands.contributions or hands.top_10 is None:
        return None
    rows = (
        (pgettext("summary chart", "Posted"), float(hands.creators)),
        (pgettext("summary chart", "Commented or reacted"), float(hands.interactors)),
        (_quiet_kind(facts), float(hands.readers)),
    )
    heavy, tenth = hands.top_10 > 0.6, ceil(hands.contributors / 10)
    statements = [
        Statement(
            pgettext("summary statement", "The top tenth writes {share}").format(
                share=percent(round(hands.top_10, 2))
            ),
            npgettext("summary statement", "{n} of {all} writers.", "{n} of {all} writers.", tenth).format(
                n=plain(tenth), all=plain(hands.contributors)
            ),
            Tone.BAD if heavy else Tone.PLAIN,
            "concentration",
        ),
        Statement(
            pgettext("summary statement", "{n} members who post or comment wrote {pieces} pieces").format(
                n=plain(hands.contributors), pieces=plain(hands.contributions)
            ),
            few(hands.contributors)
            or pgettext("summary statement", "The top hundredth alone wrote {share}.").format(
                share=percent(round(hands.top_1 or 0, 2))
            ),
        ),
    ]
    awards = BadgeAward.objects.filter(awarded_at__gte=facts.bounds[0], awarded_at__lt=facts.bounds[1])
    badges, holders = awards.count(), awards.values("member").distinct().count()
    if badges:
        statements.append(
            Statement(
                npgettext("summary statement", "{n} badge awarded", "{n} badges awarded", badges).format(n=plain(badges)),
                npgettext("summary statement", "To {n} member.", "To {n} members.", holders).format(n=plain(holders)),
            )
        )  # fmt: skip
    chart = rows_chart(facts, pgettext("summary chart", "Active members by what they did"), rows)
    return Draft(
        pgettext("summary section", "Concentration"),
        pgettext("summary title", "A tenth of the writers produce {share} of the talk").format(
            share=percent(round(hands.top_10, 2))
        ),
        ChartBlock(chart, tuple(statements)),
        [facts.cite("concentration")],
    )


def _satisfaction(facts: Facts) -> Missing:
    return Missing(
        pgettext("summary section", "Satisfaction and needs"),
        pgettext("summary missing", "Satisfaction: no survey has been run. After the first one this page shows the score, what is praised and what is criticised."),
    )  # fmt: skip
