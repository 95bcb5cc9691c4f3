"""The one door to every figure: values, series, splits, cohorts, and where they come from.

Nobody computes a figure elsewhere. Questions that the KPI tables answer touch only the database; the
others read rollups or, where no rollup covers the cut, the events themselves.
"""

from tiantang.metrics.answers import (
    Band,
    Cell,
    Cohort,
    Concentration,
    Figure,
    LifecyclePoint,
    MemberClass,
    Point,
    Provenance,
    RetentionTable,
    Rows,
    Slice,
    Step,
    TopicHeat,
    Where,
)
from tiantang.metrics.query.cohorts import concentration, funnel, lifecycle, retention
from tiantang.metrics.query.figures import change, completion, figure, series, usual_range
from tiantang.metrics.query.provenance import counts_its_rows, provenance_of, rows
from tiantang.metrics.query.splits import UnknownSplitError, breakdown, weekly_hours
from tiantang.metrics.query.tops import top_members, top_topics, topic_views

__all__ = [
    "Band",
    "Cell",
    "Cohort",
    "Concentration",
    "Figure",
    "LifecyclePoint",
    "MemberClass",
    "Point",
    "Provenance",
    "RetentionTable",
    "Rows",
    "Slice",
    "Step",
    "TopicHeat",
    "UnknownSplitError",
    "Where",
    "breakdown",
    "change",
    "completion",
    "concentration",
    "counts_its_rows",
    "figure",
    "funnel",
    "lifecycle",
    "provenance_of",
    "retention",
    "rows",
    "series",
    "top_members",
    "top_topics",
    "topic_views",
    "usual_range",
    "weekly_hours",
]
