"""How people put things: titles, opening posts, replies and comments from the phrase banks."""

from __future__ import annotations

import random
from collections import deque

from tiantang.demo.grammar import Phrase, Talk, read_phrase
from tiantang.demo.phrasebook import Kind, Work, common_bank, lines
from tiantang.demo.seasons import episode_of, neighbours
from tiantang.demo.world import Person, PostDraft, TopicDraft, World

ENDS = "。？！…~）」』!<?."
LOUD = "，：。"


def new_talk(world: World, kind: Kind, work: Work, day: int) -> Talk:
    """The banks a topic draws from: its own words, its work's, then everybody's."""
    own: dict[str, tuple[Phrase, ...]] = dict(kind.slots)
    others = neighbours(world.plan, work, day)
    own["work2"] = tuple((other.name,) for other in others) or work.bank["work"]
    episode = episode_of(world.plan, work, day)
    own["ep"] = (read_phrase(str(episode) if episode else f"{{1-{work.episodes or 12}}}"),)
    return Talk(own, work.bank, common_bank())


def write_title(world: World, talk: Talk, kind: Kind, rng: random.Random, recent: deque[int]) -> str:
    """A title nobody used before, from a pattern not seen lately on this board."""
    choices = [number for number in range(len(kind.titles)) if hash_of(kind, number) not in recent]
    title = ""
    for attempt in range(14):
        pool = choices if choices and attempt < 8 else list(range(len(kind.titles)))
        number = rng.choice(pool)
        talk.settled.clear()
        title = talk.say(kind.titles[number], rng)
        if world.written["title:" + title] == 0 and len(title) <= 80:
            recent.append(hash_of(kind, number))
            break
    world.written["title:" + title] += 1
    return title


def hash_of(kind: Kind, number: int) -> int:
    """A stable number of one pattern."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(kind.key[:8])) * 100 + number


def write_opening(talk: Talk, kind: Kind, rng: random.Random, terse: bool) -> str:
    """Two to six sentences: one from each block, some from the middle blocks twice."""
    out: list[str] = []
    last = len(kind.open) - 1
    for place, block in enumerate(kind.open):
        if place and rng.random() < (0.45 if terse or place == last else 0.08):
            continue
        wanted = 2 if 0 < place < last and len(block) > 3 and rng.random() < 0.55 and not terse else 1
        said = [talk.say(phrase, rng) for phrase in rng.sample(block, wanted)]
        said.sort(key=lambda text: "\n" in text)
        out.append("".join(said))
    gap = "\n\n" if rng.random() < 0.6 else ""
    return _tidy(gap.join(out))


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
        text = topic.talk.say(rng.choice(lines("spam" if mark == "spam" else "quarrel")), rng)
        return _addressed(text, topic, author, before, rng) if mark == "rude" else text
    text = ""
    for attempt in range(7):
        text = _reply_text(topic, author, rng, attempt)
        if (len(text) <= 12 and world.written[text] < 60) or world.written[text] == 0:
            break
    world.written[text] += 1
    return _addressed(text, topic, author, before, rng)


def _reply_text(topic: TopicDraft, author: Person, rng: random.Random, attempt: int) -> str:
    if topic.kind.language == "en" or author.language == "en":
        return _core(topic, rng, topic.kind.replies if topic.kind.language == "en" else lines("english"))
    if rng.random() < 0.09 and attempt < 2:
        return topic.talk.say(rng.choice(lines("short")), rng)
    if author is topic.author:
        bank = topic.kind.op if topic.kind.op and rng.random() < 0.65 else lines("op")
        return _with_tail(topic, _core(topic, rng, bank), rng, 0.25 + attempt * 0.12)
    text = _core(topic, rng, topic.kind.replies + topic.kind.chat)
    if rng.random() < 0.22 + attempt * 0.08 and not text.startswith((">", "1")):
        text = topic.talk.say(rng.choice(lines("openers")), rng) + text
    if rng.random() < 0.16 and len(topic.kind.replies) > 6:
        text = text.rstrip("。") + "。" + _core(topic, rng, topic.kind.replies + topic.kind.chat)
    return _with_tail(topic, text, rng, 0.34 + attempt * 0.12)


def _with_tail(topic: TopicDraft, text: str, rng: random.Random, chance: float) -> str:
    if rng.random() < chance:
        tail = topic.talk.say(rng.choice(lines("tails")), rng)
        text = text + (tail[1:] if text.endswith(tuple(ENDS)) else tail)
        return text + "。" if rng.random() < 0.4 and not text.endswith(tuple(ENDS)) else text
    return text + "。" if rng.random() < 0.25 and not text.endswith(tuple(ENDS)) else text


def _core(topic: TopicDraft, rng: random.Random, bank: tuple[Phrase, ...]) -> str:
    """A sentence this topic has not heard yet, as long as there is one."""
    for _ in range(8):
        phrase = rng.choice(bank)
        if id(phrase) not in topic.used:
            break
    topic.used.add(id(phrase))
    return _tidy(topic.talk.say(phrase, rng))


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
    if first.startswith((">", "-", "1.", "!", "@")) or len(first) < 6 or ">!" in first:
        return ""
    return first if len(first) <= 42 else first[:40] + "…"


def write_comment(world: World, post: PostDraft, answer: bool, author: Person, rng: random.Random) -> str:
    """A short remark; people answer remarks more shortly still."""
    topic = post.topic
    text = ""
    for attempt in range(6):
        if topic.kind.language == "en" or author.language == "en":
            bank = lines("english_comments")
        elif answer and rng.random() < 0.6:
            bank = lines("answers")
        elif post.number > 1 or not topic.kind.comments or rng.random() < 0.4:
            bank = lines("comments") + topic.kind.chat[:6]
        else:
            bank = topic.kind.comments
        text = topic.talk.say(rng.choice(bank), rng)
        if rng.random() < 0.2 + attempt * 0.15 and topic.kind.language == "zh" and author.language != "en":
            text = _with_tail(topic, text, rng, 1.0)
        if len(text) <= 12 or world.written["comment:" + text] == 0:
            break
    world.written["comment:" + text] += 1
    return text


def _tidy(text: str) -> str:
    """Close up what the joints leave: doubled stops, spaces before paragraphs."""
    for wrong, right in (
        ("。。", "。"),
        ("，。", "。"),
        ("？。", "？"),
        ("！。", "！"),
        ("\n\n\n\n", "\n\n"),
    ):
        text = text.replace(wrong, right)
    return text.strip()
