"""How people put things: titles, opening posts, replies and comments from the phrase banks."""

from __future__ import annotations

import random
import re
from collections import deque

from tiantang.demo.grammar import Line, Phrase, Talk, read_phrase
from tiantang.demo.phrasebook import Kind, Work, common_bank, lines
from tiantang.demo.seasons import episode_of, neighbours
from tiantang.demo.world import Person, PostDraft, TopicDraft, World

ENDS = "。？！…～）」』!<?.）"
HAN = "\u3040-\u30ff\u4e00-\u9fff《》「」【】"
LOOSE = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])|(?<=[》」】]) (?=\\w)|(?<=\\w) (?=[《「【])")
TIGHT = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])")
CLASHES = (
    ("。。", "。"),
    ("，。", "。"),
    ("？。", "？"),
    ("！。", "！"),
    ("。，", "，"),
    ("？，", "？"),
    ("…，", "…"),
)


def new_talk(world: World, kind: Kind, work: Work, day: int) -> Talk:
    """The banks a topic draws from: its own words, its work's, then everybody's."""
    own: dict[str, tuple[Phrase, ...]] = dict(kind.slots)
    others = neighbours(world.plan, work, day)
    own["work2"] = tuple((other.name,) for other in others) or work.bank["work"]
    episode = episode_of(world.plan, work, day)
    own["ep"] = (read_phrase(str(episode) if episode else f"{{1-{work.episodes or 12}}}"),)
    return Talk(own, work.bank, common_bank())


def write_title(world: World, talk: Talk, kind: Kind, rng: random.Random, recent: deque[int]) -> str:
    """A title nobody used before, from a pattern not seen lately on this board; empty if none is left."""
    for attempt in range(10):
        line = rng.choice(kind.titles)
        if attempt < 6 and id(line) in recent:
            continue
        talk.settled.clear()
        talk.raised.clear()
        title = _tidy(talk.tell(line, rng), kind.language)
        if not world.written["title:" + title] and len(title) <= 80:
            recent.append(id(line))
            world.written["title:" + title] += 1
            return title
    return ""


def write_opening(world: World, talk: Talk, kind: Kind, rng: random.Random, terse: bool) -> str:
    """Two to six sentences that nobody opened with before."""
    raised = set(talk.raised)
    for attempt in range(8):
        talk.raised = set(raised)
        text = _opening_text(talk, kind, rng, terse and attempt < 3)
        if not world.written[text]:
            break
    world.written[text] += 1
    return text


def _opening_text(talk: Talk, kind: Kind, rng: random.Random, terse: bool) -> str:
    """One sentence from each block, some from the middle blocks twice."""
    out: list[str] = []
    last = len(kind.open) - 1
    for place, block in enumerate(kind.open):
        if place > 1 and rng.random() < (0.45 if terse or place == last else 0.1):
            continue
        fitting = [line for line in block if talk.allows(line)]
        wanted = 2 if 0 < place < last and len(fitting) > 3 and rng.random() < 0.6 and not terse else 1
        if not fitting:
            continue
        said = [talk.tell(line, rng) for line in rng.sample(fitting, min(wanted, len(fitting)))]
        said.sort(key=lambda text: "\n" in text)
        out.append("".join(said))
    gap = "\n\n" if rng.random() < 0.6 else ""
    return _tidy(gap.join(out), kind.language)


def mark_of(topic: TopicDraft, author: Person, rng: random.Random) -> str:
    """What is wrong with a reply to be: advertisers come and go, quarrels make people rude."""
    if author.kind == "passer" and rng.random() < 0.05:
        return "spam"
    rude = 0.11 if topic.kind.when == "quarrel" else 0.0008
    return "rude" if rng.random() < rude and not author.roles else ""


def write_reply(
    world: World, topic: TopicDraft, author: Person, before: list[PostDraft], mark: str, rng: random.Random
) -> str:
    """A reply that fits the topic and that nobody wrote before; sometimes naming somebody."""
    if mark:
        text = topic.talk.tell(rng.choice(lines("spam" if mark == "spam" else "quarrel")), rng)
        return _addressed(text, topic, author, before, rng) if mark == "rude" else text
    text = ""
    raised, used = set(topic.talk.raised), set(topic.used)
    for attempt in range(10):
        topic.talk.raised, topic.used = set(raised), set(used)
        text = _tidy(_reply_text(topic, author, rng, attempt), _tongue(topic, author))
        if (len(text) <= 12 and world.written[text] < 40) or world.written[text] == 0:
            break
    world.written[text] += 1
    return _addressed(text, topic, author, before, rng)


def _reply_text(topic: TopicDraft, author: Person, rng: random.Random, attempt: int) -> str:
    kind = topic.kind
    if (
        kind.language == "en"
        and author.language != "en"
        and author is not topic.author
        and rng.random() < 0.5
    ):
        return _with_tail(topic, _core(topic, rng, lines("english_guests")), rng, 0.3 + attempt * 0.1)
    if kind.language == "en" or author.language == "en":
        bank = kind.op if author is topic.author and kind.op else kind.replies
        bank = bank if kind.language == "en" else lines("english")
        first = _core(topic, rng, bank)
        more = rng.random() < 0.3 + attempt * 0.15
        return f"{first}. {_core(topic, rng, bank)}".replace("?.", "?").replace("!.", "!") if more else first
    if rng.random() < 0.085 and attempt < 2:
        return topic.talk.tell(rng.choice(lines("short")), rng)
    if author is topic.author:
        bank = kind.op if kind.op and rng.random() < 0.6 else lines("op")
        text = _core(topic, rng, bank)
        if rng.random() < 0.2 + attempt * 0.12:
            text += _joint(text, rng) + _core(topic, rng, kind.op or lines("op"))
        return _with_tail(topic, text, rng, 0.15 + attempt * 0.1)
    text = _core(topic, rng, _bank(kind, rng))
    if rng.random() < 0.15 + attempt * 0.07:
        text = topic.talk.tell(rng.choice(lines("openers")), rng) + text
    if rng.random() < 0.34 + attempt * 0.08 and len(text) < 60:
        text = text.rstrip("。") + _joint(text, rng) + _core(topic, rng, _bank(kind, rng))
    return _with_tail(topic, text, rng, 0.16 + attempt * 0.1)


def _bank(kind: Kind, rng: random.Random) -> tuple[Line, ...]:
    """Mostly what answers this kind of topic; now and then what people say on this board anyway."""
    if kind.chat and rng.random() < (0.06 if kind.question else 0.17):
        return kind.chat
    return kind.replies


def _joint(text: str, rng: random.Random) -> str:
    if text.endswith(tuple(ENDS)):
        return ""
    return rng.choice(("。", "。", "。", "，", "。另外，", "\n\n", "\n"))


def _with_tail(topic: TopicDraft, text: str, rng: random.Random, chance: float) -> str:
    if rng.random() < chance:
        tail = topic.talk.tell(rng.choice(lines("tails")), rng)
        return text + (tail.lstrip("，。") if text.endswith(tuple(ENDS)) else tail)
    return (
        text + rng.choice(("。", "。", "～", "！", "…"))
        if rng.random() < 0.3 and text[-1] not in ENDS
        else text
    )


def _core(topic: TopicDraft, rng: random.Random, bank: tuple[Line, ...]) -> str:
    """A sentence this topic has not heard yet, as long as there is one; else one that leans on nothing."""
    for _ in range(30):
        line = rng.choice(bank)
        if id(line) not in topic.used and topic.talk.allows(line):
            break
    else:
        general = [line for line in (*bank, *topic.kind.chat) if not line.needs]
        line = rng.choice(general or list(bank))
    topic.used.add(id(line))
    return topic.talk.tell(line, rng)


def _tongue(topic: TopicDraft, author: Person) -> str:
    return "en" if topic.kind.language == "en" or author.language == "en" else "zh"


def _addressed(
    text: str, topic: TopicDraft, author: Person, before: list[PostDraft], rng: random.Random
) -> str:
    others = [post for post in before[-8:] if post.author is not author and not post.removed_at]
    if not others or rng.random() > 0.13:
        return text
    return f"@{rng.choice(others).author.handle} {text}"


def quote_of(post: PostDraft) -> str:
    """The first words of another post, for a quote; empty when it has no plain beginning."""
    first = post.source.split("\n")[0].strip()
    if first.startswith((">", "-", "1.", "!", "@", "|", "*")) or len(first) < 6 or ">!" in first:
        return ""
    return first if len(first) <= 42 else first[:40] + "…"


def write_comment(world: World, post: PostDraft, answer: bool, author: Person, rng: random.Random) -> str:
    """A short remark; people answer remarks more shortly still."""
    topic = post.topic
    text = ""
    for attempt in range(6):
        bank = _remarks(post, answer, author, rng)
        text = _tidy(_core(topic, rng, bank), _tongue(topic, author))
        if rng.random() < attempt * 0.2 and topic.kind.language == "zh" and author.language != "en":
            text = _with_tail(topic, text, rng, 1.0)
        if len(text) <= 12 or world.written["comment:" + text] == 0:
            break
    world.written["comment:" + text] += 1
    return text


def _remarks(post: PostDraft, answer: bool, author: Person, rng: random.Random) -> tuple[Line, ...]:
    kind = post.topic.kind
    if kind.language == "en" or author.language == "en":
        return lines("english_comments")
    if answer and rng.random() < 0.7:
        return lines("answers")
    if post.number > 1 or not kind.comments or rng.random() < 0.35:
        return lines("comments")
    return kind.comments


def _tidy(text: str, language: str) -> str:
    """Close up what the joints leave: doubled stops, spaces between Chinese words."""
    for wrong, right in CLASHES:
        text = text.replace(wrong, right)
    if language == "zh":
        text = TIGHT.sub(" ", LOOSE.sub("", text))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()
