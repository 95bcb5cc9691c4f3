"""How much one browser, one address and one reader may send: more than people make, less than a program."""

from __future__ import annotations

import time
from collections.abc import Hashable
from threading import Lock

from tiantang.common.pace import Pace

BROWSER = Pace(240)
"""Items a minute from one browser."""
ADDRESS = Pace(3_000)
"""Items a minute from one address: a campus reads behind one, seven hundred people at once."""
NEW_BROWSERS = Pace(120)
"""Items a minute from one address that come with no number of ours yet: whoever throws the number away each
time is a new browser each time."""
UNNUMBERED = Pace(600)
"""Items a minute from one address by browsers that keep no number."""


class VisibleTime:
    """Nobody looks at pages for longer than time passes.

    Each reader has a credit that grows with the clock. It starts with what may have been kept back without
    network, and with one mark for a browser that was unknown a moment ago.
    """

    FIRST_MS, FIRST_NEW_MS, MOST_MS = 600_000, 60_000, 1_800_000
    MOST_READERS = 100_000

    def __init__(self) -> None:
        self._lock = Lock()
        self._credits: dict[Hashable, tuple[float, float]] = {}

    def allows(self, reader: Hashable, milliseconds: int, *, new: bool) -> bool:
        """Take ``milliseconds`` off the reader's credit when it holds them."""
        now = time.monotonic()
        with self._lock:
            first = self.FIRST_NEW_MS if new else self.FIRST_MS
            then, credit = self._credits.get(reader, (now, first))
            credit = min(credit + (now - then) * 1000, self.MOST_MS)
            enough = milliseconds <= credit
            if len(self._credits) >= self.MOST_READERS:
                self._credits.clear()
            self._credits[reader] = (now, credit - milliseconds if enough else credit)
        return enough

    def forget(self) -> None:
        """Know nobody again."""
        with self._lock:
            self._credits.clear()


VISIBLE = VisibleTime()
