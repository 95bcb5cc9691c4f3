"""Every answer has a name; slow ones are logged without an address or a person."""

from __future__ import annotations

import logging

from tiantang.config.compress import Compress
from tiantang.config.middleware import VIEW
from tiantang.config.observe import Observe, WithRequestId, request_id
from tiantang.config.tests.wsgi_client import ask


def site(environ, start_response):
    environ[VIEW] = "members:profile"
    text = request_id.get().encode().ljust(2000)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))])
    return [text]


def test_every_answer_has_its_own_name():
    names = [ask(Observe(site), "/").headers["x-request-id"] for _ in range(3)]
    assert len(set(names)) == 3


def test_name_from_a_proxy_is_kept_when_harmless():
    assert ask(Observe(site), "/", x_request_id="abcdef-123").headers["x-request-id"] == "abcdef-123"
    assert ask(Observe(site), "/", x_request_id="bad\nname!").headers["x-request-id"] != "bad\nname!"


def test_log_lines_carry_the_name_of_their_request():
    answer = ask(Observe(site), "/", x_request_id="abcdef-123")
    assert answer.text.strip() == "abcdef-123"
    record = logging.LogRecord("x", logging.INFO, "", 0, "text", None, None)
    assert WithRequestId().filter(record)
    assert record.request_id == "-"


def test_slow_request_is_logged_by_view_and_nothing_personal(caplog):
    ask(Observe(site, slow=0.0), "/m/some-person/?q=secret")
    assert "view=members:profile status=200" in caplog.text
    assert "some-person" not in caplog.text
    assert "secret" not in caplog.text


def test_quick_request_is_not_logged(caplog):
    ask(Observe(site), "/")
    assert caplog.text == ""


def test_text_is_compressed_for_those_who_understand():
    packed, plain = ask(Compress(site), "/", accept_encoding="gzip"), ask(Compress(site), "/")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert len(packed.body) < len(plain.body) / 10
    assert packed.text == plain.text


def test_small_and_ready_made_answers_are_left_alone():
    def small(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", "2")])
        return [b"ok"]

    def ready(environ, start_response):
        headers = [("Content-Type", "text/html"), ("Content-Length", "5000"), ("Content-Encoding", "br")]
        start_response("200 OK", headers)
        return [b"x" * 5000]

    assert ask(Compress(small), "/", accept_encoding="gzip").body == b"ok"
    assert ask(Compress(ready), "/", accept_encoding="gzip").headers["content-encoding"] == "br"
