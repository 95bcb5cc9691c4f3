"""How visits become members who stay."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import pgettext

from tiantang.dashboards.cut import where_for
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.panels.panel import Empty, Panel, chart_panel, stub_for, widened_note
from tiantang.dashboards.reading import language
from tiantang.dashboards.sheets import Sheet
from tiantang.metrics import query
from tiantang.metrics.query import Step
from tiantang.ui.charts.model import Chart, ChartKind, Series
from tiantang.ui.charts.numbers import share


def step_name(name: str) -> str:
    """The step in words."""
    return {
        "visit": pgettext("funnel", "First visit"),
        "sign_up": pgettext("funnel", "Signed up"),
        "first_post": pgettext("funnel", "First post"),
        "active_again": pgettext("funnel", "Came back another day"),
    }.get(name, name)


def conversion(filters: Filters) -> Panel:
    """Visit → sign-up → first post → active again, the same people all the way."""
    title = pgettext("panel", "From first visit to regular")
    steps = query.funnel(filters.period, where_for("funnel", filters))
    if not any(step.count for step in steps):
        return Panel("conversion", title, empty=_no_visits())
    panel = chart_panel(
        "conversion",
        title,
        funnel_chart(steps),
        200,
        claim=told(steps),
        notes=(
            pgettext("funnel", "Each step within 30 days of the one before; late joiners may still move on."),
            *widened_note("funnel", filters),
        ),
        stub=stub_for("funnel", filters),
    )
    return replace(panel, sheet=_sheet(title, steps))


def funnel_chart(steps: list[Step]) -> Chart:
    """The steps as lying bars; a history without visits starts at the sign-up."""
    known = [step for step in steps if step.count or step.name != "visit"]
    return Chart(
        ChartKind.FUNNEL,
        pgettext("panel", "From first visit to regular"),
        told(steps),
        tuple(step_name(step.name) for step in known),
        (Series(pgettext("funnel", "People"), tuple(float(step.count) for step in known)),),
        language=language(),
    )


def told(steps: list[Step]) -> str:
    """The weakest step in words."""
    rated = [(step.step_rate, step) for step in steps if step.step_rate is not None]
    if not rated:
        return pgettext("funnel", "Nobody has taken the second step yet.")
    rate, weakest = min(rated, key=lambda pair: pair[0])
    return pgettext("funnel", "Most are lost before “%(step)s”: %(share)s take it.") % {
        "step": step_name(weakest.name),
        "share": share(round(rate, 3)),
    }


def _sheet(title: str, steps: list[Step]) -> Sheet:
    head = (
        pgettext("funnel", "Step"),
        pgettext("funnel", "People"),
        pgettext("funnel", "Of the step before"),
        pgettext("funnel", "Of the first"),
    )
    return Sheet(
        title, head, [(step_name(step.name), step.count, step.step_rate, step.overall_rate) for step in steps]
    )


def _no_visits() -> Empty:
    return Empty(
        pgettext("panel", "No first visits in this time"),
        pgettext("panel", "Visits are counted from the moment the site is open. Share its address."),
        "portal:home",
        pgettext("panel", "Open the front page"),
    )
