"""Small acts: remarks, likes, bookmarks, shares, best answers, edits, pins and features."""

from __future__ import annotations

import random
from bisect import bisect_left

from tiantang.demo.speech import write_comment
from tiantang.demo.world import (
    CommentDraft,
    KeepDraft,
    LikeDraft,
    Person,
    PostDraft,
    TopicDraft,
    Visit,
    World,
)

COMMENTS_PER_POST = 0.34
LIKES_PER_POST = 1.75
BOOKMARKS_PER_POST = 0.16
SHARES_PER_POST = 0.075
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def react(world: World) -> None:
    """Everything that grows out of reading: each act follows a view by the same member."""
    rng = world.plan.stream("reactions")
    views = [visit for visit in world.visits if visit.topic is not None and visit.person is not None]
    _like(world, views, rng)
    _comment(world, views, rng)
    _keep(world, views, rng)
    _share(world, views, rng)
    _accept_answers(world, rng)
    _edit(world, rng)
    _curate(world, rng)


def _some(views: list[Visit], wanted: int, rng: random.Random, towards: str) -> list[Visit]:
    """About ``wanted`` views, more of those by people who are warm or talkative."""
    weights = [getattr(visit.person, towards) for visit in views]
    scale = wanted / max(sum(weights), 1e-9)
    return [visit for visit, weight in zip(views, weights, strict=True) if rng.random() < weight * scale]


def _second(world: World, visit: Visit, rng: random.Random) -> int:
    return min(visit.at + 4 + int(rng.random() * max(4, visit.ms // 1000)), world.plan.now)


def _like(world: World, views: list[Visit], rng: random.Random) -> None:
    seen: set[tuple[int, int]] = set()
    for visit in _some(views, int(len(world.posts) * LIKES_PER_POST * 1.25), rng, "warmth"):
        assert visit.topic is not None and visit.person is not None
        second = _second(world, visit, rng)
        post = _post_before(visit.topic, second, rng)
        key = (visit.person.number, id(post))
        if post is None or post.author is visit.person or key in seen:
            continue
        seen.add(key)
        post.likes += 1
        world.likes.append(LikeDraft(visit.person, post, second))
    world.likes.sort(key=lambda like: like.at)


def _post_before(topic: TopicDraft, second: int, rng: random.Random) -> PostDraft | None:
    """A post that stood there by then: often the opening one, else any, good ones again."""
    upto = bisect_left(topic.posts, second, key=lambda post: post.at)
    if not upto or (topic.removed_at and topic.removed_at < second):
        return None
    if rng.random() < 0.42:
        chosen = topic.posts[0]
    else:
        one, two = topic.posts[rng.randrange(upto)], topic.posts[rng.randrange(upto)]
        chosen = one if one.likes >= two.likes else two
    return None if chosen.removed_at or chosen.mark else chosen


def _comment(world: World, views: list[Visit], rng: random.Random) -> None:
    found: list[tuple[int, Person, PostDraft]] = []
    for visit in _some(views, int(len(world.posts) * COMMENTS_PER_POST * 1.1), rng, "talk"):
        assert visit.topic is not None and visit.person is not None
        second = _second(world, visit, rng)
        post = _post_before(visit.topic, second, rng)
        if post is not None and post.at + 20 < second and visit.topic.opens_at < second:
            found.append((second, visit.person, post))
    found.sort(key=lambda row: row[0])
    for second, person, post in found:
        parent = _parent(post, person, rng)
        if parent is None and (person is post.author or _remarked(post, person)):
            continue
        text = write_comment(world, post, parent, person, second, rng)
        if not text:
            continue
        comment = CommentDraft(post, parent, person, second, text)
        post.comments.append(comment)
        world.comments.append(comment)


def _remarked(post: PostDraft, person: Person) -> bool:
    """Whether somebody has had their say under a post."""
    return any(comment.author is person and comment.parent is None for comment in post.comments)


def _parent(post: PostDraft, person: Person, rng: random.Random) -> CommentDraft | None:
    """Which remark is answered; two levels at most."""
    if not post.comments or rng.random() > 0.45:
        return None
    chosen = rng.choice(post.comments[-4:])
    top = chosen.parent or chosen
    last = post.comments[-1].author
    return None if top.author is person or chosen.author is person or last is person else top


def _keep(world: World, views: list[Visit], rng: random.Random) -> None:
    seen: set[tuple[int, int]] = set()
    for visit in _some(views, int(len(world.posts) * BOOKMARKS_PER_POST), rng, "warmth"):
        assert visit.topic is not None and visit.person is not None
        key = (visit.person.number, id(visit.topic))
        if key not in seen and visit.topic.author is not visit.person:
            seen.add(key)
            world.bookmarks.append(KeepDraft(visit.person, visit.topic, _second(world, visit, rng)))
    world.bookmarks.sort(key=lambda keep: keep.at)


def _share(world: World, views: list[Visit], rng: random.Random) -> None:
    codes: set[str] = set()
    for visit in _some(views, int(len(world.posts) * SHARES_PER_POST), rng, "warmth"):
        assert visit.topic is not None and visit.person is not None
        code = "".join(rng.choices(LETTERS, k=8))
        if code in codes:
            continue
        codes.add(code)
        share = KeepDraft(visit.person, visit.topic, _second(world, visit, rng), code)
        for _ in range(int(rng.paretovariate(1.5)) - 1 if rng.random() < 0.6 else 0):
            second = share.at + int(rng.expovariate(1 / 40_000))
            if second < world.plan.now and len(share.follows) < 40:
                share.follows.append((second, rng.getrandbits(62)))
        world.shares.append(share)
    world.shares.sort(key=lambda share: share.at)


def _accept_answers(world: World, rng: random.Random) -> None:
    """Who asked marks the answer that helped, some hours after it came."""
    for topic in world.topics:
        answers = [post for post in topic.posts[1:] if _may_help(post)]
        if not topic.is_question or not answers or rng.random() > 0.52:
            continue
        best = max(answers[:8], key=lambda post: (post.likes, len(post.source)))
        second = best.at + int(rng.lognormvariate(8.6, 1.0))
        if second < world.plan.now:
            topic.best, topic.best_at = best, second


def _may_help(post: PostDraft) -> bool:
    """Whether a reply says enough to be an answer; those to other replies and guests' small talk are none."""
    plain = not (post.mark or post.quoted or post.source.startswith("@") or post.author is post.topic.author)
    return plain and post.solid and len(post.source) >= 12 and post.author.language != "en"


def _edit(world: World, rng: random.Random) -> None:
    """Somebody comes back to put a word right: the first text is kept as a revision."""
    for post in world.posts:
        chance = 0.12 if post.number == 1 else 0.02
        second = post.at + int(rng.lognormvariate(6.5, 1.6))
        if rng.random() >= chance or second >= world.plan.now or post.mark:
            continue
        earlier = post.source
        if note := _note(post, second, rng):
            post.source += "\n\n" + note
        else:
            earlier = _mistyped(post.source, rng)
        post.edits.append((second, earlier))


def _note(post: PostDraft, second: int, rng: random.Random) -> str:
    """What an author adds below the opening post; it speaks of replies only when there are some by then."""
    topic = post.topic
    if post.number > 1 or topic.kind.language != "zh" or rng.random() < 0.55:
        return ""
    if topic.best and topic.best_at <= second:
        return rng.choice(SOLVED)
    others = sum(one.at < second and one.author is not post.author for one in topic.posts)
    if others >= 3:
        return rng.choice(ASKED_MORE if topic.is_question else TALKED_MORE)
    return rng.choice(ADDED)


def _mistyped(text: str, rng: random.Random) -> str:
    """The text as it was before a slip was put right."""
    for word, slip in rng.sample(SLIPS, len(SLIPS)):
        if word in text:
            return text.replace(word, slip, 1)
    return text + rng.choice(("。。。", "，，", "（手滑"))


SLIPS = (
    ("的", "的的"),
    ("了", "了了"),
    ("是", "事"),
    ("在", "再"),
    ("得", "的"),
    ("，", "，，"),
    ("the", "teh"),
)
ADDED = (
    "（改了两个错字）",
    "补一句：不急，慢慢聊。",
    "（标点改了一下，手机发的）",
    "编辑：排版乱了，重新分了段。",
    "（漏了半句话，补上了）",
)
TALKED_MORE = (
    "**更新**：把大家问得多的放到前面了。",
    "补充一下：楼下几位写得比我好。",
    "**补充**：楼下有人提醒，前面有一处写得不清楚，已改。",
    "编辑：谢谢楼下纠正，已经改过来了。",
)
SOLVED = (
    "**更新**：解决了，办法见采纳的那一楼，谢谢各位。",
    "更新：搞定了，最佳答案已经标了。",
    "**已解决**，留着给后来的人看。",
)
ASKED_MORE = (
    "更新：楼下的办法在一个一个试，有结果再来写。",
    "更新：还没好，继续蹲。",
    "补充：需要什么信息跟我说，我去看。",
)


def _curate(world: World, rng: random.Random) -> None:
    """The content operator features what is good and pins a few, from the third week on."""
    start = world.plan.midnights[min(20, len(world.plan.midnights) - 1)]
    for topic in world.topics:
        if topic.removed_at or topic.at < start:
            continue
        liked = topic.posts[0].likes
        second = topic.at + int(rng.uniform(6, 50) * 3600)
        if second < world.plan.now and liked >= 6 and rng.random() < min(0.6, liked / 40):
            topic.featured_at = second
    _pin(world, rng)


def _pin(world: World, rng: random.Random) -> None:
    """At most one topic stays pinned on a board: a late one that was liked."""
    boards: dict[str, TopicDraft] = {}
    for topic in world.topics[-len(world.topics) // 4 :]:
        best = boards.get(topic.board)
        fits = topic.kind.key.startswith(("guide", "notice", "rules", "list"))
        if fits and not topic.removed_at and (best is None or topic.posts[0].likes > best.posts[0].likes):
            boards[topic.board] = topic
    for topic in boards.values():
        second = topic.at + int(rng.uniform(2, 20) * 3600)
        if second < world.plan.now:
            topic.pinned_at = second
