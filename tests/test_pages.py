"""What holds for the addresses and pages of every part."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from benchmarks.community import sign_in
from tiantang.community.forum.models import Topic
from tiantang.community.forum.seed import seed_forum
from tiantang.community.forum.tests.factory import make_member, make_post, make_topic
from tiantang.config.page_cache import KEPT_VIEWS, PageCache
from tiantang.config.tests.wsgi_client import Answer, ask
from tiantang.config.wsgi import _django

NAMES = [
    "portal:home",
    "forum:boards",
    "forum:new_topic",
    "notifications:inbox",
    "rules:rules",
    "moderation:queue",
    "members:team",
    "members:own_data",
    "dashboards:home",
    "dashboards:metrics",
    "dashboards:dictionary",
    "summary:list",
    "summary:new",
    "account_login",
    "account_signup",
    "live",
    "ready",
]
OUTSIDE = re.compile(r"""(?:src|href|action|srcset|poster)=["'](?:https?:)?//""")


@pytest.mark.parametrize("name", NAMES)
def test_names_that_parts_rely_on_lead_somewhere(name: str) -> None:
    assert reverse(name).startswith("/")


def names_below(resolver: URLResolver, space: str = "") -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(f"{space}{entry.name}")
        else:
            found += names_below(entry, f"{entry.namespace}:" if entry.namespace else space)
    return found


def test_no_name_is_given_twice() -> None:
    ours = [name for name in names_below(get_resolver()) if ":" in name and not name.endswith(":None")]
    assert sorted(ours) == sorted(set(ours))


def test_views_whose_pages_are_kept_exist() -> None:
    assert KEPT_VIEWS - set(names_below(get_resolver())) == set()


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A test's transaction outlives the requests in it, so their signals must not close its connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def topic(db: None, one_connection: None) -> Topic:
    seed_forum()
    made = make_topic("灯塔那一关", author=make_member("阿灯"))
    make_post(made, "换个思路就过了")
    return made


def open_pages(topic: Topic) -> list[str]:
    return [
        reverse("portal:home"),
        reverse("forum:boards"),
        reverse("forum:board", args=[topic.board.slug]),
        reverse("forum:topic", args=[topic.pk]),
        reverse("members:profile", args=["阿灯"]),
        reverse("rules:rules"),
    ]


def test_open_pages_are_strict_and_ask_nobody_else(client: Client, topic: Topic) -> None:
    for address in open_pages(topic):
        response = client.get(address)
        page = response.content.decode("utf8")
        policy = response["Content-Security-Policy"]
        assert response.status_code == 200, address
        assert "script-src 'self'" in policy and "unsafe-eval" not in policy, address
        assert response["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", page), address
        assert "<style" not in page, address
        assert not OUTSIDE.search(page), address


def test_open_pages_are_kept_and_hold_nothing_of_one_visitor(topic: Topic) -> None:
    cache = PageCache(_django)
    for address in open_pages(topic):
        first = visit(cache, address)
        assert first.status == 200, address
        assert "csrfmiddlewaretoken" not in first.text, address
        assert "set-cookie" not in first.headers, address
        again = visit(cache, address)
        assert (again.text, again.headers["etag"]) == (first.text, first.headers["etag"]), address
    assert cache.hits == len(open_pages(topic))


def test_kept_page_is_never_shown_to_a_member_nor_a_members_page_kept(topic: Topic) -> None:
    cache = PageCache(_django)
    address = reverse("forum:topic", args=[topic.pk])
    member = make_member("只看一眼")
    stranger = visit(cache, address)
    signed_in = visit(cache, address, cookie=sign_in(member))
    assert "只看一眼" in signed_in.text
    assert "只看一眼" not in stranger.text
    assert visit(cache, address).text == stranger.text


def test_kept_pages_speak_the_readers_language_and_wear_their_theme(topic: Topic) -> None:
    cache = PageCache(_django)
    address = reverse("forum:boards")
    chinese = visit(cache, address, accept_language="zh-CN")
    english = visit(cache, address, accept_language="en")
    dark = visit(cache, address, accept_language="en", cookie="theme=dark")
    assert 'lang="zh' in chinese.text and 'lang="en' in english.text
    assert 'data-theme="dark"' in dark.text and 'data-theme="dark"' not in english.text
    for shown, headers in (
        (chinese, {"accept_language": "zh-CN"}),
        (english, {"accept_language": "en"}),
        (dark, {"accept_language": "en", "cookie": "theme=dark"}),
    ):
        assert visit(cache, address, **headers).text == shown.text


def visit(cache: PageCache, address: str, **headers: str) -> Answer:
    from urllib.parse import unquote

    path = unquote(address).encode("utf8").decode("latin-1")  # as WSGI hands it over
    return ask(cache, path, host="testserver", **headers)
