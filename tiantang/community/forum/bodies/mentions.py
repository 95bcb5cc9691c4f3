"""``@handle``: finding the people a text speaks to.

Chinese writes on without a space (``@小满看这里``), so the longest handle that exists wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping

People = Mapping[str, str]
"""Lower-case handle → address of the member's page."""

SHORTEST, LONGEST = 1, 40
MENTION = re.compile(rf"(?<![A-Za-z0-9_.@/])@([\w.+-]{{{SHORTEST},{LONGEST}}})")
TICKS = re.compile(r"`+")
INSIDE_LATIN = re.compile(r"[A-Za-z0-9_]{2}")
MOST_PEOPLE = 20
"""Mentions looked up in one text; whoever calls more calls nobody more."""


def mention_candidates(source: str) -> set[str]:
    """Lower-case words of the text that may be handles; look them up to know which are."""
    found = MENTION.findall(without_code(source))[:MOST_PEOPLE]
    return {candidate for word in found for candidate in _shorter(word.lower())}


def handles_mentioned(source: str, known: Container[str]) -> list[str]:
    """The lower-case handles among ``known`` that the text mentions, in order, each once."""
    found = []
    for word in MENTION.findall(without_code(source))[:MOST_PEOPLE]:
        found += [next((candidate for candidate in _shorter(word.lower()) if candidate in known), "")]
    return list(dict.fromkeys(filter(None, found)))


def without_code(source: str) -> str:
    """The text with a blank for every code span and fenced block.

    As CommonMark reads it: a run of backticks closes with the next run of the same length. Each run is looked
    at once, whatever the text; a pattern that searches for the closing run would look at all of them again.
    """
    runs = [match.span() for match in TICKS.finditer(source)]
    later: defaultdict[int, list[int]] = defaultdict(list)
    for start, end in reversed(runs):
        later[end - start].append(start)
    kept, position = [], 0
    for start, end in runs:
        same = later[end - start]
        same.pop()  # this very run
        if start >= position and same:
            kept += [source[position:start], " "]
            position = same[-1] + end - start
    return "".join([*kept, source[position:]])


def mention_at(source: str, position: int, people: People) -> tuple[str, int] | None:
    """The address of the member mentioned at ``position`` and where the mention ends."""
    match = MENTION.match(source, position)
    if match is None:
        return None
    for candidate in _shorter(match[1]):
        address = people.get(candidate.lower())
        if address:
            return address, position + 1 + len(candidate)
    return None


def _shorter(word: str) -> Iterator[str]:
    """The word and its beginnings, longest first; an ASCII word is never cut inside."""
    for length in range(len(word), SHORTEST - 1, -1):
        if INSIDE_LATIN.match(word, length - 1):
            continue
        yield word[:length]
