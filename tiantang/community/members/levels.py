"""Levels: a number and a name earned by posting and being liked."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

POINTS_PER_POST = 5
POINTS_PER_LIKE = 2
STEPS = (0, 20, 60, 150, 350, 800, 1600, 3200, 6400, 12800)
"""Points at which levels 1 to 10 begin."""


@dataclass(frozen=True, slots=True)
class Level:
    """``number`` 1–10; ``paper`` 1–4 chooses the ticket's colour."""

    number: int
    name: str | Promise
    paper: int


NAMES = (
    pgettext_lazy("level name", "At the gate"),
    pgettext_lazy("level name", "Newcomer"),
    pgettext_lazy("level name", "Neighbour"),
    pgettext_lazy("level name", "Table-mate"),
    pgettext_lazy("level name", "Night owl"),
    pgettext_lazy("level name", "Regular"),
    pgettext_lazy("level name", "Regular"),
    pgettext_lazy("level name", "Old hand"),
    pgettext_lazy("level name", "Lamp keeper"),
    pgettext_lazy("level name", "Lamp keeper"),
)
PAPERS = (1, 1, 2, 2, 2, 3, 3, 3, 4, 4)


def level_of(posts: int, likes_received: int) -> Level:
    """The level earned by these counts: 5 points a post, 2 points a like received."""
    points = posts * POINTS_PER_POST + likes_received * POINTS_PER_LIKE
    number = max(step for step, needed in enumerate(STEPS, 1) if points >= needed)
    return Level(number, NAMES[number - 1], PAPERS[number - 1])
