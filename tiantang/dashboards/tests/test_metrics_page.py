from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tiantang.dashboards.cards import CARDS
from tiantang.dashboards.filters import read_filters
from tiantang.dashboards.panels import PANELS, sections
from tiantang.dashboards.reading import value_text
from tiantang.dashboards.tests.community import Community
from tiantang.metrics import query

PAGE = reverse("dashboards:metrics")


def options_of(html: str) -> list[dict]:
    return [json.loads(unescape(found)) for found in re.findall(r'data-chart="([^"]*)"', html)]


def rows_of(option: dict) -> dict[str, list[str]]:
    return {row["name"]: row["texts"] for row in option["tiantang"]["rows"]}


def test_cards_print_what_the_figures_say(operator: Client, community: Community) -> None:
    html = operator.get(PAGE).content.decode()
    filters = read_filters({})
    for metric in CARDS:
        figure = query.figure(metric, filters.period, filters.where)
        assert f">{value_text(metric, figure.value, unit=False)}<" in html, metric


def test_daily_members_leave_staff_out_unless_asked(operator: Client, community: Community) -> None:
    members = operator.get(PAGE, {"period": "7d"}).content.decode()
    everyone = operator.get(PAGE, {"period": "7d", "people": "all"}).content.decode()
    assert rows_of(options_of(members)[0])["本期"][0].startswith(("11 ", "12 "))
    assert rows_of(options_of(everyone)[0])["本期"][0].startswith(("12 ", "13 "))


def test_chart_holds_the_series_of_the_query(operator: Client, community: Community) -> None:
    html = operator.get(PAGE).content.decode()
    filters = read_filters({})
    points = query.series("dau", filters.period, "day", filters.where)
    shown = rows_of(options_of(html)[0])["本期"]
    assert shown == [value_text("dau", point.value) for point in points]


def test_today_is_marked_as_unfinished(operator: Client, community: Community) -> None:
    html = operator.get(PAGE).content.decode()
    assert "今天还没过完" in html
    last_month = operator.get(PAGE, {"period": "last-month"}).content.decode()
    assert "今天还没过完" not in last_month


def test_filters_are_kept_in_every_link(operator: Client, community: Community) -> None:
    html = unescape(operator.get(PAGE, {"period": "7d", "board": "tea", "people": "all"}).content.decode())
    stubs = re.findall(r'href="(/console/data/figures/[^"]*)"', html)
    assert len(stubs) >= len(CARDS)
    assert [
        stub for stub in stubs if not re.search(r"(?=.*board=tea)(?=.*people=all)(?=.*period=2026-)", stub)
    ] == []
    waiting = re.findall(r'hx-get="(/console/data/panels/[^"]*)"', html)
    assert len(waiting) == sum(panel.later for panel in PANELS.values())
    assert all("board=tea" in address for address in waiting)


def test_bad_filters_are_said_on_the_page(operator: Client, community: Community) -> None:
    html = operator.get(PAGE, {"period": "<b>never</b>", "board": "nowhere"}).content.decode()
    assert "<b>never</b>" not in html
    assert html.count('class="note warn"') == 2


def test_every_panel_is_in_exactly_one_place() -> None:
    placed = [key for section in sections() for row in section.rows for key in row]
    assert sorted(placed) == sorted(PANELS)


@pytest.mark.parametrize("key", list(PANELS))
@pytest.mark.parametrize("tongue", ["zh-hans", "en"])
def test_every_panel_arrives_alone_and_as_a_page(
    operator: Client, community: Community, key: str, tongue: str
) -> None:
    operator.cookies["language"] = tongue
    address = reverse("dashboards:panel", args=[key])
    alone = operator.get(address, headers={"HX-Request": "true"}).content.decode()
    assert alone.lstrip().startswith("<section")
    assert f'id="panel-{key}"' in alone
    assert "<html" in operator.get(address).content.decode()


@pytest.mark.parametrize("key", list(PANELS))
def test_every_panel_of_an_empty_community_says_what_to_do(operator: Client, key: str) -> None:
    html = operator.get(
        reverse("dashboards:panel", args=[key]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "None" not in html
    assert "0%" not in html
    assert ('class="empty"' in html and "btn" in html) or key == "unusual"


def test_empty_installation_has_a_page(operator: Client) -> None:
    html = operator.get(PAGE).content.decode()
    assert html.count('class="empty"') == 2
    assert "—" in html


def test_page_follows_the_policy_without_scripts_or_styles_of_its_own(
    operator: Client, community: Community
) -> None:
    html = operator.get(PAGE).content.decode()
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\son\w+=", html)


def test_one_board_narrows_what_can_be_narrowed(operator: Client, community: Community) -> None:
    filters = read_filters({"board": "souls"})
    assert query.figure("posts", filters.period, filters.where).value == 29
    html = operator.get(PAGE, {"board": "souls"}).content.decode()
    assert ">29<" in html
    assert "全站" in html
