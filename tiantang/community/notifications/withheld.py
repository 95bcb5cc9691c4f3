"""Letters whose words are no longer to be read, because what they came from was taken down.

This slice does not know what its letters speak of; those who write them join in with ``add_finder``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from tiantang.community.notifications.models import Notification

Finder = Callable[[Collection[Notification]], Iterable[int]]
"""The letters of one page of an inbox → the numbers of those to withhold."""
FINDERS: dict[str, Finder] = {}


def add_finder(name: str, finder: Finder) -> None:
    """Have a slice look through letters before they are shown; call it from an app's ``ready()``."""
    FINDERS[name] = finder


def withhold(letters: Collection[Notification]) -> None:
    """Mark what is not to be shown of these letters. Derived when reading, so that putting back is enough."""
    gone = {number for finder in FINDERS.values() for number in finder(letters)}
    for letter in letters:
        letter.withheld = letter.pk in gone
