"""Every figure on a panel can be opened, and what is opened is the figure that was told."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tiantang.dashboards.filters import Filters, read_filters
from tiantang.dashboards.panels import build_panel
from tiantang.dashboards.panels.panel import Panel
from tiantang.dashboards.tests.community import Community
from tiantang.metrics import query
from tiantang.metrics.periods import parse_period


def last_days(community: Community, days: int) -> Filters:
    """The last finished days."""
    first = community.last - timedelta(days=days - 1)
    return read_filters({"from": first.isoformat(), "to": community.last.isoformat()})


def opened(address: str) -> tuple[str, query.Figure]:
    """The metric that an address opens, and the figure of its period."""
    found = re.search(r"/figures/(\w+)/\?period=([\w.-]+)", address)
    assert found, address
    return found[1], query.figure(found[1], parse_period(found[2]))


def test_lifecycle_opens_the_interval_its_sentence_tells_of(community: Community) -> None:
    panel = build_panel("lifecycle", last_days(community, 28), {})
    assert panel.stub
    metrics = {opened(address)[0] for address in (panel.stub.address, *(to for _, to in panel.proofs))}
    assert metrics == {"returning_members", "new_members", "resurrecting_members", "dormant_members"}
    _, figure = opened(panel.stub.address)
    points = [
        point for point in query.lifecycle(last_days(community, 28).period, "week") if not point.partial
    ]
    assert figure.value == points[-1].returning


@pytest.mark.parametrize(
    ("key", "metric"),
    [("answers", "reply_rate"), ("waits", "time_to_first_response_p90")],
)
def test_panels_with_two_figures_open_both(community: Community, key: str, metric: str) -> None:
    panel = build_panel(key, last_days(community, 28), {})
    assert [opened(address)[0] for _, address in panel.proofs] == [metric]


def test_the_page_of_a_panel_links_all_its_proofs(community: Community, operator: Client) -> None:
    filters = last_days(community, 28)
    panel = build_panel("lifecycle", filters, {})
    page = unescape(
        operator.get(f"{reverse('dashboards:panel', args=['lifecycle'])}?{filters.query()}").content.decode()
    )
    assert panel.stub
    assert all(
        f'href="{address}"' in page for address in (panel.stub.address, *(to for _, to in panel.proofs))
    )


def test_cells_of_boards_open_their_boards_figure(community: Community, operator: Client) -> None:
    panel = build_panel("boards", last_days(community, 28), {})
    line = next(line for line in panel.content["lines"] if line.board == community.souls)
    text, address = line.cells[0]
    assert text == "28" and f"board={community.souls.slug}" in address
    page = operator.get(address).content.decode()
    assert re.search(r">\s*28\b", page)


def test_parts_that_reach_beyond_the_chosen_days_are_told(community: Community) -> None:
    def told(panel: Panel) -> bool:
        return any("are whole" in note or "整周" in note for note in panel.notes)

    monday = community.last - timedelta(days=14 + community.last.weekday())
    weeks = {"from": monday.isoformat(), "to": (monday + timedelta(days=13)).isoformat()}
    cut = {"from": (monday + timedelta(days=2)).isoformat(), "to": weeks["to"]}
    assert not told(build_panel("lifecycle", read_filters(weeks), {}))
    assert told(build_panel("lifecycle", read_filters(cut), {}))
    assert not told(build_panel("activity", read_filters(cut), {}))  # it is drawn by day


def test_retention_names_the_people_it_is_about(community: Community) -> None:
    filters = last_days(community, 10)
    panel = build_panel("retention", filters, {"unit": "week"})
    assert panel.stub
    _, figure = opened(panel.stub.address)
    assert figure.period.start < filters.period.start
    assert any(str(figure.period.start.day) in note for note in panel.notes)
