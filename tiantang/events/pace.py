"""How much one browser may send: more than a person makes, less than a program."""

from __future__ import annotations

import time
from collections import defaultdict
from threading import Lock

MOST_PER_MINUTE = 240

_lock = Lock()
_minute = 0
_counts: dict[int, int] = defaultdict(int)


def within_pace(visitor: int, items: int) -> bool:
    """Count ``items`` for this minute and say whether the visitor stays within what a person makes."""
    global _minute
    minute = int(time.monotonic() // 60)
    with _lock:
        if minute != _minute:
            _minute = minute
            _counts.clear()
        _counts[visitor] += items
        return _counts[visitor] <= MOST_PER_MINUTE
