"""Take visits in: who sent them, are they people's, when did they happen, keep them.

Each step either hands on or refuses with a reason that is counted.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest

from tiantang.common.addresses import crowd_of
from tiantang.events import pace
from tiantang.events.actors import actor_of
from tiantang.events.bots import Drop, is_robot
from tiantang.events.clocks import happened_us
from tiantang.events.envelope import Actor
from tiantang.events.letter import (
    KINDS,
    LARGEST_BYTES,
    Hidden,
    Item,
    Letter,
    Malformed,
    open_letter,
    read_item,
)
from tiantang.events.staging import Overloaded, Row, staging
from tiantang.events.visitor import client_of, new_visitor, visitor_of, wants_no_number


class Refused(Exception):
    """A letter that is not taken in; ``items`` of it are counted under ``reason``."""

    def __init__(self, reason: Drop, items: int = 1) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.items = items


def take_in(request: HttpRequest) -> int:
    """Take in the letter of a request; returns the number to give the browser, 0 when it has or wants none.

    Raises Refused, after the counter has been raised.
    """
    try:
        check_page(request)
        letter = read_letter(request)
        check_person(request, letter)
        visitor, new = number_of(request, letter)
        check_pace(visitor, letter)
        check_crowd(crowd_of(request), visitor, new, letter)
        rows = list(stamped(request, letter, actor_of(request, visitor), new))
        keep(rows)
    except Refused as refusal:
        staging.drop(refusal.reason, refusal.items)
        raise
    return visitor if new else 0


def check_page(request: HttpRequest) -> None:
    """Only our own pages may send."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        ours = fetch_site == "same-origin"
    else:
        page = request.headers.get("Origin") or request.headers.get("Referer") or ""
        ours = urlsplit(page).netloc == request.get_host()
    if not ours:
        raise Refused(Drop.FOREIGN)


def read_letter(request: HttpRequest) -> Letter:
    """Open the letter when it is not too large."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdigit() or int(length) > LARGEST_BYTES:
        raise Refused(Drop.OVERSIZE)
    body = request.read(LARGEST_BYTES + 1)
    if len(body) > LARGEST_BYTES:
        raise Refused(Drop.OVERSIZE)
    try:
        return open_letter(body)
    except Malformed:
        raise Refused(Drop.MALFORMED) from None


def check_person(request: HttpRequest, letter: Letter) -> None:
    """Programs do not count."""
    if is_robot(request.headers.get("User-Agent", "")[:512]):
        raise Refused(Drop.ROBOT, len(letter.items))
    if letter.automated:
        raise Refused(Drop.AUTOMATED, len(letter.items))


def number_of(request: HttpRequest, letter: Letter) -> tuple[int, bool]:
    """The browser's number and whether it is a new one; 0 when it keeps none or asks for none."""
    if wants_no_number(request) or not letter.cookies:
        return 0, False
    known = visitor_of(request)
    return (known, False) if known else (new_visitor(), True)


def check_pace(visitor: int, letter: Letter) -> None:
    """A person does not read hundreds of pages a minute."""
    if visitor and not pace.BROWSER.allows(visitor, len(letter.items)):
        raise Refused(Drop.TOO_FAST, len(letter.items))


def check_crowd(crowd: str, visitor: int, new: bool, letter: Letter) -> None:
    """Neither do all people behind one address together, and they do not all change their browsers."""
    if not crowd:
        return
    items = len(letter.items)
    unknown = pace.NEW_BROWSERS if new else None if visitor else pace.UNNUMBERED
    if not pace.ADDRESS.allows(crowd, items) or (unknown and not unknown.allows(crowd, items)):
        raise Refused(Drop.CROWD, items)


def stamped(request: HttpRequest, letter: Letter, actor: Actor, new: bool) -> Iterator[Row]:
    """The rows of a letter's good items; bad ones are counted."""
    received_us = time.time_ns() // 1000
    client = int(client_of(request))
    for content in letter.items:
        try:
            item = read_item(content)
        except Malformed:
            staging.drop(Drop.MALFORMED)
        except Hidden:
            staging.drop(Drop.HIDDEN)
        else:
            if item.event == KINDS["time"] and not time_has_passed(request, item, actor, new):
                staging.drop(Drop.TOO_LONG)
                continue
            happened = happened_us(item.at_ms, letter.sent_ms, received_us)
            yield row_of(item, happened, received_us, actor, client)


def time_has_passed(request: HttpRequest, item: Item, actor: Actor, new: bool) -> bool:
    """Whether this reader can have looked that long: the member, else the browser, else whoever is there."""
    reader = ("member", actor.subject) if actor.subject else ("browser", actor.visitor or crowd_of(request))
    if not reader[1]:
        return True
    return pace.VISIBLE.allows(reader, item.value, new=new and not actor.subject)


def row_of(item: Item, happened_us: int, received_us: int, actor: Actor, client: int) -> Row:
    """A visit as its table wants it; the topic is its object when it is a topic's page."""
    return Row(
        event_id=item.id,
        ts_us=happened_us,
        recorded_us=received_us,
        event=item.event,
        subject=actor.subject,
        visitor=actor.visitor,
        actor_class=int(actor.kind),
        object_id=item.topic,
        topic=item.topic,
        board=item.board,
        target=0,
        value=item.value,
        client=client,
        source=item.source,
        campaign=item.campaign,
    )


def keep(rows: list[Row]) -> None:
    """Hold the rows for the next writing."""
    try:
        staging.add(rows)
    except Overloaded:
        raise Refused(Drop.OVERLOAD, len(rows)) from None
