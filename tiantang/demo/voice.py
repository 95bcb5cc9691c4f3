"""How topics begin: titles and opening posts from the phrase banks, and how joints are closed."""

from __future__ import annotations

import random
import re
from collections import deque

from tiantang.demo.grammar import Line, Phrase, Talk, read_phrase
from tiantang.demo.moments import circumstances, moment_of
from tiantang.demo.phrasebook import Kind, Work, common_bank
from tiantang.demo.seasons import episode_of, neighbours, version_of
from tiantang.demo.world import World

HAN = "\u3040-\u30ff\u4e00-\u9fff《》「」【】"
LOOSE = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])|(?<=[》」】]) (?=\w)|(?<=\w) (?=[《「【])")
TIGHT = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])")
POINTED = 0.9
"""How surely an opening post takes up what its title promised."""
CLASHES = (
    ("。。", "。"),
    ("，。", "。"),
    ("？。", "？"),
    ("！。", "！"),
    ("。，", "，"),
    ("？，", "？"),
    ("！，", "！"),
    ("…，", "…"),
    ("……。", "……"),
)


def new_talk(world: World, kind: Kind, work: Work, second: int) -> Talk:
    """The banks a topic draws from: its own words, its work's, then everybody's."""
    plan, day = world.plan, world.plan.day_number(second)
    own: dict[str, tuple[Phrase, ...]] = dict(kind.slots)
    others = neighbours(plan, work, day)
    own["work2"] = tuple((other.name,) for other in others) or work.bank["work"]
    episode = episode_of(plan, work, day)
    own["ep"] = (read_phrase(str(episode) if episode else f"{{1-{work.episodes or 12}}}"),)
    if version := version_of(plan, work, day):
        own["version"] = (version,)
    talk = Talk(own, work.bank, common_bank())
    talk.enter(1, moment_of(plan, second), circumstances(plan, kind, work, second))
    return talk


def write_title(world: World, talk: Talk, kind: Kind, rng: random.Random, recent: deque[int]) -> str:
    """A title nobody used before, from a pattern not seen lately on this board; empty if none is left."""
    around = dict(talk.raised)
    fitting = [line for line in kind.titles if talk.allows(line)]
    for attempt in range(10 if fitting else 0):
        line = rng.choice(fitting)
        if attempt < 6 and id(line) in recent:
            continue
        talk.settled.clear()
        talk.raised = dict(around)
        title = tidy(talk.tell(line, rng), kind.language)
        if not world.written["title:" + title] and len(title) <= 80:
            recent.append(id(line))
            world.written["title:" + title] += 1
            return title
    return ""


def write_opening(world: World, talk: Talk, kind: Kind, rng: random.Random, terse: bool) -> str:
    """Two to six sentences that nobody opened with before."""
    raised, settled = dict(talk.raised), dict(talk.settled)
    for attempt in range(8):
        talk.raised, talk.settled = dict(raised), dict(settled)
        text = _opening_text(talk, kind, rng, terse and attempt < 3)
        if not world.written[text]:
            break
    world.written[text] += 1
    talk.settled.pop("when", None)
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
        chosen = rng.sample(fitting, min(wanted, len(fitting)))
        pointed = [line for line in fitting if line.needs]
        if pointed and not any(line.needs for line in chosen) and rng.random() < POINTED:
            chosen[0] = rng.choice(pointed)
        said = [talk.tell(line, rng) for line in chosen]
        said.sort(key=lambda text: "\n" in text)
        out.append(_join(said, " " if kind.language == "en" else ""))
    gap = "\n\n" if rng.random() < 0.6 else " " if kind.language == "en" else ""
    return tidy(_join(out, gap), kind.language)


def _join(parts: list[str], gap: str) -> str:
    """Put sentences together; what follows a list or a table stands apart from it."""
    text = ""
    for part in parts:
        listed = text.rpartition("\n")[2].startswith(("-", "|", "1.", "2.", "3.", "4."))
        text += ("" if not text else "\n\n" if listed else gap) + part
    return text


ASKING = re.compile(r"[？?]|吗(?=[，。…～！ ]|$)|求[问教补全截谱笔推助]|能不能标|不懂就问")


def mentions_question(text: str) -> bool:
    """Whether a post asks for something, so that agreeing with it would be odd."""
    return bool(ASKING.search(text))


def fitting_lines(talk: Talk, bank: tuple[Line, ...]) -> list[Line]:
    """The lines of a bank that may be said now."""
    return [line for line in bank if talk.allows(line)]


def tidy(text: str, language: str) -> str:
    """Close up what the joints leave: doubled stops, spaces between Chinese words."""
    for wrong, right in CLASHES:
        text = text.replace(wrong, right)
    if language == "zh":
        text = TIGHT.sub(" ", LOOSE.sub("", text))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()
