"""Letters as they arrive: through a real mail server on the loopback, read and followed to the end."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context as request_context
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from tiantang.common.tasks import queue
from tiantang.community.forum.tests.factory import make_member
from tiantang.community.members.letters import LETTERS, NOTICES
from tiantang.community.members.models import Member

HOLLOW = re.compile(r"%\(|\{\{|\{%|None|\bundefined\b")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs; keeps what arrives. ``busy`` makes it turn letters away."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[EmailMessage] = []
        self.busy = False


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"QUIT":
                return self.say("221 bye")
            if word == b"DATA":
                self.say("354 go on")
                self.take()
                self.say("250 taken")
            else:
                self.say("451 later" if word == b"MAIL" and self.server.busy else "250 ok")
        return None

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        parsed = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.server.letters.append(parsed)

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        host, port = running.server_address[:2]
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, email_url=f"smtp://{host!s}:{port}")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
        settings.DEFAULT_FROM_EMAIL = "hello@tiantang.example"
        settings.SITE_URL = "https://tiantang.example"
        queue.immediate = True
        yield running
        queue.immediate = False
        running.shutdown()
        thread.join()


@pytest.fixture
def mail(
    server: MailServer, db: None, django_capture_on_commit_callbacks: Any
) -> Iterator[list[EmailMessage]]:
    """The letters that arrived; what waits for the commit leaves when ``commit`` is called."""
    yield server.letters


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def member_with(address: str, **fields: Any) -> Member:
    member = make_member("lamp", name="阿灯", email=address, **fields)
    EmailAddress.objects.create(user=member, email=address, primary=True, verified=True)
    return member


def bodies(letter: EmailMessage) -> tuple[str, str]:
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None and html is not None
    return text.get_content(), html.get_content()


def link_in(letter: EmailMessage) -> str:
    """The path of the link, which stands in both bodies."""
    text, html = bodies(letter)
    (address,) = re.findall(r"https://tiantang\.example(/accounts/\S+)", text)
    assert f'href="https://tiantang.example{address}"' in html
    return str(address)


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [
        ("zh-hans", "设置新密码 · 天堂社区", "阿灯，你好："),
        ("en", "Set a new password · 天堂社区", "Hello 阿灯,"),
    ],
)
def test_lost_password_is_set_anew_through_the_letter(
    client: Client, mail: list[EmailMessage], commit: Any, language: str, subject: str, greeting: str
) -> None:
    member = member_with("lamp@example.org", language=language)
    other = "en" if language == "zh-hans" else "zh-hans"
    with commit():
        client.post(
            "/accounts/password/reset/", {"email": "LAMP@example.org"}, headers={"accept-language": other}
        )
    (letter,) = mail
    assert letter["Subject"] == subject
    assert letter["From"].addresses[0].display_name == "天堂社区"
    assert letter["From"].addresses[0].addr_spec == "hello@tiantang.example"
    assert letter["To"].addresses[0].addr_spec == "lamp@example.org"
    text, html = bodies(letter)
    assert text.startswith(greeting)
    assert greeting in html and f'<html lang="{"zh-CN" if language == "zh-hans" else "en"}">' in html
    reader = Client()
    page = reader.get(link_in(letter), follow=True)
    new = {"password1": "a new horse 9", "password2": "a new horse 9"}
    with commit():
        done = reader.post(page.redirect_chain[-1][0], new, follow=True)
    assert done.redirect_chain[-1][0] == "/accounts/password/reset/key/done/"
    member.refresh_from_db()
    assert member.check_password("a new horse 9")
    told = bodies(mail[1])[0]
    assert ("刚刚通过邮件里的链接设置了新密码" in told) == (language == "zh-hans")
    spent = Client().get(link_in(letter), follow=True).content.decode()
    assert "password1" not in spent


def test_new_member_confirms_the_address_through_the_letter(
    client: Client, mail: list[EmailMessage], commit: Any
) -> None:
    form = {"username": "wick", "password1": "correct horse 9", "email": "wick@example.org", "accept": "on"}
    with commit():
        client.post("/accounts/signup/", form, headers={"accept-language": "zh-hans"})
    (letter,) = mail
    assert letter["Subject"] == "确认你的邮箱 · 天堂社区"
    assert "注册了账号「wick」" in bodies(letter)[0]
    address = link_in(letter)
    assert "wick@example.org" in client.get(address).content.decode()
    with commit():
        client.post(address)
    assert EmailAddress.objects.get(email="wick@example.org").verified


def test_old_address_is_told_that_it_was_replaced(
    client: Client, mail: list[EmailMessage], commit: Any
) -> None:
    member = member_with("lamp@example.org", language="en")
    EmailAddress.objects.create(user=member, email="new@example.org", verified=True)
    client.post("/accounts/login/", {"login": "lamp", "password": "correct horse"})
    with commit():
        client.post("/accounts/email/", {"action_primary": "1", "email": "new@example.org"})
    (letter,) = mail
    assert letter["To"].addresses[0].addr_spec == "lamp@example.org"
    assert "From now on we write to new@example.org, no longer to lamp@example.org." in bodies(letter)[0]
    assert link_in(letter) == "/accounts/password/reset/"


def test_letter_for_nobody_we_know_reads_in_the_language_of_the_page(
    client: Client, mail: list[EmailMessage], commit: Any
) -> None:
    with commit():
        client.post(
            "/accounts/password/reset/", {"email": "no@example.org"}, headers={"accept-language": "en"}
        )
    (letter,) = mail
    assert letter["Subject"].strip() == "There is no account with this address · 天堂社区"
    assert link_in(letter) == "/accounts/signup/"


def test_request_for_another_host_does_not_get_into_the_link(
    client: Client, mail: list[EmailMessage], commit: Any
) -> None:
    member_with("lamp@example.org")
    with commit():
        client.post(
            "/accounts/password/reset/", {"email": "lamp@example.org"}, headers={"host": "evil.localhost"}
        )
    text, html = bodies(mail[0])
    assert "evil" not in text + html


def test_busy_mail_server_keeps_nobody_from_joining(
    client: Client, mail: list[EmailMessage], server: MailServer, commit: Any, monkeypatch: Any
) -> None:
    server.busy = True
    queue.immediate = False  # as outside tests: the page only leaves the letter with the queue
    left: list[Any] = []
    monkeypatch.setattr(queue, "enqueue", left.append)
    form = {"username": "wick", "password1": "correct horse 9", "email": "wick@example.org", "accept": "on"}
    with commit():
        answer = client.post("/accounts/signup/", form)
    assert answer.status_code == 302
    (task,) = left
    assert task.retries == 12
    with pytest.raises(Exception, match="451"):
        task.execute()
    server.busy = False
    task.execute()
    assert len(mail) == 1


def kinds() -> list[str]:
    """Every kind of letter that allauth knows, as ``account/email/password_changed``."""
    root = Path(allauth.__file__).parent / "templates"
    found = sorted(root.rglob("*_subject.txt"))
    assert len(found) > 15
    return [str(path.relative_to(root)).removesuffix("_subject.txt") for path in found]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_ours_in_both_languages(
    mail: list[EmailMessage], commit: Any, kind: str, language: str
) -> None:
    member = make_member("lamp", language=language)
    known = {
        "user": member,
        "activate_url": "http://x/accounts/confirm-email/key/",
        "password_reset_url": "http://x/accounts/password/reset/",
        "signup_url": "http://x/accounts/signup/",
        "code": "123-456",
        "timestamp": timezone.now(),
        "ip": "203.0.113.7",
        "from_email": "old@example.org",
        "to_email": "new@example.org",
        "deleted_email": "old@example.org",
        "provider": "Steam",
    }
    with request_context.request_context(RequestFactory().get("/")), translation.override("en"), commit():
        get_adapter().send_mail(kind, "lamp@example.org", known)
    (letter,) = mail
    text, html = bodies(letter)
    assert not HOLLOW.search(letter["Subject"] + text + html)
    assert bool(CHINESE.search(text.replace("天堂社区", ""))) == (language == "zh-hans")
    assert "example.com" not in text
    assert ("203.0.113.7" in text) == (kind.rsplit("/", 1)[-1] in NOTICES)
    assert kind.rsplit("/", 1)[-1] in NOTICES.keys() | LETTERS.keys()
    assert "\n\n\n" not in text


def test_names_are_text_in_html_and_untouched_in_plain_text(
    client: Client, mail: list[EmailMessage], commit: Any
) -> None:
    member_with("lamp@example.org")
    Member.objects.update(name="<b>阿灯</b> & 小满")
    with commit():
        client.post("/accounts/password/reset/", {"email": "lamp@example.org"})
    text, html = bodies(mail[0])
    assert "<b>阿灯</b> & 小满" in text
    assert "&lt;b&gt;阿灯&lt;/b&gt; &amp; 小满" in html


def test_installation_without_a_mail_server_writes_nothing(
    client: Client, db: None, monkeypatch: Any, commit: Any
) -> None:
    member_with("lamp@example.org")
    monkeypatch.setattr(queue, "enqueue", lambda task: pytest.fail("a letter was left with the queue"))
    with commit():
        assert client.post("/accounts/password/reset/", {"email": "lamp@example.org"}).status_code == 302
