"""The envelope every event travels in, and the lake's columns."""

from __future__ import annotations

import random
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tiantang.events.catalog import ActorClass, Client


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted, without a name.

    ``subject`` is a member's pseudonymous number (0: nobody signed in, or unknown), ``visitor`` the
    browser's random number (0: none), ``kind`` the class at the time of the act.
    """

    subject: int = 0
    kind: ActorClass = ActorClass.VISITOR
    visitor: int = 0


NOBODY = Actor()


def new_event_id(at_ms: int | None = None) -> str:
    """A UUIDv7 (RFC 9562) in 32 hexadecimal signs: 48 bits of Unix milliseconds, then random bits.

    It tells events apart and guards nothing, so its bits need not be secret: a third of the cost.
    """
    milliseconds = time.time_ns() // 1_000_000 if at_ms is None else at_ms
    chance = random.getrandbits(74)
    bits = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62
    return f"{bits | chance & (2**62 - 1):032x}"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``at`` is aware; ids are those of the rows it speaks of, 0 for none.

    ``target`` is the subject number of the other person (author of the liked post …); ``value`` the
    event's number as its catalogue sentence says.
    """

    name: str
    at: datetime
    actor: Actor = NOBODY
    object_id: int = 0
    topic: int = 0
    board: int = 0
    target: int = 0
    value: int = 0
    source: str = ""
    campaign: str = ""
    client: Client = Client.UNKNOWN
    payload: Mapping[str, Any] | None = None
    id: str = field(default_factory=new_event_id)


LONGEST_WORD = 80


def tidy_word(text: str) -> str:
    """A source or campaign as it is kept: no control characters or half signs, 80 characters at most."""
    if not text:
        return ""
    if not text.isprintable():
        text = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs"))
    return text[:LONGEST_WORD].strip()


LAKE_COLUMNS: tuple[tuple[str, str], ...] = (
    ("stream", "TINYINT"),  # 1 acts, 2 visits, 3 history written by importers and the sample
    ("seq", "BIGINT"),  # number within the stream; (stream, seq) is the row's identity
    ("ts_us", "BIGINT"),  # when it happened, microseconds since 1970 UTC
    ("lag_s", "INTEGER"),  # seconds from happening to being recorded
    ("event", "SMALLINT"),  # code from the catalogue
    ("subject", "INTEGER"),  # pseudonymous member number, 0 none
    ("visitor", "BIGINT"),  # browser number, 0 none
    ("actor_class", "TINYINT"),  # ActorClass
    ("object_id", "BIGINT"),
    ("topic", "BIGINT"),
    ("board", "INTEGER"),
    ("target", "INTEGER"),
    ("value", "BIGINT"),
    ("client", "TINYINT"),  # Client
    ("source", "VARCHAR"),
    ("campaign", "VARCHAR"),
    ("payload", "VARCHAR"),  # JSON or NULL
)
