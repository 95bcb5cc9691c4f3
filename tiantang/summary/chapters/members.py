"""3 成员与服务: who they are, who stays, in how many hands it lies, and what troubles them."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import npgettext, pgettext

from tiantang.community.forum.models import Comment, Post, Topic
from tiantang.community.members.models import BadgeAward
from tiantang.community.moderation.models import Report, ReportReason, ReportState
from tiantang.metrics import query
from tiantang.metrics.periods import Grain
from tiantang.summary.chapters.draft import Draft, chapter_of
from tiantang.summary.chapters.overview import members_until, people
from tiantang.summary.document import Cell, Chapter, ChartBlock, Column, Missing, Statement, TableBlock, Tone
from tiantang.summary.facts import SMALL, Facts
from tiantang.summary.narrative import few, moved, percent, remarks, sentence, tone_of
from tiantang.summary.plots import part_name, rows_chart
from tiantang.ui.charts.model import Chart, ChartKind, Series
from tiantang.ui.charts.numbers import plain

HIDDEN_BELOW = 5
"""Groups of fewer people are not shown."""
SAME_PLACE = {"US": "United States", "USA": "United States", "UNITED STATES OF AMERICA": "United States"} | {
    "UK": "United Kingdom",
    "ENGLAND": "United Kingdom",
    "PRC": "China",
}
"""Other spellings of the same country, as people type them."""
HAN = 0x2E80
LONG_PERIOD = 200
"""From so many days on, cohorts and life cycles are counted by month."""


def build(facts: Facts) -> Chapter:
    """The third chapter."""
    title = pgettext("summary chapter", "Members and service")
    steps = (_structure, _origin, _lifecycle, _retention, _hands, _problems, _satisfaction)
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
        (pgettext("summary tenure", "under 1 month"), 0, 30),
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
            pgettext("summary statement", "Of {active} active members {share} wrote something.").format(
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
        pgettext("summary title", "Most of those who say so live in {region}").format(region=shown[0][0]),
        ChartBlock(chart, tuple(statements)),
        source=pgettext("summary source", "From the register of members"),
    )


def _lifecycle(facts: Facts) -> Draft | None:
    by: Grain = "week" if facts.period.days <= LONG_PERIOD else "month"
    points = [
        point
        for point in query.lifecycle(facts.period, by)
        if not point.partial and point.start < facts.period.end
    ]
    if len(points) < 2 or not any(point.new + point.returning + point.resurrecting for point in points):
        return None
    new, silent = sum(point.new for point in points), sum(point.dormant for point in points)
    back = sum(point.resurrecting for point in points)
    kinds = (
        (pgettext("summary chart", "Returning"), [point.returning for point in points]),
        (pgettext("summary chart", "New"), [point.new for point in points]),
        (pgettext("summary chart", "Back after a break"), [point.resurrecting for point in points]),
        (pgettext("summary chart", "Fell silent"), [-point.dormant for point in points]),
    )
    title = pgettext("summary chart", "Active members by how they came, by week")
    if by == "month":
        title = pgettext("summary chart", "Active members by how they came, by month")
    chart = Chart(
        kind=ChartKind.STACKED,
        title=title,
        summary=title,
        categories=tuple(part_name(facts, point.start, by) for point in points),
        series=tuple(Series(name, tuple(float(value) for value in values)) for name, values in kinds),
        unit=pgettext("summary unit", "members"),
        language=facts.language,
    )
    gained = new + back - silent
    statements = (
        Statement(
            pgettext("summary statement", "{new} new, {back} came back").format(
                new=plain(new), back=plain(back)
            ),
            pgettext("summary statement", "Counted in each interval; who pauses and returns counts again."),
            figure="new_members",
        ),
        Statement(
            pgettext("summary statement", "{silent} fell silent").format(silent=plain(silent)),
            pgettext("summary statement", "Active in the interval before, not in this one."),
            Tone.BAD if gained < 0 else Tone.PLAIN,
        ),
    )
    if gained >= 0:
        claim = pgettext("summary title", "More came than fell silent: {n} gained").format(n=plain(gained))
    else:
        claim = pgettext("summary title", "More fell silent than came: {n} lost").format(n=plain(-gained))
    keys = [facts.cite(name) for name in ("new_members", "returning_members", "dormant_members")]
    return Draft(pgettext("summary section", "Coming and going"), claim, ChartBlock(chart, statements), keys)


def _retention(facts: Facts) -> Draft | Missing:
    """The triangle of those who joined: who came back in which later week or month."""
    section = pgettext("summary section", "Retention")
    unit: Grain = "week" if facts.period.days <= LONG_PERIOD else "month"
    asked = facts.period
    if facts.period.days < 49:  # a month has too few weekly cohorts for a triangle: look back
        asked = type(asked)(asked.start - timedelta(weeks=6), asked.end)
    table = query.retention(asked, unit, 8)
    cohorts = [one for one in table.cohorts if one.size and any(cell is not None for cell in one.cells[1:])][
        -9:
    ]
    if len(cohorts) < 2:
        return Missing(
            section,
            pgettext("summary missing", "Retention: too few joined, or too recently, to see who comes back."),
        )
    steps = max(place for one in cohorts for place, cell in enumerate(one.cells) if cell is not None)
    name = {
        "week": pgettext("summary chart", "week {n}"),
        "month": pgettext("summary chart", "month {n}"),
    }[unit]
    chart = Chart(
        kind=ChartKind.HEATMAP,
        title=pgettext("summary chart", "Share of those who joined that came back, by week of joining")
        if unit == "week"
        else pgettext("summary chart", "Share of those who joined that came back, by month of joining"),
        summary=pgettext("summary chart", "Rows are cohorts with their size; unfinished cells stay empty."),
        categories=tuple(name.format(n=step) for step in range(1, steps + 1)),
        series=tuple(
            Series(
                pgettext("summary chart", "{start} ({size})").format(
                    start=part_name(facts, one.start, unit),
                    size=plain(one.size),
                ),
                tuple(one.cells[1 : steps + 1]),
            )
            for one in cohorts
        ),
        percent=True,
        language=facts.language,
        note=pgettext("summary chart", "In brackets: members who joined. Unfinished cells stay empty."),
    )
    return Draft(
        section, _retention_title(table.mean, unit), ChartBlock(chart, _retention_statements(table, facts)), [facts.cite("retention")]
    )  # fmt: skip


def _retention_title(mean: list[float | None], unit: str) -> str:
    first = mean[1] if len(mean) > 1 else None
    if first is None:
        return pgettext("summary title", "Who joined, and who came back")
    text = {
        "week": pgettext("summary title", "{share} of those who join come back the week after"),
        "month": pgettext("summary title", "{share} of those who join come back the month after"),
    }[unit]
    return text.format(share=percent(round(first, 2)))


def _retention_statements(table: query.RetentionTable, facts: Facts) -> tuple[Statement, ...]:
    known = [(place, cell) for place, cell in enumerate(table.mean) if cell is not None and place]
    size = sum(one.size for one in table.cohorts)
    statements = []
    if len(known) > 1:
        place, last = known[-1]
        text = {
            "week": pgettext("summary statement", "{share} are still there in week {n}"),
            "month": pgettext("summary statement", "{share} are still there in month {n}"),
        }[table.unit]
        statements.append(
            Statement(
                text.format(share=percent(round(last, 2)), n=place),
                few(size) or pgettext("summary statement", "Mean of all cohorts, weighted by their size."),
            )
        )
    statements.append(
        Statement(
            sentence(moved(facts, "retention")),
            few(facts.figure("retention").n),
            tone_of("retention", facts.figure("retention").change_previous),
            "retention",
        )
    )
    return tuple(statements)


def _three_kinds(facts: Facts) -> str:
    """Writers, reactors and the others; without page views nobody can be said to have read."""
    if facts.has_visits:
        return pgettext("summary statement", "{creators} wrote, {interactors} reacted, {readers} read")
    return pgettext("summary statement", "{creators} wrote, {interactors} reacted, {readers} did neither")


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
        (pgettext("summary chart", "Wrote"), float(hands.creators)),
        (pgettext("summary chart", "Only reacted"), float(hands.interactors)),
        (_quiet_kind(facts), float(hands.readers)),
    )
    heavy = hands.top_10 > 0.6
    statements = [
        Statement(
            pgettext("summary statement", "The top tenth writes {share}").format(
                share=percent(round(hands.top_10, 2))
            ),
            pgettext("summary statement", "If three of them pause, the boards feel it.")
            if heavy
            else pgettext("summary statement", "The talk rests on many shoulders."),
            Tone.BAD if heavy else Tone.GOOD,
            "concentration",
        ),
        Statement(
            pgettext("summary statement", "{n} members wrote {pieces} posts and comments").format(
                n=plain(hands.contributors), pieces=plain(hands.contributions)
            ),
            few(hands.contributors)
            or pgettext("summary statement", "The top hundredth alone wrote {share}.").format(
                share=percent(round(hands.top_1 or 0, 2))
            ),
        ),
    ]
    badges = BadgeAward.objects.filter(
        awarded_at__gte=facts.bounds[0], awarded_at__lt=facts.bounds[1]
    ).count()
    if badges:
        statements.append(
            Statement(
                npgettext("summary statement", "{n} badge awarded", "{n} badges awarded", badges).format(n=plain(badges)),
                pgettext("summary statement", "Recognition reaches those who write and those who help."),
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


def first_topics(facts: Facts) -> tuple[int, int]:
    """First topics of members in the period, and how many of them nobody else has answered."""
    start, end = facts.bounds
    earlier = Topic.objects.filter(author=OuterRef("author"), created_at__lt=OuterRef("created_at"))
    first = Topic.objects.filter(
        ~Exists(earlier), created_at__gte=start, created_at__lt=end, author__isnull=False, removed_at=None
    )
    reply = Post.objects.filter(topic=OuterRef("pk"), number__gt=1, removed_at=None).exclude(
        author=OuterRef("author")
    )
    return first.count(), first.filter(~Exists(reply)).count()


def _problems(facts: Facts) -> Draft | None:
    """First posts without an answer, reports by reason."""
    firsts, unanswered = first_topics(facts)
    start, end = facts.bounds
    reports = list(
        Report.objects.filter(created_at__gte=start, created_at__lt=end).values_list("reason", "state")
    )
    if not firsts and not reports:
        return None
    rows = [
        row for row in (_unanswered_row(firsts, unanswered), _silent_row(facts), _dormant_row(facts)) if row
    ]
    reasons = Counter(reason for reason, _ in reports)
    rows += [_reason_row(reports, reason, count) for reason, count in reasons.most_common(4)]
    return Draft(
        pgettext("summary section", "Problems"),
        _problems_title(firsts, unanswered, reasons),
        TableBlock(
            (
                Column(pgettext("summary column", "Problem"), 3),
                Column(pgettext("summary column", "Cases"), 1, number=True),
                Column(pgettext("summary column", "Of"), 1, number=True),
                Column(pgettext("summary column", "Share or outcome"), 2),
            ),
            tuple(rows),
            0 if firsts and unanswered else None,
            pgettext("summary conclusion", "A first topic that nobody answers is often also the last: greet these people first.")
            if unanswered
            else "",
            Tone.BAD,
        ),
        [facts.cite(name) for name in ("dormant_members", *(("report_rate", "report_validity") if reports else ()))],
        source=pgettext("summary source", "From the register of topics and the review queue"),
        remark=remarks(facts),
    )  # fmt: skip


Row = tuple[Cell, ...]


def _share_row(name: str, count: float, of: float, alarm: float, figure: str = "") -> Row | None:
    """A problem with its share of those it could strike; red from ``alarm`` on."""
    if not of:
        return None
    share = count / of
    tone = Tone.BAD if share > alarm else Tone.PLAIN
    shown = Cell(percent(round(share, 3)), tone, meter=share)
    return (Cell(name), Cell(plain(count), figure=figure), Cell(plain(of)), shown)


def _unanswered_row(firsts: int, unanswered: int) -> Row | None:
    return _share_row(pgettext("summary problem", "First topic without any answer"), unanswered, firsts, 0.1)


def _silent_row(facts: Facts) -> Row | None:
    """Who joined and has written nothing."""
    start, end = facts.bounds
    joined = people().filter(joined_at__gte=start, joined_at__lt=end)
    wrote = Post.objects.filter(author=OuterRef("pk"), created_at__lt=end)
    said = Comment.objects.filter(author=OuterRef("pk"), created_at__lt=end)
    silent = joined.filter(~Exists(wrote), ~Exists(said)).count()
    return _share_row(
        pgettext("summary problem", "Joined in the period, wrote nothing"), silent, joined.count(), 0.9
    )


def _dormant_row(facts: Facts) -> Row | None:
    silent = facts.value("dormant_members")
    before = silent + facts.value("returning_members")
    name = pgettext("summary problem", "Active in the period before, silent now")
    return _share_row(name, silent, before, 0.5, facts.cite("dormant_members"))


def _reason_row(reports: list[tuple[str, str]], reason: str, count: int) -> Row:
    upheld = sum(state == ReportState.UPHELD for which, state in reports if which == reason)
    name = pgettext("summary problem", "Reported: {reason}").format(reason=ReportReason(reason).label)
    text = pgettext("summary problem", "{n} upheld").format(n=plain(upheld))
    return (Cell(name), Cell(plain(count)), Cell(plain(len(reports))), Cell(text, meter=upheld / count))


def _problems_title(firsts: int, unanswered: int, reasons: Counter[str]) -> str:
    if firsts and unanswered:
        return npgettext(
            "summary title",
            "{n} of {all} first-time posters never got an answer",
            "{n} of {all} first-time posters never got an answer",
            unanswered,
        ).format(n=plain(unanswered), all=plain(firsts))
    if reasons:
        reason, count = reasons.most_common(1)[0]
        return pgettext("summary title", "Most reports are about “{reason}”: {n}").format(
            reason=ReportReason(reason).label, n=plain(count)
        )
    return pgettext("summary title", "Every first-time poster got an answer")


def _satisfaction(facts: Facts) -> Missing:
    return Missing(
        pgettext("summary section", "Satisfaction and needs"),
        pgettext("summary missing", "Satisfaction: no survey has been run. After the first one this page shows the score, what is praised and what is criticised."),
    )  # fmt: skip
