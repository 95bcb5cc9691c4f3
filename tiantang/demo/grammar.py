"""Sentences with holes: ``{one|two}`` chooses, ``{3-9}`` counts, ``{boss}`` remembers, ``{+boss}`` varies."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

NUMBER = re.compile(r"(\d+)-(\d+)$")
KEYED = re.compile(r"\[([a-z|]*)(?:>([a-z]+))?\](.+)$", re.DOTALL)
BREAKS = str.maketrans({"¶": "\n\n", "↵": "\n"})


class GrammarError(ValueError):
    """A phrase that cannot be read, or a hole nobody can fill."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several endings."""

    ways: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number between two bounds, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Hole:
    """A word from a bank; a ``fresh`` one differs from what the talk already settled on."""

    name: str
    fresh: bool


Part = str | Choice | Span | Hole
Phrase = tuple[Part, ...]
Banks = Mapping[str, Sequence[Phrase]]


def read_phrase(text: str) -> Phrase:
    """Compile one line. Raises GrammarError for unbalanced braces."""
    phrase, end = _read(text.translate(BREAKS), 0, "")
    if end != len(text.translate(BREAKS)):
        raise GrammarError(f"A brace too many in {text!r}")
    return phrase


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A sentence that may be said only where one of ``needs`` was brought up; it brings up ``gives``."""

    phrase: Phrase
    needs: frozenset[str] = frozenset()
    gives: str = ""


def read_lines(text: str) -> tuple[Line, ...]:
    """Compile a block with one sentence a line: ``[lamp|tree]…`` needs one of two, ``[>lamp]…`` gives."""
    return tuple(_line(line.strip()) for line in text.strip().splitlines() if line.strip())


def _line(text: str) -> Line:
    match = KEYED.match(text)
    if match is None:
        return Line(read_phrase(text))
    needs = frozenset(match[1].split("|")) if match[1] else frozenset()
    return Line(read_phrase(match[3]), needs, match[2] or "")


def _read(text: str, start: int, stops: str) -> tuple[Phrase, int]:
    parts: list[Part] = []
    plain = start
    here = start
    while here < len(text) and text[here] not in stops:
        if text[here] == "{":
            if here > plain:
                parts.append(text[plain:here])
            part, here = _read_hole(text, here + 1)
            parts.append(part)
            plain = here
        elif text[here] == "}":
            raise GrammarError(f"A brace too many in {text!r}")
        else:
            here += 1
    if here > plain:
        parts.append(text[plain:here])
    return tuple(parts), here


def _read_hole(text: str, start: int) -> tuple[Part, int]:
    ways: list[Phrase] = []
    here = start
    while True:
        phrase, here = _read(text, here, "|}")
        ways.append(phrase)
        if here >= len(text):
            raise GrammarError(f"A brace is missing in {text!r}")
        if text[here] == "}":
            break
        here += 1
    if len(ways) > 1:
        return Choice(tuple(ways)), here + 1
    return _plain_hole("".join(part for part in ways[0] if isinstance(part, str))), here + 1


def _plain_hole(word: str) -> Part:
    if match := NUMBER.match(word):
        return Span(int(match[1]), int(match[2]))
    return Hole(word.removeprefix("+"), word.startswith("+"))


SECONDS = ("char2", "item2")
"""Words of another bank, settled on like that one's own but different from it."""
OWN_WORDS = ("when", "person", "snack", "device", "num", "feel")
"""What each speaker has of their own: another one's brother is not mine."""


class Talk:
    """What one topic is about: words settled on once stay the same in every reply.

    ``raised`` knows on which floor something was brought up, 0 for what lies in the hour or the subject;
    ``moment`` holds the words of the hour, which come before all banks.
    """

    __slots__ = ("banks", "floor", "moment", "raised", "settled")

    def __init__(self, *banks: Banks) -> None:
        self.banks = banks
        self.settled: dict[str, str] = {}
        self.raised: dict[str, int] = {}
        self.floor = 1
        self.moment: Banks = {}

    def enter(self, floor: int, moment: Banks, around: Iterable[str]) -> None:
        """Somebody speaks on a floor, with the words and the circumstances of that hour."""
        self.floor, self.moment = floor, moment
        self.raised = {key: place for key, place in self.raised.items() if place}
        self.raised |= dict.fromkeys((key for key in around if key not in self.raised), 0)

    def allows(self, line: Line) -> bool:
        """Whether what the line leans on has been brought up."""
        return not line.needs or any(need in self.raised for need in line.needs)

    def tell(self, line: Line, rng: random.Random) -> str:
        """Say a line and remember what it brought up."""
        if line.gives:
            self.raised.setdefault(line.gives, self.floor)
        return self.say(line.phrase, rng)

    def tell_apart(self, line: Line, rng: random.Random) -> str:
        """Say a line of another speaker: their hour, their people and their snacks are not the author's."""
        if line.needs or line.gives:
            return self.tell(line, rng)
        kept = dict(self.settled)
        for name in OWN_WORDS:
            self.settled.pop(name, None)
        text = self.tell(line, rng)
        for name in OWN_WORDS:
            self.settled.pop(name, None)
            if name in kept:
                self.settled[name] = kept[name]
        return text

    def say(self, phrase: Phrase, rng: random.Random) -> str:
        """Fill every hole. Raises GrammarError when no bank knows a word."""
        out: list[str] = []
        for part in phrase:
            if isinstance(part, str):
                out.append(part)
            elif isinstance(part, Choice):
                out.append(self.say(part.ways[int(rng.random() * len(part.ways))], rng))
            elif isinstance(part, Span):
                out.append(str(_number(part, rng)))
            else:
                out.append(self._word(part, rng))
        return "".join(out)

    def _word(self, hole: Hole, rng: random.Random) -> str:
        if not hole.fresh and hole.name in self.settled:
            return self.settled[hole.name]
        base = hole.name.removesuffix("2") if hole.name in SECONDS else hole.name
        for bank in (self.moment, *self.banks):
            if words := bank.get(base):
                break
        else:
            raise GrammarError(f"No bank has a word for {hole.name!r}")
        word = self.say(words[int(rng.random() * len(words))], rng)
        known = self.settled.get(base)
        for _ in range(6):
            if not (word == known and len(words) > 1):
                break
            word = self.say(words[int(rng.random() * len(words))], rng)
        if not hole.fresh:
            self.settled[hole.name] = word
        return word


def _number(span: Span, rng: random.Random) -> int:
    """A whole number; large ones are round, as people say them, except years."""
    number = span.low + int(rng.random() * (span.high - span.low + 1))
    if span.high < 200 or 1900 < span.low < 2100:
        return number
    step = 10 if span.high < 600 else 50
    return max(span.low, round(number / step) * step)
