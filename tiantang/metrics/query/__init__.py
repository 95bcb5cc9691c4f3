"""The one door to every figure: values, series, splits, cohorts, and where they come from.

Nobody computes a figure elsewhere. Questions that the KPI tables answer touch only the database; the
others read rollups or, where no rollup covers the cut, the events themselves.
"""

from tiantang.metrics.query.answers import (
    Band,
    Cell,
    Cohort,
    Concentration,
    Figure,
    LifecyclePoint,
    Point,
    Provenance,
    RetentionTable,
    Rows,
    Slice,
    Step,
    TopicHeat,
    Where,
)

__all__ = [
    "Band",
    "Cell",
    "Cohort",
    "Concentration",
    "Figure",
    "LifecyclePoint",
    "Point",
    "Provenance",
    "RetentionTable",
    "Rows",
    "Slice",
    "Step",
    "TopicHeat",
    "Where",
]
