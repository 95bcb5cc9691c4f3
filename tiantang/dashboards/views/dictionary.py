"""Every metric with its definition."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext

from tiantang.community.members.access import operators_only
from tiantang.dashboards.reading import formula_of, label_of, serial_of, unit_of
from tiantang.dashboards.views.figures import column_names
from tiantang.metrics.registry import METRICS, Metric


@dataclass(frozen=True, slots=True)
class Entry:
    """A metric as the dictionary prints it."""

    metric: Metric
    label: str
    formula: str
    serial: str
    unit: str
    better: str
    cuts: str


@dataclass(frozen=True, slots=True)
class Family:
    key: str
    name: str
    entries: tuple[Entry, ...]


@operators_only()
def dictionary(request: HttpRequest) -> HttpResponse:
    """The metric dictionary, by family; ``q`` narrows it to names and formulas that hold the text."""
    wanted = request.GET.get("q", "").strip()[:60]
    return render(request, "dashboards/dictionary.html", {"families": families(wanted), "wanted": wanted})


def families(wanted: str = "") -> list[Family]:
    """The metrics that fit, by family."""
    found = []
    for key, name in family_names().items():
        entries = tuple(
            _entry(metric) for metric in METRICS.values() if metric.family == key and _fits(metric, wanted)
        )
        if entries:
            found.append(Family(key, name, entries))
    return found


def family_names() -> dict[str, str]:
    return {
        "audience": pgettext("metric family", "Activity and retention"),
        "engagement": pgettext("metric family", "Content and participation"),
        "atmosphere": pgettext("metric family", "Atmosphere"),
        "quality": pgettext("metric family", "Content quality"),
        "business": pgettext("metric family", "Conversion"),
    }


def _fits(metric: Metric, wanted: str) -> bool:
    texts = (metric.name, *metric.label.values(), *metric.formula.values())
    return not wanted or any(wanted.casefold() in text.casefold() for text in texts)


def _entry(metric: Metric) -> Entry:
    better = {
        "higher": pgettext("metric", "higher is better"),
        "lower": pgettext("metric", "lower is better"),
    }.get(metric.better, "")
    unit = {
        "ratio": pgettext("metric", "per cent"),
        "seconds": pgettext("metric", "length of time"),
    }.get(metric.unit, unit_of(metric.name))
    name, names = metric.name, column_names()
    cuts = pgettext("dictionary", ", ").join(names[dimension] for dimension in metric.dimensions)
    return Entry(metric, label_of(name), formula_of(name), serial_of(name), unit, better, cuts)
