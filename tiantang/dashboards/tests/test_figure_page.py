from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tiantang.dashboards.filters import read_filters
from tiantang.dashboards.tests.community import Community
from tiantang.metrics import query
from tiantang.metrics.models import Target
from tiantang.metrics.periods import period_of
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


def test_page_beyond_the_last_shows_the_last(operator: Client, community: Community) -> None:
    html = operator.get(reverse("dashboards:figure", args=["posts"]), {"page": "99999"}).content.decode()
    assert "forum.reply_published" in html
    assert 'class="empty"' not in html


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ("posts", ""),
        ("contributing_members", "不同成员"),
        ("reply_rate", "不一定等于"),
        ("sessions", "不一定等于"),
    ],
)
def test_rows_say_how_they_make_the_figure(
    operator: Client, community: Community, metric: str, said: str
) -> None:
    html = operator.get(reverse("dashboards:figure", args=[metric])).content.decode()
    found = [note for note in ("不同成员", "不一定等于") if '<p class="meta pad">' in html and note in html]
    assert found == ([said] if said else [])


def test_target_stands_with_its_completion(operator: Client, community: Community) -> None:
    month = period_of(community.last, "month")
    Target.objects.create(metric="posts", start=month.start, end=month.end, value=1)
    html = operator.get(reverse("dashboards:figure", args=["posts"]), {"period": month.code}).content.decode()
    value = query.figure("posts", month).value or 0
    assert f"<dt>完成率</dt><dd>{value * 100:.0f}%</dd>" in html


def test_dictionary_names_cuts_in_words(operator: Client) -> None:
    html = operator.get(reverse("dashboards:dictionary")).content.decode()
    assert "版块、客户端、来源" in html
    assert "client, source" not in html


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
