"""What our script in the browser sends: one letter with some items."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tiantang.events.catalog import kind_of
from tiantang.events.envelope import tidy_word

LARGEST_BYTES = 16 * 1024
MOST_ITEMS = 50
LONGEST_MARK_MS = 60_000
"""Visible milliseconds one mark may claim; the script sends one every 15 seconds."""
KINDS = {"view": kind_of("site.page_viewed").code, "time": kind_of("site.time_spent").code}


class Malformed(ValueError):
    """Something our script does not send."""


class Hidden(ValueError):
    """A page that nobody saw."""


@dataclass(frozen=True, slots=True)
class Item:
    """One visit as the browser tells it; ``at_ms`` by the browser's clock."""

    id: UUID
    event: int
    at_ms: int
    topic: int
    board: int
    value: int
    source: str
    campaign: str


@dataclass(frozen=True, slots=True)
class Letter:
    """``sent_ms`` by the same clock as the items; ``automated``: the browser says a program drives it."""

    sent_ms: int
    automated: bool
    cookies: bool
    items: tuple[object, ...]


def open_letter(body: bytes) -> Letter:
    """Read a letter; its items are read one by one later. Raises Malformed."""
    try:
        content = json.loads(body)
        items = content["items"]
        letter = Letter(
            sent_ms=_whole(content, "now", 2**53),
            automated=bool(content.get("webdriver", False)),
            cookies=bool(content.get("cookies", True)),
            items=tuple(items),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed("not a letter") from error
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise Malformed("too many items")
    return letter


def read_item(content: Any) -> Item:
    """Read and check one item. Raises Malformed, Hidden."""
    try:
        item = Item(
            id=UUID(content["id"]),
            event=KINDS[content["kind"]],
            at_ms=_whole(content, "at", 2**53),
            topic=_whole(content, "topic", 2**63),
            board=_whole(content, "board", 2**31),
            value=_whole(content, "value", 2**31),
            source=_text(content, "source"),
            campaign=_text(content, "campaign"),
        )
        visible = content.get("visible", True)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Malformed("not an item") from error
    if not visible or (item.event == KINDS["time"] and not item.value):
        raise Hidden("never visible")
    if item.value > LONGEST_MARK_MS:
        raise Malformed("more time than can have passed")
    return item


def _whole(content: Any, name: str, limit: int) -> int:
    number = content.get(name, 0)
    if type(number) is not int or not 0 <= number < limit:
        raise ValueError(name)
    return number


def _text(content: Any, name: str) -> str:
    text = content.get(name, "")
    if not isinstance(text, str):
        raise TypeError(name)
    return tidy_word(text)
