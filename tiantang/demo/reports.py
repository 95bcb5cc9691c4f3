"""What members report and how the team decides."""

from __future__ import annotations

import random

from tiantang.demo.phrasebook import lines
from tiantang.demo.world import CommentDraft, Person, PostDraft, ReportDraft, World

PLAIN_RATE = 0.0016
"""Chance that an ordinary post is reported."""
WAITING, LATEST = 6, 60
"""How many reports wait at the end, and among how many of the latest posts they are."""
REASONS = (("off_topic", 3), ("spoiler", 4), ("abuse", 2), ("copying", 2), ("other", 1))


def report_posts(world: World) -> None:
    """Reports of posts, before anybody reads on: what is taken down is liked no more."""
    rng = world.plan.stream("reports")
    witnesses = [person for person in world.people if person.kind in ("poster", "pillar", "interactor")]
    first, last = world.plan.quarrel
    for post in world.posts:
        day = world.plan.day_number(post.at)
        heated = first <= day <= last
        for reporter in _reporters(world, post, heated, witnesses, rng):
            _report(world, post, None, reporter, rng, heated)
    _close_quarrels(world, rng)


def report_comments(world: World) -> None:
    """Now and then a remark is reported; one that was answered stays."""
    rng = world.plan.stream("comment reports")
    witnesses = [person for person in world.people if person.kind in ("poster", "pillar")]
    answered = {id(comment.parent) for comment in world.comments if comment.parent}
    for comment in world.comments:
        quarrel = comment.post.topic.kind.when == "quarrel"
        if rng.random() < (0.03 if quarrel else 0.0006) and id(comment) not in answered:
            reporter = _witness(world, comment.author, comment.at, witnesses, rng)
            if reporter:
                _report(world, comment.post, comment, reporter, rng, quarrel)
    world.reports.sort(key=lambda report: report.at)


def leave_waiting(world: World) -> None:
    """A few of the latest posts are reported and wait: the review queue is never empty in the sample."""
    rng = world.plan.stream("waiting reports")
    reported = {id(report.post) for report in world.reports}
    standing = [
        post
        for post in sorted(world.posts, key=lambda post: post.at)
        if not (post.removed_at or post.topic.removed_at or post.author.roles or id(post) in reported)
    ]
    witnesses = [person for person in world.people if person.kind in ("poster", "pillar")]
    for post in rng.sample(standing[-LATEST:], min(WAITING, len(standing))):
        about = [one for one in witnesses if one is not post.author and one.joined < post.at]
        about.sort(key=lambda one: (-one.last_seen, one.number))
        second = min(post.at + rng.randrange(600, 7200), world.plan.now - rng.randrange(60, 600))
        if about and second > post.at:
            reason = rng.choice(sorted(set(NOTES) - {"spam"}))
            note = rng.choice(NOTES[reason])
            world.reports.append(ReportDraft(post, None, rng.choice(about[:12]), reason, note, second))
    world.reports.sort(key=lambda report: report.at)


def _reporters(
    world: World, post: PostDraft, heated: bool, witnesses: list[Person], rng: random.Random
) -> list[Person]:
    chance = {"spam": 0.96, "rude": 0.62}.get(post.mark, PLAIN_RATE)
    if post.topic.kind.when == "quarrel" and not post.mark:
        chance = 0.05 if heated else 0.01
    found: list[Person] = []
    while len(found) < 3 and rng.random() < chance:
        chance *= 0.4
        reporter = _witness(world, post.author, post.at, witnesses, rng)
        if reporter and reporter not in found:
            found.append(reporter)
    return found


def _witness(
    world: World, author: Person, second: int, witnesses: list[Person], rng: random.Random
) -> Person | None:
    """Somebody else who was about in those days."""
    for _ in range(12):
        person = rng.choice(witnesses)
        if person is not author and person.joined < second and person.last_seen > second + 600:
            return person
    return None


def _report(
    world: World,
    post: PostDraft,
    comment: CommentDraft | None,
    reporter: Person,
    rng: random.Random,
    heated: bool,
) -> None:
    thing = comment or post
    second = thing.at + int(rng.lognormvariate(8.0, 1.3)) + 60
    if second >= world.plan.now:
        return
    mark = post.mark if comment is None else ""
    reason = {"spam": "spam", "rude": "abuse"}.get(mark) or ("abuse" if heated and rng.random() < 0.7 else "")
    reason = reason or rng.choices([name for name, _ in REASONS], weights=[n for _, n in REASONS])[0]
    note = rng.choice(NOTES.get(reason, ("",))) if rng.random() < 0.6 else ""
    report = ReportDraft(post, comment, reporter, reason, note, second)
    world.reports.append(report)
    _decide(world, report, mark, heated, rng)


def _decide(world: World, report: ReportDraft, mark: str, heated: bool, rng: random.Random) -> None:
    second = report.at + int(rng.lognormvariate(10.6 if heated else 9.3, 1.0))
    team = world.team("moderator", second) + world.team("members", second)
    team = [person for person in team if person not in (report.reporter, report.post.author)]
    if second >= world.plan.now or not team:
        return
    thing = report.comment or report.post
    upheld = rng.random() < {"spam": 0.99, "rude": 0.82}.get(mark, 0.34) or bool(thing.removed_at)
    report.decided_by = rng.choice(team)
    report.decided_at = second
    report.state = "upheld" if upheld else "rejected"
    note = VERDICTS[report.reason] if upheld else ""
    plain = [("".join(str(part) for part in line.phrase)) for line in lines("verdict_rejected")]
    report.decision_note = note or rng.choice(plain)
    if upheld and report.reason != "spoiler" and not thing.removed_at:
        _take_down(world, report, second)


def _take_down(world: World, report: ReportDraft, second: int) -> None:
    """Take down what was reported, unless it is down with its topic or the topic was answered since."""
    topic = report.post.topic
    thing = report.comment or (report.post if report.post.number > 1 else topic)
    if thing.removed_at or (thing is topic and topic.posts[-1].at >= second):
        return
    thing.removed_at, report.took_down = second, True


def _close_quarrels(world: World, rng: random.Random) -> None:
    """The hottest quarrels are closed once they have run down."""
    for topic in world.topics:
        if topic.kind.when != "quarrel" or topic.removed_at or len(topic.posts) < 9:
            continue
        second = topic.posts[-1].at + int(rng.uniform(1, 20) * 3600)
        if rng.random() < 0.6 and second < world.plan.now:
            topic.closed_at = second


NOTES = {
    "spam": ("广告", "代练广告", "又来发小广告", "账号刚注册就发这个"),
    "abuse": ("骂人了", "人身攻击", "阴阳怪气，带节奏", "对人不对事", "好好说话不行吗"),
    "spoiler": ("没遮剧透", "标题没写含剧透", "最新一话的内容直接说出来了"),
    "off_topic": ("发错版块了", "跟主题没关系", "歪楼太远"),
    "copying": ("像是从别处搬来的", "图没写出处"),
    "other": ("麻烦看一下", "感觉不太对"),
}
VERDICTS = {
    "spam": "广告，已移除",
    "abuse": "对人不对事，已移除并提醒作者",
    "spoiler": "剧透没有遮，已请作者补上",
    "off_topic": "和主题无关，已移除",
    "copying": "没有写明来源，先撤下",
    "other": "情况属实，已处理",
}
