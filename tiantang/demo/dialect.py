"""Everybody's own way of putting the same thing: words they prefer, how they begin, stop and breathe."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache

from tiantang.demo.grammar import Line
from tiantang.demo.phrasebook import lines

SWAPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"，但是", ("，但是", "，不过", "，但")),
    (r"我觉得", ("我觉得", "我感觉", "觉得")),
    (r"居然", ("居然", "竟然")),
    (r"难怪", ("难怪", "怪不得")),
    (r"大概(?!率|是)", ("大概", "差不多")),
    (r"特别(?=[明欢解有好顺容])", ("特别", "超", "格外")),
    (r"谢谢", ("谢谢", "感谢", "谢谢", "多谢")),
    (r"有点(?![点头])", ("有点", "有些", "稍微有点")),
    (r"第一次", ("第一次", "头一次", "头一回")),
    (r"(?<![不有])可能(?!性)", ("可能", "也许")),
    (r"很多", ("很多", "好多")),
    (r"怎么(?!说|样|舒服|来)", ("怎么", "怎么", "咋")),
    (r"什么(?!时候)", ("什么", "什么", "啥")),
    (r"那段", ("那段", "那一段")),
    (r"完全没", ("完全没", "压根没", "一点没")),
    (r"原来(?!如此|的)", ("原来", "敢情", "原来")),
    (r"然后", ("然后", "接着")),
    (r"建议(?=[先去把早])", ("建议", "推荐")),
    (r"现在(?=[还都])", ("现在", "到现在")),
    (r"看完(?=这话|了三集)", ("看完", "刷完")),
    (r"试了", ("试了", "试过了", "去试了")),
    (r"那里", ("那里", "那儿")),
    (r"这里", ("这里", "这儿")),
    (r"如果", ("如果", "要是")),
    (r"喜欢", ("喜欢", "爱")),
)
"""Words that mean the same in every line they stand in; each member has one of them."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What one member's talk sounds like."""

    words: tuple[tuple[re.Pattern[str], str], ...]
    openers: tuple[Line, ...]
    tails: tuple[Line, ...]
    stop: str
    breath: str


@cache
def habit_of(number: int) -> Habit:
    """The same for a member in all they write."""
    own = random.Random(number)  # noqa: S311 - play, not secrets
    words = tuple((re.compile(pattern), own.choice(choices)) for pattern, choices in SWAPS)
    return Habit(
        words=tuple((pattern, word) for pattern, word in words),
        openers=tuple(own.sample(lines("openers"), 4)),
        tails=tuple(own.sample(lines("tails"), 3)),
        stop=own.choice(("", "", "", "。", "。", "～", "！", "…", "……")),
        breath=own.choice(("，",) * 9 + (" ",)),
    )


def in_own_words(text: str, number: int) -> str:
    """The text with the words this member prefers; what is marked up stays as it is."""
    if text.startswith((">", "|", "-")) or "`" in text:
        return text
    habit = habit_of(number)
    for pattern, word in habit.words:
        text = pattern.sub(word, text)
    return text


def breathe(text: str, number: int) -> str:
    """Some members leave a gap where others set a comma."""
    breath = habit_of(number).breath
    return text.replace("，", breath) if breath != "，" and "「" not in text else text
