"""How replies and remarks are put: to whom they answer, what they take up, in whose way of talking."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tiantang.demo.dialect import breathe, habit_of, in_own_words
from tiantang.demo.grammar import Line
from tiantang.demo.moments import circumstances, moment_of
from tiantang.demo.phrasebook import lines
from tiantang.demo.voice import fitting_lines, mentions_question, tidy
from tiantang.demo.world import CommentDraft, Person, PostDraft, TopicDraft, World

ENDS = "。？！…～）」』!<?.）"
MARKS = (("spoiler", 0.0006), ("off_topic", 0.0012), ("copying", 0.0006))
"""What else is wrong with some replies, and how often; see ``mark_of``."""
CROWD = 8
"""So many replies by others make an author speak of a crowd."""
HARDLY = 14
"""Shorter posts are not worth answering."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, the post it quotes, if any, and whether it says something one can agree with."""

    text: str
    quoted: PostDraft | None = None
    solid: bool = False


def mark_of(topic: TopicDraft, author: Person, rng: random.Random) -> str:
    """What is wrong with a reply to be: advertisers come and go, quarrels make people rude."""
    if author.kind == "passer" and rng.random() < 0.05:
        return "spam"
    rude = 0.13 if topic.kind.when == "quarrel" else 0.0013
    if rng.random() < rude and not author.roles and author is not topic.author:
        return "rude"
    draw = rng.random()
    for mark, share in MARKS:
        if draw < share and marks_fit(topic, author, mark):
            return mark
        draw -= share
    return ""


def marks_fit(topic: TopicDraft, author: Person, mark: str) -> bool:
    """Whether somebody may go wrong in this way here: guests in Chinese talk; spoilers need a story."""
    plain = topic.kind.language == "zh" and author.language == "zh" and not author.roles
    told = bool(topic.kind.works) and topic.work.bank.get("char") is not None
    return plain and author is not topic.author and (mark != "spoiler" or told)


def write_reply(
    world: World, topic: TopicDraft, author: Person, second: int, mark: str, rng: random.Random
) -> Said:
    """A reply that fits the topic and that nobody wrote before; sometimes it quotes or names somebody."""
    talk = topic.talk
    around = circumstances(world.plan, topic.kind, topic.work, second) | _so_far(topic, author, second)
    talk.enter(len(topic.posts) + 1, moment_of(world.plan, second), around)
    if mark:
        return Said(_wrong_words(topic, mark, rng))
    raised, used = dict(talk.raised), set(topic.used)
    said = Said("")
    for attempt in range(10):
        talk.raised, topic.used = dict(raised), set(used)
        said = _reply(topic, author, rng, attempt)
        known = world.written[said.text]
        if known == 0 or (len(said.text) <= 12 and known < 60 and said.text not in topic.heard):
            break
    world.written[said.text] += 1
    topic.heard.add(said.text)
    return said


def _so_far(topic: TopicDraft, author: Person, second: int) -> set[str]:
    """What one may refer to: answers, a crowd of them, how long it took, that it is one's first post."""
    others = sum(post.author is not topic.author for post in topic.posts)
    last = next((post.at for post in reversed(topic.posts) if post.author is not author), topic.at)
    held = {
        "answered": others > 0,
        "crowd": others >= CROWD,
        "maiden": second <= author.wrote_at,
        "late": others > 0 and second - last > 20 * 3600,
    }
    return {key for key, holds in held.items() if holds}


def _wrong_words(topic: TopicDraft, mark: str, rng: random.Random) -> str:
    bank = fitting_lines(topic.talk, lines(mark))
    fresh = [line for line in bank if id(line) not in topic.used]
    line = rng.choice(fresh or bank)
    topic.used.add(id(line))
    return tidy(topic.talk.tell_apart(line, rng), "zh")


def _reply(topic: TopicDraft, author: Person, rng: random.Random, attempt: int) -> Said:
    if topic.kind.language == "en" or author.language == "en":
        return Said(_foreign(topic, author, rng, attempt))
    if author is topic.author:
        return _author_reply(topic, author, rng, attempt)
    draw = rng.random()
    short = 0.025 if topic.kind.question else 0.06
    if draw < short and attempt < 2:
        return Said(
            _tell(topic, _unused(topic, lines("short")) or fitting_lines(topic.talk, lines("short")), rng)
        )
    if draw < 0.15 and (said := _answer(topic, author, rng, attempt)):
        return said
    bank = _bank(topic, author, rng)
    if not bank:
        late = _unused(topic, lines("later")) if len(topic.posts) > 3 else []
        bank = late or _unused(topic, lines("short")) or fitting_lines(topic.talk, lines("short"))
        return Said(_in_own_way(_tell(topic, bank, rng), author, topic, rng, attempt))
    line = rng.choice(bank)
    text = _tell(topic, [line], rng)
    if rng.random() < 0.13 + attempt * 0.08 and len(text) < 45 and not line.needs:
        more = [one for one in _bank(topic, author, rng) if _floor_of(topic, one) < 2]
        if more:
            text += _joint(text, rng) + _tell(topic, more, rng)
    solid = line in topic.kind.replies and (bool(line.needs) or topic.kind.key != "lounge-chat")
    said = _addressed(topic, author, line, _in_own_way(text, author, topic, rng, attempt, solid), rng)
    return Said(said.text, said.quoted, solid)


def _author_reply(topic: TopicDraft, author: Person, rng: random.Random, attempt: int) -> Said:
    """Who opened the topic answers what was said, thanks, or comes back to it; never talks like a guest."""
    keyed = [line for line in _unused(topic, topic.kind.op, author) if line.needs]
    plain = [line for line in _unused(topic, topic.kind.op, author) if not line.needs]
    bank = keyed if keyed and rng.random() < 0.8 else plain + _unused(topic, lines("op"), author)
    if not bank:
        bank = keyed or fitting_lines(topic.talk, lines("op_short"))
    line = rng.choice(bank)
    text = _tell(topic, [line], rng)
    return _addressed(topic, author, line, _in_own_way(text, author, topic, rng, attempt), rng)


def _answer(topic: TopicDraft, author: Person, rng: random.Random, attempt: int) -> Said | None:
    """A few words to one of the last posts, which is quoted or whose writer is named."""
    target = _target(topic, author, rng)
    if target is None:
        return None
    asked = mentions_question(target.source) and topic.kind.when != "quarrel"
    section = "answering_question" if asked else "answering"
    bank = _unused(topic, lines(section), author)
    if not bank:
        return None
    text = _in_own_way(_tell(topic, bank, rng), author, topic, rng, attempt)
    if rng.random() < 0.6 and quote_of(target):
        return Said(text, target)
    return Said(f"@{target.author.handle} {text}")


def _target(topic: TopicDraft, author: Person, rng: random.Random) -> PostDraft | None:
    found = [
        post
        for post in topic.posts[1:][-6:]
        if post.solid and post.author is not author and post.quoted is None and len(post.source) >= HARDLY
    ]
    return rng.choice(found) if found else None


def _addressed(topic: TopicDraft, author: Person, line: Line, text: str, rng: random.Random) -> Said:
    """What answers another reply says so, unless it follows right upon it."""
    floor = _floor_of(topic, line)
    if floor < 2 or floor > len(topic.posts):
        return Said(text)
    post = topic.posts[floor - 1]
    if post.author is author or (floor == len(topic.posts) and rng.random() < 0.6):
        return Said(text)
    if rng.random() < 0.5 and quote_of(post) and post.quoted is None:
        return Said(text, post)
    return Said(f"@{post.author.handle} {text}")


def _floor_of(topic: TopicDraft, line: Line) -> int:
    """The floor on which the thing came up that a line leans on; 0 when it leans on nothing said."""
    raised = topic.talk.raised
    return max((raised[need] for need in line.needs if need in raised), default=0)


def _bank(topic: TopicDraft, author: Person, rng: random.Random) -> list[Line]:
    """What has not been said here: mostly what answers this kind of topic, else this board's small talk."""
    chat = _small_talk(topic, author)
    if chat and rng.random() < (0.05 if topic.kind.question else 0.14):
        return chat
    own = _unused(topic, topic.kind.replies, author)
    pointed = [line for line in own if line.needs]
    return (pointed if pointed and rng.random() < 0.5 else own) or chat


def _small_talk(topic: TopicDraft, author: Person) -> list[Line]:
    """What people say on this board anyway; not to askers, in quarrels or before a release."""
    chat = _unused(topic, topic.kind.chat, author)
    if topic.kind.when in ("quarrel", "before"):
        return []
    return [line for line in chat if "asks" in line.needs] if topic.kind.question else chat


def _unused(topic: TopicDraft, bank: tuple[Line, ...], author: Person | None = None) -> list[Line]:
    """Lines this topic has not heard; nobody answers what they themselves brought up, save as the author."""
    found = [line for line in bank if id(line) not in topic.used and topic.talk.allows(line)]
    return [line for line in found if author is None or _from_another(topic, line, author)]


def _from_another(topic: TopicDraft, line: Line, author: Person) -> bool:
    floor = _floor_of(topic, line)
    return floor < 2 or floor > len(topic.posts) or topic.posts[floor - 1].author is not author


def _tell(topic: TopicDraft, bank: list[Line], rng: random.Random) -> str:
    line = rng.choice(bank)
    topic.used.add(id(line))
    return tidy(topic.talk.tell_apart(line, rng), "zh")


def _foreign(topic: TopicDraft, author: Person, rng: random.Random, attempt: int) -> str:
    """Replies in English topics, and what English speakers write elsewhere."""
    native = author.language == "en"
    if topic.kind.language != "en":
        bank = _unused(topic, lines("english"), author)
    elif author is topic.author:
        bank = _unused(topic, topic.kind.op, author)
    elif native or rng.random() < 0.45:
        bank = _unused(topic, topic.kind.replies, author)
    else:
        bank = _unused(topic, lines("english_guests"), author)
    bank = bank or list(lines("english_short"))
    line = rng.choice(bank)
    topic.used.add(id(line))
    text = topic.talk.tell_apart(line, rng)
    if attempt > 2 and rng.random() < attempt * 0.1:
        text += rng.choice((" :)", " haha", ", really", " ^^"))
    return tidy(text, "en")


def _joint(text: str, rng: random.Random) -> str:
    if text.endswith(tuple(ENDS)):
        return ""
    return rng.choice(("。", "。", "。", "\n\n", "\n"))


def _in_own_way(
    text: str, author: Person, topic: TopicDraft, rng: random.Random, attempt: int, solid: bool = False
) -> str:
    """The words as this member puts them; small talk around them mostly where they were said before."""
    habit = habit_of(author.number)
    text = in_own_words(text, author.number)
    guest = author is not topic.author
    before = fitting_lines(topic.talk, habit.openers) if guest else []
    after = fitting_lines(topic.talk, habit.tails) if solid and not mentions_question(text) else []
    if before and rng.random() < 0.05 + attempt * 0.16 and text[:1] not in ">！@「《（" and len(text) > 8:
        text = topic.talk.tell_apart(rng.choice(before), rng) + text
    if text[-1] not in ENDS:
        if after and len(text) > 12 and rng.random() < 0.02 + max(0, attempt - 2) * 0.16:
            text = tidy(text + topic.talk.tell_apart(rng.choice(after), rng), "zh")
        elif rng.random() < 0.6:
            text += habit.stop
    return breathe(text, author.number)


def quote_of(post: PostDraft) -> str:
    """The first words of another post, for a quote; empty when it has no plain beginning."""
    first = post.source.split("\n")[0].strip()
    if first.startswith((">", "-", "1.", "!", "@", "|", "*")) or len(first) < 6 or ">!" in first:
        return ""
    return first if len(first) <= 42 else first[:40] + "…"


def write_comment(
    world: World,
    post: PostDraft,
    parent: CommentDraft | None,
    author: Person,
    second: int,
    rng: random.Random,
) -> str:
    """A short remark on a post or an answer to one; empty when there is nothing left to say."""
    topic = post.topic
    topic.talk.enter(
        len(topic.posts) + 1,
        moment_of(world.plan, second),
        circumstances(world.plan, topic.kind, topic.work, second),
    )
    foreign = topic.kind.language == "en" or author.language == "en"
    bank = _remarks(post, parent, author, foreign, rng)
    fresh = [line for line in bank if id(line) not in topic.remarked]
    if not fresh:
        return ""
    line = rng.choice(fresh)
    topic.remarked.add(id(line))
    text = tidy(topic.talk.tell_apart(line, rng), "en" if foreign else "zh")
    return text if foreign else in_own_words(text, author.number)


def _remarks(
    post: PostDraft, parent: CommentDraft | None, author: Person, foreign: bool, rng: random.Random
) -> list[Line]:
    """What may be remarked on this very post: first what takes up something it said."""
    topic, talk = post.topic, post.topic.talk
    if foreign:
        return list(lines("english_comments"))
    if parent is not None:
        return fitting_lines(talk, lines("answers" if author is post.author else "nods"))
    pointed = [line for line in topic.kind.comments if line.needs and talk.allows(line)]
    pointed = [line for line in pointed if _floor_of(topic, line) in (0, post.number)]
    pointed = [line for line in pointed if id(line) not in topic.remarked]
    plain = [line for line in topic.kind.comments if not line.needs] if post.number == 1 else []
    if pointed and rng.random() < 0.75:
        return pointed
    asked = topic.kind.question if post.number == 1 else mentions_question(post.source)
    asked = asked and topic.kind.when != "quarrel"
    section = "comments_question" if asked else "comments"
    return (plain if plain and rng.random() < 0.3 else []) or fitting_lines(talk, lines(section))
