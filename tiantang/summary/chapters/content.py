"""2 内容与互动: how much was written, where and when, what moved people, and who got no answer."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import npgettext, pgettext

from tiantang.community.forum.models import Topic
from tiantang.dashboards.reading import direction
from tiantang.metrics import query
from tiantang.summary.chapters.draft import Draft, chapter_of, tile
from tiantang.summary.chapters.hours import busy_hours
from tiantang.summary.document import (
    Cell,
    Chapter,
    ChartBlock,
    Column,
    Kpis,
    Missing,
    Statement,
    TableBlock,
    Tone,
)
from tiantang.summary.facts import SMALL, Facts
from tiantang.summary.narrative import (
    arrow,
    compared,
    moved,
    percent,
    remarks,
    sentence,
    tone_of,
)
from tiantang.summary.plots import course, known, part_name
from tiantang.ui.charts.numbers import length, plain


def build(facts: Facts) -> Chapter:
    """The second chapter."""
    title = pgettext("summary chapter", "Content and interaction")
    steps = (_volume, _boards, busy_hours, _hot_topics, _interaction, _answers, _plan)
    return chapter_of(facts, 2, "content", title, steps, (_answer(facts), _finding(facts)))


def _answer(facts: Facts) -> str:
    clauses = [moved(facts, "posts"), moved(facts, "comments"), moved(facts, "reply_rate")]
    return sentence(pgettext("summary clause", "; ").join(clauses)) + pgettext("summary clause", ".")


def _finding(facts: Facts) -> str:
    return sentence(moved(facts, "posts"))


def _volume(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Volume")
    chart = course(facts, "posts")
    if chart is None:
        return Missing(section, pgettext("summary missing", "Volume: nothing was written in this period."))
    keys = [facts.cite(name) for name in ("posts", "topics", "comments", "contributing_members")]
    return Draft(
        section,
        sentence(moved(facts, "posts")),
        ChartBlock(chart, (_volume_statement(facts), *_peak_statement(facts), _writers_statement(facts))),
        keys,
        remark=remarks(facts),
    )


def _volume_statement(facts: Facts) -> Statement:
    figure = facts.figure("posts")
    return Statement(
        pgettext("summary statement", "{topics} topics, {posts} posts, {comments} comments").format(
            topics=plain(facts.value("topics")),
            posts=plain(facts.value("posts")),
            comments=plain(facts.value("comments")),
        ),
        pgettext("summary statement", "Posts: {compared}").format(compared=compared(facts, "posts")),
        tone_of("posts", figure.change_previous),
        "posts",
    )


def _peak_statement(facts: Facts) -> tuple[Statement, ...]:
    """When most was written; nothing where the period has a single part."""
    points = known(facts.series("posts", facts.grain)) or facts.series("posts", facts.grain)
    inside = [point for point in points if point.start >= facts.period.start] or points
    if len(inside) < 2:
        return ()
    peak = max(inside, key=lambda point: point.value or 0)
    mean = sum(point.value or 0 for point in inside) / len(inside)
    part = {
        "day": pgettext("summary statement", "The busiest day was {when}"),
        "week": pgettext("summary statement", "The busiest week began on {when}"),
        "month": pgettext("summary statement", "The busiest month was {when}"),
    }[facts.grain]
    text = pgettext("summary statement", "{value} posts, {times} times the mean.").format(
        value=plain(peak.value or 0), times=plain((peak.value or 0) / mean) if mean else "—"
    )
    return (Statement(part.format(when=part_name(facts, peak.start, facts.grain)), text),)


def _writers_statement(facts: Facts) -> Statement:
    writers = facts.value("contributing_members")
    pieces = facts.value("posts") + facts.value("comments")
    each = plain(pieces / writers) if writers else "—"
    figure = facts.figure("contributing_members")
    return Statement(
        sentence(moved(facts, "contributing_members")),
        pgettext("summary statement", "{each} posts and comments each on average.").format(each=each),
        tone_of("contributing_members", figure.change_previous),
        "contributing_members",
    )


def _boards(facts: Facts) -> Draft | None:
    """Where people wrote: the boards with most posts, the one that answers worst highlighted."""
    slices = facts.by_board("posts")
    if len(slices) < 2:
        return None
    shown = slices[:7]
    rates = {part.key: part for part in facts.by_board("reply_rate")}
    total = sum(part.value or 0 for part in slices)
    rows, keys = [], [facts.cite("posts"), facts.cite("reply_rate")]
    for part in shown:
        board = facts.boards[part.key]
        change = facts.figure("posts", part.key).change_previous
        rate = rates.get(part.key)
        writers = facts.figure("contributing_members", part.key)
        rows.append(
            (
                Cell(facts.board_name(board), hue=board.hue),
                Cell(plain(part.value or 0)),
                Cell(arrow("posts", change), tone_of("posts", change)),
                Cell(plain(writers.value or 0)),
                _rate_cell(rate.value if rate else None, facts.figure("reply_rate").value),
            )
        )
    worst = _worst(facts, [part.key for part in shown], rates)
    more = len(slices) - len(shown)
    return Draft(
        pgettext("summary section", "Participation"),
        _boards_title(facts, shown, total),
        TableBlock(
            (
                Column(pgettext("summary column", "Board"), 2.4),
                Column(pgettext("summary column", "Posts"), 1, number=True),
                Column(pgettext("summary column", "vs previous"), 1.1, number=True),
                Column(pgettext("summary column", "Members who posted"), 1.6, number=True),
                Column(pgettext("summary column", "Reply rate"), 2),
            ),
            tuple(rows),
            worst,
            _worst_line(facts, shown[worst].key, rates) if worst is not None else "",
            Tone.BAD,
            npgettext("summary table", "and {n} more board", "and {n} more boards", more).format(n=more)
            if more
            else "",
        ),
        keys,
        remark=remarks(facts),
    )


def _rate_cell(value: float | None, mean: float | None) -> Cell:
    if value is None:
        return Cell("—")
    return Cell(percent(round(value, 3)), meter=value, mark=mean)


def _boards_title(facts: Facts, shown: Sequence[query.Slice], total: float) -> str:
    first = facts.board_name(facts.boards[shown[0].key])
    share = percent(round((shown[0].value or 0) / total, 2)) if total else "—"
    return pgettext("summary title", "“{board}” is the busiest board with {share} of the posts").format(
        board=first, share=share
    )


def _worst(facts: Facts, keys: Sequence[int], rates: dict[int, query.Slice]) -> int | None:
    """The board that falls furthest short of the whole community's reply rate, if by five points or more."""
    mean = facts.figure("reply_rate").value
    told = [
        (rates[key].value or 0, place)
        for place, key in enumerate(keys)
        if key in rates and rates[key].value is not None and (rates[key].denominator or 0) >= SMALL / 2
    ]
    if mean is None or not told or min(told)[0] > mean - 0.05:
        return None
    return min(told)[1]


def _worst_line(facts: Facts, key: int, rates: dict[int, query.Slice]) -> str:
    rate = rates[key]
    waiting = round((rate.denominator or 0) - (rate.numerator or 0))
    return npgettext(
        "summary conclusion",
        "Of these boards “{board}” answers least: {n} topic went without a reply for 72 hours.",
        "Of these boards “{board}” answers least: {n} topics went without a reply for 72 hours.",
        waiting,
    ).format(board=facts.board_name(facts.boards[key]), n=waiting)


def _hot_topics(facts: Facts) -> Draft | Missing:
    section = pgettext("summary section", "Hot topics")
    found = query.top_topics(facts.counted, 7)
    topics = (
        Topic.objects.filter(removed_at=None).select_related("board").in_bulk([one.topic for one in found])
    )
    shown = [one for one in found if one.topic in topics]
    if not shown:
        return Missing(
            section, pgettext("summary missing", "Hot topics: nobody replied to anything in this period.")
        )
    rows = tuple(
        (
            Cell(topics[one.topic].title),
            Cell(facts.board_name(topics[one.topic].board), hue=topics[one.topic].board.hue),
            Cell(plain(one.replies)),
            Cell(plain(one.authors)),
            Cell(plain(one.likes)),
        )
        for one in shown
    )
    loudest = max(range(len(shown)), key=lambda place: shown[place].authors)
    top = shown[loudest]
    return Draft(
        section,
        pgettext("summary title", "What people talked about most: “{topic}”").format(topic=topics[shown[0].topic].title),
        TableBlock(
            (
                Column(pgettext("summary column", "Topic"), 4.6),
                Column(pgettext("summary column", "Board"), 2),
                Column(pgettext("summary column", "Replies"), 0.9, number=True),
                Column(pgettext("summary column", "People"), 0.9, number=True),
                Column(pgettext("summary column", "Likes"), 0.9, number=True),
            ),
            rows,
            loudest,
            pgettext("summary conclusion", "Ranked by replies, likes and different repliers; most voices: {n} people in one topic.").format(n=plain(top.authors)),
        ),
        [facts.cite("replies")],
    )  # fmt: skip


def _interaction(facts: Facts) -> Draft | None:
    names = ["likes", "comments", "bookmarks", "shares"]
    names = [name for name in names if facts.value(name) > 0]
    if facts.figure("interaction_rate").value is not None and facts.has_visits:
        names.append("interaction_rate")
    if not names:
        return None
    if facts.value("topics"):
        names.append("replies")
    posts = facts.value("posts")
    likes = plain(facts.value("likes") / posts) if posts else "—"
    return Draft(
        pgettext("summary section", "Quality and interaction"),
        pgettext("summary title", "A post draws {likes} likes on average; {clause}").format(
            likes=likes, clause=moved(facts, names[0])
        ),
        Kpis(tuple(tile(facts, name) for name in names[:6])),
        [facts.cite(name) for name in names[:6]],
        remark=remarks(facts),
    )


def _answers(facts: Facts) -> Draft | None:
    """Replies and topics left without one."""
    rate = facts.figure("reply_rate")
    chart = course(facts, "reply_rate")
    if rate.value is None or chart is None:
        return None
    waiting = round((rate.denominator or 0) - (rate.numerator or 0))
    way = direction(rate.change_previous)
    keys = [facts.cite(name) for name in ("reply_rate", "unanswered_rate", "time_to_first_response")]
    statements = [
        Statement(
            npgettext("summary statement", "{n} topic got no reply", "{n} topics got no reply", waiting).format(n=plain(waiting)),
            pgettext("summary statement", "Of {all} whose 72 hours are over, that is {share}.").format(
                all=plain(rate.denominator or 0), share=facts.text("unanswered_rate")
            ),
            Tone.BAD if way < 0 else Tone.PLAIN,
            "unanswered_rate",
        ),
        Statement(
            sentence(moved(facts, "time_to_first_response")),
            _slow_line(facts),
            tone_of("time_to_first_response", facts.figure("time_to_first_response").change_previous),
            "time_to_first_response",
        ),
    ]  # fmt: skip
    driver = driving_board(facts)
    if driver:
        statements.append(driver)
    return Draft(
        pgettext("summary section", "Replies"),
        sentence(moved(facts, "reply_rate")),
        ChartBlock(chart, tuple(statements)),
        keys,
        remark=remarks(facts),
    )


def _slow_line(facts: Facts) -> str:
    slow = facts.figure("time_to_first_response").extra.get("p90")
    if not slow:
        return compared(facts, "time_to_first_response")
    return pgettext("summary statement", "Nine of ten answered topics had a reply within {time}.").format(
        time=length(slow, facts.language)
    )


def driving_board(facts: Facts) -> Statement | None:
    """The board with most unanswered topics, when there is more than one board to choose from."""
    slices = [part for part in facts.by_board("reply_rate") if part.denominator]
    if len(slices) < 2:
        return None
    left = {part.key: (part.denominator or 0) - (part.numerator or 0) for part in slices}
    total = sum(left.values())
    key = max(left, key=lambda one: left[one])
    if total < 3:
        return None
    return Statement(
        pgettext("summary statement", "Most of them are in “{board}”").format(
            board=facts.board_name(facts.boards[key])
        )
        if left[key] > total / 2
        else pgettext("summary statement", "“{board}” leaves most unanswered").format(
            board=facts.board_name(facts.boards[key])
        ),
        pgettext("summary statement", "{n} of {all} topics without a reply.").format(
            n=plain(left[key]), all=plain(total)
        ),
        Tone.BAD,
    )


def _plan(facts: Facts) -> Missing:
    return Missing(
        pgettext("summary section", "Content plan and promotion"),
        pgettext("summary missing", "Content plan: no plan is kept here yet. With one this page shows what was planned, what was published and what it brought."),
    )  # fmt: skip
