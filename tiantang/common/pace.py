"""How often somebody may knock: counted in the process, forgotten with the window.

For what costs work but leaves no row to count: previews, uploads, visits. Every process counts for itself, so
the most a site lets through is the limit times its web processes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from threading import Lock
from time import monotonic


class Pace:
    """At most ``most`` in each window of ``seconds`` for one key."""

    def __init__(self, most: int, seconds: int = 60) -> None:
        self.most, self.seconds = most, seconds
        self._lock = Lock()
        self._window = 0
        self._counts: defaultdict[Hashable, int] = defaultdict(int)
        PACES.append(self)

    def allows(self, key: Hashable, items: int = 1) -> bool:
        """Count ``items`` in this window and say whether the key stays within its pace."""
        window = int(monotonic() // self.seconds)
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[key] += items
            return self._counts[key] <= self.most

    def forget(self) -> None:
        """Count from nothing again."""
        with self._lock:
            self._counts.clear()


PACES: list[Pace] = []
"""Every pace there is, for tests to forget."""
