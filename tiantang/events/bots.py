"""Who is no person: by name, and by how the browser behaves."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from crawleruseragents import is_crawler  # type: ignore[import-untyped]


class Drop(StrEnum):
    """Why a visit is not counted. Every reason has its counter in ``DroppedVisit``."""

    ROBOT = "robot"  # the user agent is a known crawler, a library, or missing
    AUTOMATED = "automated"  # the browser says that a program drives it
    HIDDEN = "hidden"  # the page was never visible
    FOREIGN = "foreign"  # sent from another site's page, or from no page
    MALFORMED = "malformed"  # not what our script sends
    OVERSIZE = "oversize"  # more than one letter may hold
    TOO_FAST = "too_fast"  # more from one browser than a person makes
    CROWD = "crowd"  # more from one address than the people behind it make
    TOO_LONG = "too_long"  # more visible time than has passed
    DOUBLE = "double"  # the same visit sent again
    OVERLOAD = "overload"  # we could not take it in; the browser may try again


@lru_cache(maxsize=4096)
def is_robot(agent: str) -> bool:
    """Whether a user agent names a known crawler or tool, or nothing at all."""
    return not agent.startswith(("Mozilla/", "Opera/")) or is_crawler(agent)
