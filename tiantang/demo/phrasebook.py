"""The words: works, kinds of talk and names, read once from the text files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tiantang.demo.grammar import Line, Phrase, read_lines, read_phrase

LISTS = ("alias", "char", "place", "item", "mech", "song", "scene", "version", "boss", "ending", "weapon")
FILES = (
    "action",
    "anime",
    "reading",
    "handheld",
    "help",
    "indie",
    "making",
    "rhythm",
    "site",
    "social",
    "table",
    "worlds",
)
"""Phrase files; each kind of talk says on which boards it is at home."""


@dataclass(frozen=True, eq=False)
class Work:
    """An invented game, series or table game and the words that belong to it."""

    name: str
    kinds: frozenset[str]
    weight: float
    begins: int | None
    episodes: int
    motif: int
    bank: dict[str, tuple[Phrase, ...]]


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of talk: how it is titled, opened, answered. ``when`` limits it to a part of the story."""

    key: str
    boards: tuple[str, ...]
    works: frozenset[str]
    weight: float
    question: bool
    spoiler: bool
    when: str
    heat: float
    picture: float
    language: str
    tags: tuple[str, ...]
    slots: dict[str, tuple[Phrase, ...]]
    titles: tuple[Line, ...]
    open: tuple[tuple[Line, ...], ...]
    replies: tuple[Line, ...]
    op: tuple[Line, ...]
    comments: tuple[Line, ...]
    chat: tuple[Line, ...]


def _table(name: str) -> dict[str, Any]:
    text = files("tiantang.demo").joinpath("phrases", f"{name}.toml").read_text(encoding="utf8")
    return tomllib.loads(text)


def _bank(table: dict[str, Any]) -> dict[str, tuple[Phrase, ...]]:
    return {
        name: tuple(read_phrase(word) for word in words)
        for name, words in table.items()
        if isinstance(words, list)
    }


@cache
def works() -> tuple[Work, ...]:
    """Every invented work."""
    return tuple(_work(row) for row in _table("works")["work"])


def _work(row: dict[str, Any]) -> Work:
    bank = _bank({name: row[name] for name in LISTS if name in row})
    bank["work"] = ((row["name"],),)
    bank["title"] = ((row.get("english", row["name"]),),)
    return Work(
        row["name"],
        frozenset(row["kinds"]),
        row["weight"],
        row.get("begins"),
        row.get("episodes", 0),
        row["motif"],
        bank,
    )


@cache
def common_bank() -> dict[str, tuple[Phrase, ...]]:
    """Words any talk may use."""
    return _bank(_table("common")["bank"])


@cache
def lines(section: str) -> tuple[Line, ...]:
    """A block of ``common.toml``: openers, tails, short, …"""
    return read_lines(_table("common")["lines"][section])


@cache
def kinds() -> dict[str, tuple[Kind, ...]]:
    """The kinds of talk of each board, by the board's slug."""
    found: dict[str, list[Kind]] = {}
    for file in FILES:
        table = _table(file)
        chat = read_lines(table["chat"])
        for row in table["kind"]:
            kind = _kind({"boards": table["boards"], **row}, chat)
            for board in kind.boards:
                found.setdefault(board, []).append(kind)
    return {board: tuple(listed) for board, listed in found.items()}


def _kind(row: dict[str, Any], chat: tuple[Line, ...]) -> Kind:
    return Kind(
        key=row["key"],
        boards=tuple(row["boards"]),
        works=frozenset(row.get("works", ())),
        weight=row.get("weight", 1),
        question=row.get("question", False),
        spoiler=row.get("spoiler", False),
        when=row.get("when", ""),
        heat=row.get("heat", 1.0),
        picture=row.get("picture", 0.05),
        language=row.get("language", "zh"),
        tags=tuple(row.get("tags", ())),
        slots=_bank(row.get("slots", {})),
        titles=read_lines(row["titles"]),
        open=tuple(read_lines(block) for block in row["open"]),
        replies=read_lines(row["replies"]),
        op=read_lines(row.get("op", "")),
        comments=read_lines(row.get("comments", "")),
        chat=_chat(row, chat),
    )


def _chat(row: dict[str, Any], chat: tuple[Line, ...]) -> tuple[Line, ...]:
    """What is said between the lines: the kind's own, else the file's, nothing in English."""
    if "chat" in row:
        return read_lines(row["chat"])
    return chat if row.get("language", "zh") == "zh" else ()


@cache
def names() -> dict[str, list[str]]:
    """Parts of nicknames, and where people live (parts split at ``|``)."""
    table = _table("names")
    found = {name: text.split() for name, text in table.items() if name not in ("regions", "about")}
    return {**found, "regions": table["regions"].strip().split("|")}


@cache
def about_lines() -> tuple[Line, ...]:
    """What people say of themselves on their profile."""
    return read_lines(_table("names")["about"])
