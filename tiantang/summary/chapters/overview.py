"""1 概况: where the community stands, what it aimed at, who does what, how fast it answers."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet
from django.utils.translation import npgettext, pgettext

from tiantang.common.time import day_start
from tiantang.community.forum.models import Topic
from tiantang.community.members.models import Member, Role, RoleGrant
from tiantang.community.rules.models import RulesVersion
from tiantang.metrics.query import Figure
from tiantang.summary.chapters.answering import responsiveness
from tiantang.summary.chapters.draft import Draft, chapter_of, tile
from tiantang.summary.document import Cell, Chapter, Column, Kpis, Missing, TableBlock, Tile, Tone
from tiantang.summary.facts import Facts
from tiantang.summary.narrative import (
    arrow,
    counted_deltas,
    long_day,
    moved,
    percent,
    remarks,
    run_on,
    sentence,
    short_name,
    tone_of,
)
from tiantang.summary.wording import cell_text
from tiantang.ui.charts.numbers import plain


def build(facts: Facts) -> Chapter:
    """The first chapter."""
    title = pgettext("summary chapter", "Overview")
    steps = (_at_a_glance, _goals, _positioning, _team, responsiveness, _stages)
    return chapter_of(facts, 1, "overview", title, steps, (_answer(facts), _finding(facts)))


def _answer(facts: Facts) -> str:
    clauses = [moved(facts, "active_members"), moved(facts, "posts")]
    if facts.targets:
        clauses.append(_goals_line(facts))
    return sentence(pgettext("summary clause", "; ").join(clauses)) + pgettext("summary clause", ".")


def _finding(facts: Facts) -> str:
    return _goals_line(facts) if facts.targets else sentence(moved(facts, "active_members"))


def _goals_line(facts: Facts) -> str:
    met = sum((facts.figure(metric).completion or 0) >= 1 for metric in facts.targets)
    return pgettext("summary clause", "{met} of {n} targets met").format(met=met, n=len(facts.targets))


def people() -> QuerySet[Member]:
    """Those who still have an account and are no machines."""
    return Member.objects.filter(is_bot=False, forgotten_at=None)


def members_until(facts: Facts) -> int:
    """Members who had joined by the end of the period; people only."""
    return people().filter(joined_at__lt=facts.bounds[1]).count()


def _registered(facts: Facts) -> Tile:
    """Members with an account at the end of the period, beside those of the two earlier ones."""
    now = members_until(facts)
    before, year_ago = (people().filter(joined_at__lt=day_start(part.end)).count() for part in facts.earlier)
    return Tile(
        label=pgettext("summary tile", "Registered members"),
        value=plain(now),
        unit=pgettext("summary unit", "members"),
        deltas=counted_deltas(now, (before, year_ago)),
        note=pgettext("summary tile", "People with an account at the end of the period."),
    )


def _at_a_glance(facts: Facts) -> Draft:
    names = ["active_members", "new_members", "posts", "reply_rate", "time_to_first_response"]
    tiles = (_registered(facts), *(tile(facts, name) for name in names))
    return Draft(
        pgettext("summary section", "At a glance"),
        sentence(
            pgettext("summary clause", "; ").join((moved(facts, "active_members"), moved(facts, "posts")))
        ),
        Kpis(tiles),
        [one.figure for one in tiles if one.figure],
        remark=remarks(facts),
    )


def _goals(facts: Facts) -> Draft | Missing:
    name = pgettext("summary section", "Goals and completion")
    if not facts.targets:
        return Missing(
            name,
            pgettext("summary missing", "Goals: no target was set for this period. Once metrics have targets, this page compares them with what was reached."),
        )  # fmt: skip
    figures = sorted((facts.figure(metric) for metric in facts.targets), key=lambda one: one.completion or 0)
    shown = figures[:7]
    rows = tuple(_goal_row(facts, one.metric) for one in shown)
    worst = figures[0]
    missed = [one for one in figures if (one.completion or 0) < 1]
    if not missed:
        conclusion = pgettext("summary goals", "Every target was reached; the closest was {name} at {share}.")
    else:
        conclusion = pgettext("summary goals", "The widest gap: {name}, {share} of its target.")
    title = _goals_title(len(figures), [one.metric for one in missed])
    return Draft(
        name,
        title,
        TableBlock(
            (
                Column(pgettext("summary column", "Metric"), 2.4),
                Column(pgettext("summary column", "Target"), 1.3, number=True),
                Column(pgettext("summary column", "Actual"), 1.3, number=True),
                Column(pgettext("summary column", "Completion"), 2),
                Column(pgettext("summary column", "vs previous"), 1.1, number=True),
            ),
            rows,
            0 if missed else None,
            conclusion.format(name=short_name(worst.metric), share=percent(round(worst.completion or 0, 2))),
            Tone.BAD if missed else Tone.GOOD,
            _goals_left(figures[7:]),
        ),
        [facts.cite(one.metric) for one in shown],
        remark=run_on(_mirrored(facts), remarks(facts)),
    )


def _goals_left(others: list[Figure]) -> str:
    """How many targets the table leaves out: those that were reached best."""
    if not others:
        return ""
    count = len(others)
    if all((one.completion or 0) >= 1 for one in others):
        text = npgettext(
            "summary table", "and {n} more target, reached", "and {n} more targets, all reached", count
        )
    else:
        text = npgettext("summary table", "and {n} more target", "and {n} more targets", count)
    return text.format(n=count)


def _mirrored(facts: Facts) -> str:
    if not facts.mirrored:
        return ""
    return pgettext(
        "summary remark", "Reply rate and unanswered rate are one fact seen from two sides and count once."
    )


def _goals_title(count: int, missed: list[str]) -> str:
    if not missed:
        return npgettext("summary title", "The {n} target was met", "All {n} targets were met", count).format(
            n=count
        )
    if len(missed) == 1 and count > 1:
        return pgettext("summary title", "{met} of {n} targets met; {name} is the one gap").format(
            met=count - 1, n=count, name=short_name(missed[0])
        )
    return pgettext("summary title", "{met} of {n} targets met; the widest gap is {name}").format(
        met=count - len(missed), n=count, name=short_name(missed[0])
    )


def _goal_row(facts: Facts, metric: str) -> tuple[Cell, ...]:
    figure = facts.figure(metric)
    done = figure.completion or 0
    key = facts.cite(metric)
    change = figure.change_previous
    return (
        Cell(sentence(short_name(metric))),
        Cell(cell_text(metric, figure.target)),
        Cell(cell_text(metric, figure.value), figure=key),
        Cell(percent(round(done, 2)), Tone.GOOD if done >= 1 else Tone.BAD, min(done, 1.2) / 1.2, 1 / 1.2),
        Cell(arrow(metric, change), tone_of(metric, change)),
    )


def _positioning(facts: Facts) -> Draft | None:
    """What the community talks about: its boards in groups."""
    boards = facts.boards
    if not boards:
        return None
    posts = {part.key: part.value or 0 for part in facts.by_board("posts")}
    groups: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for board in boards.values():
        name = board.group.name if facts.zh else (board.group.name_en or board.group.name)
        sizes[name] += 1
        groups[name] += int(posts.get(board.pk, 0))
    total = sum(groups.values())
    if len(sizes) < 2 or not total:
        return None
    ranked = groups.most_common(7)
    rows = tuple(
        (
            Cell(name),
            Cell(plain(sizes[name])),
            Cell(plain(count)),
            Cell(percent(round(count / total, 3)), meter=count / total),
        )
        for name, count in ranked
    )
    first, share = ranked[0][0], ranked[0][1] / total
    return Draft(
        pgettext("summary section", "Positioning"),
        pgettext("summary title", "{share} of the talk is in “{name}”").format(
            share=percent(round(share, 2)), name=first
        ),
        TableBlock(
            (
                Column(pgettext("summary column", "Group"), 2),
                Column(pgettext("summary column", "Boards"), 1, number=True),
                Column(pgettext("summary column", "Posts"), 1, number=True),
                Column(pgettext("summary column", "Share of posts"), 2),
            ),
            rows,
            0,
            _standing(facts, len(boards)),
        ),
        [facts.cite("posts")],
    )


def _standing(facts: Facts, boards: int) -> str:
    topics = Topic.objects.filter(removed_at=None, created_at__lt=facts.bounds[1]).count()
    rules = RulesVersion.objects.filter(published_at__lt=facts.bounds[1]).order_by("-number").first()
    text = pgettext(
        "summary overview", "At the end of {day}: {boards} boards, {members} members, {topics} topics"
    ).format(
        day=long_day(facts.counted.last_day),
        boards=boards,
        members=plain(members_until(facts)),
        topics=plain(topics),
    )
    if rules:
        text += pgettext("summary overview", "; rules in version {n}").format(n=rules.number)
    return text + pgettext("summary clause", ".")


def _team(facts: Facts) -> Draft | Missing:
    name = pgettext("summary section", "Team and duties")
    grants = list(
        RoleGrant.objects.filter(granted_at__lt=facts.bounds[1])
        .exclude(ended_at__lt=facts.bounds[1])
        .select_related("member")
        .order_by("granted_at", "pk")
    )
    if not grants:
        return Missing(
            name,
            pgettext("summary missing", "Team: nobody holds a duty yet. Grant roles, and this page lists who does what and since when."),
        )  # fmt: skip
    by_role: dict[str, list[RoleGrant]] = {}
    for grant in grants:
        by_role.setdefault(grant.role, []).append(grant)
    rows = tuple(_duty_row(role, by_role.get(role.value, [])) for role in Role)
    vacant = [role for role in Role if role.value not in by_role]
    people = len({grant.member_id for grant in grants})
    return Draft(
        name,
        _team_title(people, vacant),
        TableBlock(
            (
                Column(pgettext("summary column", "Duty"), 1.3),
                Column(pgettext("summary column", "Who"), 4),
                Column(pgettext("summary column", "Number"), 0.8, number=True),
                Column(pgettext("summary column", "Since"), 1.3, number=True),
            ),
            rows,
            list(Role).index(vacant[0]) if vacant else None,
            pgettext("summary overview", "Vacant: {names}.").format(
                names=pgettext("summary clause", ", ").join(str(role.label) for role in vacant)
            )
            if vacant
            else "",
            Tone.BAD,
        ),
        source=pgettext("summary source", "From the register of roles"),
    )


def _team_title(people: int, vacant: list[Role]) -> str:
    if vacant:
        return npgettext(
            "summary title", "{n} person runs the community; {gap} unfilled", "{n} people run the community; {gap} unfilled", people
        ).format(
            n=people,
            gap=npgettext("summary title", "{n} duty is", "{n} duties are", len(vacant)).format(n=len(vacant)),
        )  # fmt: skip
    return npgettext(
        "summary title", "{n} person covers every duty", "{n} people cover every duty", people
    ).format(n=people)


def _duty_row(role: Role, grants: list[RoleGrant]) -> tuple[Cell, ...]:
    names = pgettext("summary clause", ", ").join(grant.member.shown_name for grant in grants)
    since = min((grant.granted_at for grant in grants), default=None)
    return (
        Cell(str(role.label)),
        Cell(names or pgettext("summary overview", "vacant"), Tone.PLAIN if names else Tone.BAD),
        Cell(str(len(grants))),
        Cell(since.strftime("%Y-%m") if since else "—"),
    )


def _stages(facts: Facts) -> Missing:
    return Missing(
        pgettext("summary section", "Stages and milestones"),
        pgettext("summary missing", "Stages: no milestone is recorded. With milestones this page shows what was due and what slipped."),
    )  # fmt: skip
