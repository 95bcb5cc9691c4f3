"""Requests that claim to be written in other letters than the site's."""

from __future__ import annotations

from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict

from tiantang.config.charset import in_utf8

CLAIMS = ["hex", "idna", "utf-16", "base64", "rot13", "no-such", '"hex"', "utf-8"]


def read(kind: str, query: str = "") -> tuple[str, QueryDict]:
    """The content type and the query as Django has them behind the door."""
    environ = {"CONTENT_TYPE": kind, "QUERY_STRING": query}
    setup_testing_defaults(environ)
    seen: list[WSGIRequest] = []
    in_utf8(lambda given, _start: seen.append(WSGIRequest(given)) or [])(environ, lambda *_: None)
    return seen[0].META["CONTENT_TYPE"], seen[0].GET


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_is_sent_is_read_as_utf8_whatever_it_claims(claim: str) -> None:
    kind, query = read(f"text/plain; CharSet={claim}", "tag=%E6%BC%AB%E7%94%BB")
    assert (kind, query["tag"]) == ("text/plain", "漫画")


def test_the_rest_of_the_content_type_stays() -> None:
    kind, _ = read("multipart/form-data; charset=hex; boundary=--edge")
    assert kind == "multipart/form-data; boundary=--edge"


@pytest.mark.django_db
def test_the_site_stands_behind_that_door() -> None:
    from tiantang.config.wsgi import application

    environ = {
        "CONTENT_TYPE": "text/plain; charset=hex",
        "PATH_INFO": "/healthz/live",
        "QUERY_STRING": "x=%ff",
    }
    setup_testing_defaults(environ)
    begun: list[str] = []
    b"".join(application(environ, lambda status, *_: begun.append(status)))
    assert begun == ["200 OK"]
