"""Browsers' clocks are wrong; ours decides."""

from __future__ import annotations

OLDEST_MS = 24 * 60 * 60 * 1000
"""A visit kept back by a browser without network is sent at most this much later."""


def happened_us(at_ms: int, sent_ms: int, received_us: int) -> int:
    """When something happened by our clock, in microseconds since 1970.

    The browser's clock only says how long before sending it happened, so its error cancels out. A length
    that cannot be (below zero, more than a day) means that the browser's clock was set meanwhile: then it
    counts as happening when it arrived.
    """
    age_ms = sent_ms - at_ms
    if not 0 <= age_ms <= OLDEST_MS:
        return received_us
    return received_us - age_ms * 1000
