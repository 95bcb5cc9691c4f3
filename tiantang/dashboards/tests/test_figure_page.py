from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tiantang.dashboards.filters import read_filters
from tiantang.dashboards.tests.community import Community
from tiantang.metrics import query
from tiantang.metrics.registry import METRICS


@pytest.mark.parametrize("tongue", ["zh-hans", "en"])
def test_every_metric_opens_its_provenance(operator: Client, community: Community, tongue: str) -> None:
    operator.cookies["language"] = tongue
    for name, metric in METRICS.items():
        response = operator.get(reverse("dashboards:figure", args=[name]), {"period": "last-month"})
        html = response.content.decode()
        assert response.status_code == 200, name
        assert f"v{metric.version}" in html
        assert metric.formula["zh"][:12] in html
        assert "SELECT" in html
        assert "Asia/Shanghai" in html


def test_rows_behind_a_count_are_as_many_as_the_count(operator: Client, community: Community) -> None:
    html = operator.get(reverse("dashboards:figure", args=["posts"])).content.decode()
    figure = query.figure("posts", read_filters({}).period)
    total = query.rows("posts", read_filters({}).period).total
    assert total == figure.n
    assert f'<span class="tag">{total}</span>' in html


def test_rows_come_in_pages(operator: Client, community: Community) -> None:
    address = reverse("dashboards:figure", args=["visits"])
    first = operator.get(address).content.decode()
    second = operator.get(address, {"page": "2"}).content.decode()
    rows = [
        re.findall(r"<tbody>\n(<tr>.*?)</tbody>", html, re.S)[-1].count("<tr>") for html in (first, second)
    ]
    assert rows[0] == 50
    assert 0 < rows[1] <= 50
    assert "page=2" in first


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "99999"])
def test_odd_page_numbers_do_no_harm(operator: Client, community: Community, page: str) -> None:
    assert operator.get(reverse("dashboards:figure", args=["posts"]), {"page": page}).status_code == 200


def test_figure_without_events_says_what_to_do(operator: Client) -> None:
    html = operator.get(reverse("dashboards:figure", args=["posts"])).content.decode()
    assert 'class="empty"' in html
    assert "period=90d" in html


def test_dictionary_lists_every_metric_and_finds_words(operator: Client) -> None:
    everything = operator.get(reverse("dashboards:dictionary")).content.decode()
    for name in METRICS:
        assert f"<code>{name}</code>" in everything
    found = operator.get(reverse("dashboards:dictionary"), {"q": "回应率"}).content.decode()
    assert "<code>reply_rate</code>" in found
    assert "<code>dau</code>" not in found
    nothing = operator.get(reverse("dashboards:dictionary"), {"q": "<i>x"}).content.decode()
    assert "&lt;i&gt;x" in nothing


def test_home_shows_what_is_due_and_the_last_full_week(operator: Client, community: Community) -> None:
    html = operator.get(reverse("dashboards:home")).content.decode()
    assert html.count('class="ticket down kpi') == 4
    assert reverse("dashboards:metrics") in html


def test_home_of_an_empty_community_invites_to_write(operator: Client) -> None:
    html = operator.get(reverse("dashboards:home")).content.decode()
    assert 'class="empty"' in html
