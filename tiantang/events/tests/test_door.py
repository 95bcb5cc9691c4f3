from __future__ import annotations

import io
import json
import time
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.utils import timezone

from tiantang.events.door import VisitsDoor
from tiantang.events.models import Visit
from tiantang.events.tests.test_ingest import BROWSER

pytestmark = pytest.mark.django_db(databases="__all__")


def inner(environ, start_response):
    start_response("200 OK", [("X-Inner", "yes")])
    return [b"page"]


def call(path="/e/visits", method="POST", letter=None, **environ):
    body = json.dumps(letter if letter is not None else a_letter()).encode()
    seen: list = []
    given = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json",
        "HTTP_USER_AGENT": BROWSER,
        "HTTP_SEC_FETCH_SITE": "same-origin",
        **environ,
    }
    given = {name: value for name, value in given.items() if value is not None}
    answered = b"".join(
        VisitsDoor(inner)(given, lambda status, headers: seen.extend([status, dict(headers)]))
    )
    return seen[0], seen[1], answered


def a_letter() -> dict:
    now = int(time.time() * 1000)
    return {"now": now, "items": [{"id": str(uuid4()), "kind": "view", "at": now, "topic": 12}]}


def test_visit_is_taken_in_and_the_browser_gets_its_number(held):
    status, headers, body = call()
    assert (status, body) == ("204 No Content", b"")
    assert headers["Set-Cookie"].startswith("visitor=")
    held.flush()
    assert Visit.objects.get().topic == 12


def test_everything_else_is_handed_on():
    for path in ("/", "/e/visits/", "/t/12/"):
        assert call(path=path) == ("200 OK", {"X-Inner": "yes"}, b"page")


def test_member_is_known_without_the_middleware(held, client, django_user_model):
    member = django_user_model.objects.create(handle="miku", joined_at=timezone.now())
    client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    session = client.cookies[configured.SESSION_COOKIE_NAME].value
    call(HTTP_COOKIE=f"{configured.SESSION_COOKIE_NAME}={session}")
    held.flush()
    assert Visit.objects.values_list("subject", "actor_class").get() == (member.subject, 1)


def test_invented_session_is_nobody(held):
    call(HTTP_COOKIE=f"{configured.SESSION_COOKIE_NAME}=invented")
    held.flush()
    assert Visit.objects.values_list("subject", "actor_class").get() == (0, 0)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"method": "GET"}, "405 Method Not Allowed"),
        ({"letter": []}, "400 Bad Request"),
        ({"HTTP_HOST": "evil.example"}, "204 No Content"),
        ({"HTTP_HOST": "evil.example", "HTTP_SEC_FETCH_SITE": "cross-site"}, "403 Forbidden"),
        ({"HTTP_COOKIE": "visitor=\x00"}, "204 No Content"),
        ({"CONTENT_LENGTH": "many"}, "413 Content Too Large"),
    ],
)
def test_odd_requests_get_a_plain_answer(held, change, status):
    assert call(**change)[0].split()[0] == status.split()[0]


def test_host_that_is_not_ours_is_refused_when_it_must_be_compared(held):
    answer = call(HTTP_HOST="evil.example", HTTP_ORIGIN="http://evil.example", HTTP_SEC_FETCH_SITE=None)
    assert answer[0] == "400 Bad Request"


def test_failure_of_ours_is_logged_and_answered(monkeypatch, held, caplog):
    def broken(rows):
        raise RuntimeError("broken")

    monkeypatch.setattr(held, "add", broken)
    assert call()[0].startswith("500")
    assert "could not be taken in" in caplog.text
