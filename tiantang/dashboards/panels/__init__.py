"""Every panel of the data home, in its order; rows of the page name them by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import pgettext

from tiantang.dashboards.filters import Filters
from tiantang.dashboards.kept import kept
from tiantang.dashboards.panels.activity import activity, lifecycle
from tiantang.dashboards.panels.atmosphere import answers, reports, waits
from tiantang.dashboards.panels.boards import boards
from tiantang.dashboards.panels.conversion import conversion
from tiantang.dashboards.panels.panel import Declared, Panel
from tiantang.dashboards.panels.participation import concentration, rhythm
from tiantang.dashboards.panels.retention import retention
from tiantang.dashboards.panels.topics import topics
from tiantang.dashboards.panels.unusual import unusual
from tiantang.dashboards.reading import label_of

PANELS: dict[str, Declared] = {
    panel.key: panel
    for panel in (
        Declared("activity", lambda: label_of("dau"), activity, height=360),
        Declared("unusual", lambda: pgettext("panel", "Outside the usual"), unusual, later=True, height=360),
        Declared("lifecycle", lambda: pgettext("panel", "Where active members come from"), lifecycle),
        Declared("retention", lambda: label_of("retention"), retention, later=True, height=340),
        Declared("rhythm", lambda: pgettext("panel", "When people talk"), rhythm, later=True, height=340),
        Declared(
            "concentration", lambda: pgettext("panel", "Who carries the talk"), concentration, later=True
        ),
        Declared(
            "topics", lambda: pgettext("panel", "What people talked about"), topics, later=True, height=420
        ),
        Declared("boards", lambda: pgettext("panel", "Boards"), boards, later=True, height=420),
        Declared(
            "answers", lambda: pgettext("panel", "Topics that get an answer"), answers, later=True, height=380
        ),
        Declared(
            "waits",
            lambda: pgettext("panel", "How long the first answer takes"),
            waits,
            later=True,
            height=380,
        ),
        Declared(
            "conversion",
            lambda: pgettext("panel", "From first visit to regular"),
            conversion,
            later=True,
            height=380,
        ),
        Declared("reports", lambda: label_of("report_rate"), reports, later=True, height=380),
    )
}


SWITCHED: dict[str, Callable[[Filters, Mapping[str, str] | None], Panel]] = {
    "retention": retention,
    "boards": boards,
}
"""Panels with switches of their own."""

LIVE = frozenset({"topics"})
"""Panels that show rows anybody may change or remove; they keep what is dear to compute themselves."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page with its own anchor; ``rows`` hold one or two panel keys each."""

    key: str
    title: str
    rows: tuple[tuple[str, ...], ...]


def sections() -> tuple[Section, ...]:
    """The page from top to bottom."""
    return (
        Section("come", pgettext("section", "Activity"), (("activity", "unusual"),)),
        Section("stay", pgettext("section", "Retention"), (("lifecycle", "retention"),)),
        Section(
            "take-part",
            pgettext("section", "Participation"),
            (("rhythm", "concentration"), ("topics",), ("boards",)),
        ),
        Section("mood", pgettext("section", "Atmosphere"), (("answers", "waits"),)),
        Section("growth", pgettext("section", "Conversion"), (("conversion", "reports"),)),
    )


def build_panel(key: str, filters: Filters, choice: Mapping[str, str] | None = None) -> Panel:
    """One panel, kept or computed; ``choice`` are its own switches from the address. Raises KeyError."""
    declared = PANELS[key]
    if key in LIVE:
        return declared.build(filters)
    switches = SWITCHED.get(key)
    if switches is None:
        return kept(key, filters, {}, lambda: declared.build(filters))
    return kept(key, filters, choice or {}, lambda: switches(filters, choice))
