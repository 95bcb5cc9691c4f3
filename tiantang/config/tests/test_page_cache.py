"""Pages kept for anonymous readers: served without Django, never to the wrong person."""

from __future__ import annotations

import pytest

from tiantang.common.pages import pages_changed
from tiantang.config import page_cache
from tiantang.config.page_cache import KEEP, PageCache
from tiantang.config.tests.wsgi_client import ask


class Site:
    """An application that says how often it was asked and what it was asked with."""

    def __init__(self) -> None:
        self.asked = 0
        self.keep = True
        self.status = "200 OK"
        self.headers = [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Cookie")]
        self.size = 20
        self.during = lambda: None

    def __call__(self, environ, start_response):
        self.asked += 1
        environ[KEEP] = self.keep
        self.during()
        start_response(self.status, list(self.headers))
        language = environ.get("HTTP_COOKIE", "") + environ.get("HTTP_ACCEPT_LANGUAGE", "")
        return [f"page {self.asked} for {language}".encode().ljust(self.size)]


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def cached(site: Site) -> PageCache:
    return PageCache(site)


def test_second_reader_gets_the_kept_page(site, cached):
    first = ask(cached, "/t/1/")
    second = ask(cached, "/t/1/")
    assert (site.asked, second.text) == (1, first.text)


def test_change_drops_every_page(site, cached):
    ask(cached, "/t/1/")
    pages_changed()
    assert "page 2" in ask(cached, "/t/1/").text


def test_change_while_a_page_is_made_drops_that_page(site, cached):
    site.during = pages_changed
    ask(cached, "/t/1/")
    site.during = lambda: None
    assert "page 2" in ask(cached, "/t/1/").text


def test_page_grows_old(site, cached, monkeypatch):
    ask(cached, "/t/1/")
    monkeypatch.setattr(page_cache, "MAX_AGE", -1.0)
    ask(cached, "/t/1/")
    assert site.asked == 2


@pytest.mark.parametrize(
    "cookie", ["sessionid=abc", "a=b; sessionid=abc", "messages=hello", 'x="unclosed; sessionid=1']
)
def test_whoever_may_be_somebody_goes_to_django(site, cached, cookie):
    ask(cached, "/t/1/")
    ask(cached, "/t/1/", cookie=cookie)
    ask(cached, "/t/1/", cookie=cookie)
    assert site.asked == 3


def test_page_of_somebody_is_never_kept_for_others(site, cached):
    ask(cached, "/t/1/", cookie="sessionid=abc")
    assert "sessionid" not in ask(cached, "/t/1/").text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"accept_language": "zh-CN,zh;q=0.9"}, {"accept_language": "en-GB,en;q=0.5"}),
        ({"cookie": "language=en"}, {"cookie": "language=zh-hans"}),
        ({"cookie": "theme=dark"}, {"cookie": "theme=light"}),
        ({"cookie": "theme=dark"}, {}),
        ({"cookie": "language=en", "accept_language": "zh"}, {"accept_language": "zh"}),
        ({"host": "a.localhost"}, {"host": "b.localhost"}),
    ],
)
def test_languages_themes_and_hosts_are_kept_apart(site, cached, one, other):
    first, second = ask(cached, "/t/1/", **one), ask(cached, "/t/1/", **other)
    assert site.asked == 2
    assert ask(cached, "/t/1/", **one).text == first.text
    assert ask(cached, "/t/1/", **other).text == second.text
    assert site.asked == 2


def test_languages_that_lead_to_the_same_page_share_it(site, cached):
    ask(cached, "/t/1/", accept_language="en-GB,en;q=0.9")
    ask(cached, "/t/1/", accept_language="en-US")
    ask(cached, "/t/1/", accept_language="fr", cookie="language=en")
    assert site.asked == 1


def test_unknown_parameters_go_to_django(site, cached):
    for _ in range(2):
        ask(cached, "/t/1/?share=abc")
    assert site.asked == 2


def test_known_parameters_choose_the_page_in_any_order(site, cached):
    ask(cached, "/t/1/?page=2&sort=new")
    ask(cached, "/t/1/?sort=new&page=2")
    ask(cached, "/t/1/?page=3")
    assert site.asked == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("keep", False),
        ("status", "404 Not Found"),
        ("status", "302 Found"),
        ("headers", [("Content-Type", "application/json")]),
        ("headers", [("Content-Type", "text/html"), ("Set-Cookie", "csrftoken=1")]),
        ("size", page_cache.LARGEST + 1),
    ],
)
def test_answers_that_are_not_everybodys_are_not_kept(site, cached, field, value):
    setattr(site, field, value)
    ask(cached, "/t/1/")
    ask(cached, "/t/1/")
    assert site.asked == 2


@pytest.mark.parametrize(("method", "headers"), [("POST", {}), ("GET", {"hx_request": "true"})])
def test_writing_and_fragments_go_to_django(site, cached, method, headers):
    ask(cached, "/t/1/")
    ask(cached, "/t/1/", method, **headers)
    assert site.asked == 2


def test_known_page_is_answered_with_304(site, cached):
    tag = ask(cached, "/t/1/").headers["etag"]
    again = ask(cached, "/t/1/", if_none_match=tag)
    assert (again.status, again.body, site.asked) == (304, b"", 1)


def test_head_has_the_length_and_no_body(cached):
    body = ask(cached, "/t/1/").body
    head = ask(cached, "/t/1/", "HEAD")
    assert (head.headers["content-length"], head.body) == (str(len(body)), b"")


def test_page_is_sent_compressed_to_those_who_understand(site, cached):
    plain = ask(cached, "/t/1/")
    packed = ask(cached, "/t/1/", accept_encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert packed.headers["content-length"] == str(len(packed.body))


def test_memory_is_bounded_and_the_oldest_page_goes_first(site):
    cached = PageCache(site, capacity=150)
    for number in range(5):
        ask(cached, f"/t/{number}/")
    ask(cached, "/t/4/")
    assert site.asked == 5
    ask(cached, "/t/0/")
    assert site.asked == 6
    assert sum(len(page.body) for page in cached._pages.values()) <= 150


def test_an_escaped_value_is_never_kept_as_two_parameters(site, cached):
    ask(cached, "/t/1/?filter=unanswered%26page%3D2")
    ask(cached, "/t/1/?filter=unanswered&page=2")
    ask(cached, "/t/1/?filter=a%3Db")
    ask(cached, "/t/1/?filter=a%253Db")
    assert site.asked == 4


def test_a_name_given_twice_is_not_kept(site, cached):
    for _ in range(2):
        ask(cached, "/t/1/?page=1&page=2")
    assert site.asked == 2
