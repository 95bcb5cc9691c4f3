"""Pages for what went wrong, in both languages, and the last one without the database."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from tiantang.community.forum.tests.factory import make_member
from tiantang.ui import views


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "title"), [("zh-hans", "这一页不在了"), ("en", "No such page")])
def test_missing_page_says_so(client: Client, language: str, title: str) -> None:
    answer = client.get("/no/such/page/", headers={"accept-language": language})
    assert answer.status_code == 404
    assert title in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/no/such/page/", 404), ("/console/", 403)])
def test_missing_and_closed_pages_have_the_way_back(client: Client, address: str, status: int) -> None:
    """The bar of the site, with its places, stands above them; nobody has to use the back button."""
    client.force_login(make_member(), backend="tiantang.community.members.backend.MemberBackend")
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert 'href="/rules/"' in page
    assert 'href="/inbox/"' in page
    assert "noindex" in page


def test_server_error_needs_no_database() -> None:
    """No ``django_db`` mark: a query here would fail the test."""
    request = RequestFactory().get("/")
    request.LANGUAGE_CODE = "zh-hans"
    answer = views.server_error(request)
    assert answer.status_code == 500
    assert "<title>" in answer.content.decode()


def test_server_error_without_a_build_is_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(views, "render_to_string", broken)
    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert answer["Content-Type"].startswith("text/plain")
    assert "服务器" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "title"), [("zh-hans", "这个地址打不开本站"), ("en", "The site does not answer")]
)
def test_a_name_that_is_not_ours_gets_a_page_that_says_so(client: Client, language: str, title: str) -> None:
    answer = client.get("/boards/", headers={"host": "192.168.1.5", "accept-language": language})
    assert answer.status_code == 400
    assert title in answer.content.decode()


@pytest.mark.django_db
def test_a_form_that_is_too_large_gets_a_page_of_ours(client: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = client.post(
        "/accounts/login/", "login=" + "a" * 200, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400
    assert "没能读懂" in answer.content.decode()


@pytest.mark.django_db
def test_stale_form_gets_a_page_of_ours() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", headers={"accept-language": "zh-hans"})
    assert answer.status_code == 403
    assert "这一页开得太久了" in answer.content.decode()


@pytest.mark.django_db
def test_browsers_and_crawlers_find_their_files(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".svg")
    assert "Disallow: /console/" in client.get("/robots.txt").content.decode()
