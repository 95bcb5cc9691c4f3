"""What members report and how the team decides."""

from __future__ import annotations

import random

from tiantang.demo.world import CommentDraft, Person, PostDraft, ReportDraft, World

PLAIN_RATE = 0.0009
"""Chance that an ordinary post is reported; in a quarrel everybody's fingers are quicker."""
QUARREL_RATE, LATE_QUARREL_RATE = 0.04, 0.01
MARKED_RATES = {"spam": 0.96, "rude": 0.7, "spoiler": 0.8, "off_topic": 0.45, "copying": 0.5}
REASON_OF = {"rude": "abuse"}
"""The reason a fault is reported under, where it is not its own name."""
UPHELD = {"spam": 0.99, "rude": 0.9, "spoiler": 0.95, "off_topic": 0.85, "copying": 0.9}
"""How often a report of a real fault is upheld; one of an ordinary post hardly ever is."""
HARDLY = 0.05
REASONS = (("off_topic", 3), ("abuse", 3), ("other", 2))
"""What people think is wrong with posts that have nothing wrong with them."""


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
    witnesses = [person for person in world.people if person.kind in ("poster", "pillar")]
    for post in world.waiting:
        about = [one for one in witnesses if one is not post.author and one.joined < post.at]
        about.sort(key=lambda one: (-one.last_seen, one.number))
        second = min(post.at + rng.randrange(600, 7200), world.plan.now - rng.randrange(60, 600))
        if about and second > post.at and not post.topic.removed_at:
            reason = REASON_OF.get(post.mark, post.mark)
            note = rng.choice(NOTES[reason])
            world.reports.append(ReportDraft(post, None, rng.choice(about[:12]), reason, note, second))
    world.reports.sort(key=lambda report: report.at)


def _reporters(
    world: World, post: PostDraft, heated: bool, witnesses: list[Person], rng: random.Random
) -> list[Person]:
    chance = MARKED_RATES.get(post.mark, PLAIN_RATE)
    if post.topic.kind.when == "quarrel" and not post.mark:
        chance = QUARREL_RATE if heated else LATE_QUARREL_RATE
    if post in world.waiting:
        return []
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
    quarrel = post.topic.kind.when == "quarrel"
    reason = REASON_OF.get(mark, mark) or ("abuse" if quarrel and rng.random() < 0.8 else "")
    reason = reason or rng.choices([name for name, _ in REASONS], weights=[n for _, n in REASONS])[0]
    notes = NOTES if mark else DOUBTS
    note = rng.choice(notes.get(reason, ("",))) if rng.random() < 0.6 or reason == "other" else ""
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
    down = 0 < thing.removed_at < second
    upheld = down or rng.random() < UPHELD.get(mark, HARDLY)
    report.decided_by = rng.choice(team)
    report.decided_at = second
    report.state = "upheld" if upheld else "rejected"
    report.decision_note = VERDICTS[report.reason] if upheld else rng.choice(REFUSALS[report.reason])
    if down:
        report.decision_note = ALREADY
    elif upheld and mark == "spoiler":
        _cover(world, report.post, second)
    elif upheld:
        _take_down(world, report, second)


def _cover(world: World, post: PostDraft, second: int) -> None:
    """The writer of a spoiler covers it when asked to."""
    later = second + 5400
    if later < world.plan.now and not post.edits:
        post.edits.append((later, post.source))
        post.source = f">!{post.source}!<"


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
    "abuse": ("骂人了", "人身攻击", "冲着人去的，不是说事", "好好说话不行吗"),
    "spoiler": ("没遮剧透", "直接把结局写出来了，也不遮一下", "我还没看到那里，被剧透一脸"),
    "off_topic": ("跟这帖没关系，发错地方了吧", "歪楼，该去别的版块", "在别人帖子里打自己的事"),
    "copying": ("像是从别处整段搬来的，没写出处", "转载没写作者", "原文我见过，不是本人写的"),
}
"""What reporters write about real faults."""
DOUBTS = {
    "abuse": ("感觉在阴阳怪气", "语气有点冲", "带节奏", "好好说话不行吗"),
    "off_topic": ("跟主题没关系吧", "歪楼了", "水帖"),
    "other": ("麻烦看一下", "感觉不太对", "这样说合适吗"),
}
"""What they write about posts that have nothing wrong with them."""
VERDICTS = {
    "spam": "广告，已移除",
    "abuse": "对人不对事，已移除并提醒作者",
    "spoiler": "剧透没有遮，已请作者补上",
    "off_topic": "和主题无关，已移除，请发到合适的版块",
    "copying": "没有写明来源，先撤下",
    "other": "情况属实，已处理",
}
ALREADY = "重复举报，前面已经处理过了"
REFUSALS = {
    "spam": ("看过了，是真人在聊，不算广告",),
    "abuse": (
        "语气急了些，还在讨论范围内",
        "看过前后文，是玩笑",
        "意见不同不算违规",
        "说的是作品，没有针对人",
    ),
    "spoiler": ("主楼标题已经写明含剧透，不处理", "这一话已经播过一周了，先不处理"),
    "off_topic": ("聊得散了点，还在话题里", "楼里顺着聊到的，不算歪楼"),
    "copying": ("作者补了出处，不用撤", "核对过，是作者本人发的"),
    "other": ("没有违反规则，先不处理", "看过前后文，没有问题"),
}
