"""Pieces of pages kept in the process under everything they show, so that they never have to be dropped.

Templates keep a piece with ``{% call kept("name", everything, it, shows) %}…{% endcall %}``: what stands
inside is drawn only when no piece of that key is there.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from markupsafe import Markup

T = TypeVar("T")
Key = tuple[object, ...]
PIECES = 4_000_000
"""Characters of template pieces kept in one process."""
KEPT_S = 600.0
"""Seconds a piece is good for."""


class Kept(Generic[T]):
    """The most recently used pieces of this process, up to ``room`` characters in all."""

    def __init__(self, room: int, seconds: float = KEPT_S) -> None:
        self.room = room
        self.seconds = seconds
        self.used = 0
        self._pieces: OrderedDict[Key, tuple[T, float, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> T | None:
        """The piece, while it is good."""
        with self._lock:
            found = self._pieces.get(key)
            if found is None or found[1] < time.monotonic():
                return None
            self._pieces.move_to_end(key)
            return found[0]

    def put(self, key: Key, piece: T, size: int) -> T:
        """Keep a piece of ``size`` characters; the least recently used make room."""
        with self._lock:
            self._drop(key)
            self._pieces[key] = (piece, time.monotonic() + self.seconds, size)
            self.used += size
            while self.used > self.room:
                self._drop(next(iter(self._pieces)))
        return piece

    def clear(self) -> None:
        """Forget all pieces."""
        with self._lock:
            self._pieces.clear()
            self.used = 0

    def _drop(self, key: Key) -> None:
        gone = self._pieces.pop(key, None)
        if gone is not None:
            self.used -= gone[2]


KEPT: Kept[Markup] = Kept(PIECES)


def kept(*key: object, caller: Callable[[], Markup]) -> Markup:
    """The piece of this key, drawn by the block of ``{% call kept(…) %}`` when there is none yet."""
    piece = KEPT.get(key)
    if piece is None:
        piece = caller()
        KEPT.put(key, piece, len(piece))
    return piece
