"""How a verb says no: with the reason, in words for the person who asked."""

from __future__ import annotations


class Refused(Exception):
    """What was asked for is not done: ``reason`` says why and what to do, ``field`` names the input."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class NotAllowed(Refused):
    """This person may not do this at all; the view answers 403."""
