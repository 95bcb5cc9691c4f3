"""What a metric says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Unit = Literal["count", "ratio", "seconds", "pages", "per_1000", "each"]
"""``ratio`` is a share of one (0.42 = 42 %); ``per_1000`` is already multiplied: 3.2 of 1,000;
``each`` is how often for each person: 3.1 times."""
Better = Literal["higher", "lower", ""]
Family = Literal["audience", "engagement", "atmosphere", "quality", "business"]
AddsUp = Literal["sum", "distinct", "ratio", "mean", "quantile", "cohort"]
"""How parts of a period give the whole: by adding values, uniting sets of members, adding numerators and
denominators, averaging days, or not at all but from the cases themselves."""

DEFINITIONS = Path(__file__).parent / "definitions"


@dataclass(frozen=True, slots=True, eq=False)
class Metric:
    """One definition. A changed meaning is a new ``version``; ``sql_file`` is the exact text of it.

    ``label`` and ``formula`` speak to operators in "zh" and "en"; ``kind`` says how it adds up; ``reads``
    are event names; ``grains`` the calendar grains of its stored series; ``dimensions`` what ``Where`` may
    """

    name: str
    version: int
    unit: Unit
    family: Family
    label: Mapping[str, str]
    formula: Mapping[str, str]
    kind: AddsUp
    reads: tuple[str, ...]
    better: Better = "higher"
    dimensions: tuple[str, ...] = ()
    grains: tuple[str, ...] = ("day", "week", "month", "quarter", "half", "year")

    @property
    def sql_file(self) -> Path:
        """The file with its SQL."""
        return DEFINITIONS / self.family / f"{self.name}.sql"

    @property
    def sql(self) -> str:
        """Its definition in DuckDB's dialect, over ``events`` and ``days``, with ``$names`` to fill."""
        return self.sql_file.read_text(encoding="utf8")

    @property
    def changes_in_points(self) -> bool:
        """True where a change is a difference in points, not a share of the base."""
        return self.unit == "ratio"


def texts(zh: str, en: str) -> Mapping[str, str]:
    """The same thing said in both languages."""
    return {"zh": zh, "en": en}
