"""Who may keep an answer: nobody on the way, and the browser only what everybody reads."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client

from tiantang.community.forum.tests.factory import make_member, make_topic

BACKEND = "tiantang.community.members.backend.MemberBackend"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/inbox/", "/settings/", "/t/new/", "/console/", "/accounts/password/change/", "/nowhere/"]
)
def test_personal_pages_are_stored_nowhere(client: Client, address: str) -> None:
    client.force_login(make_member(role="lead"), backend=BACKEND)
    rule = client.get(address)["Cache-Control"]
    assert "private" in rule
    assert "no-store" in rule


def test_pages_one_reads_are_asked_for_again_but_found_when_going_back(client: Client) -> None:
    topic = make_topic()
    client.force_login(make_member(), backend=BACKEND)
    for address in ("/", f"/t/{topic.pk}/", "/boards/"):
        assert client.get(address)["Cache-Control"] == "private, no-cache"


def test_anonymous_pages_are_private_too(client: Client) -> None:
    for address in ("/", "/tags/", "/accounts/login/"):
        assert "private" in client.get(address)["Cache-Control"]


def test_pictures_are_kept_for_everybody(client: Client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a.png").write_bytes(b"x")
    client.force_login(make_member(), backend=BACKEND)
    answer = client.get("/media/a.png")
    assert b"".join(answer.streaming_content) == b"x"
    assert "public" in answer["Cache-Control"]


def test_browsers_are_told_to_use_https_when_the_site_does(client: Client, settings) -> None:
    assert "Strict-Transport-Security" not in client.get("/rules/")
    settings.HTTPS_ONLY = "max-age=31536000"
    assert client.get("/rules/")["Strict-Transport-Security"] == "max-age=31536000"


def test_forms_work_behind_a_proxy_that_speaks_https_for_us(settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://testserver"]
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "https://testserver"})
    browser.get("/accounts/login/")
    token = browser.cookies["csrftoken"].value
    typed = {"login": "nobody", "password": "x", "csrfmiddlewaretoken": token}
    assert browser.post("/accounts/login/", typed).status_code != 403


def test_only_tests_call_the_site_testserver() -> None:
    code = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tiantang.config.settings"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert "127.0.0.1" in run.stdout
    assert "testserver" not in run.stdout


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/b/%00/", "/m/%00/", "/tags/%00/", "/s/%00/", "/?filter=%00", "/console/team/?q=%00", "/?q=a%00b"],
)
def test_an_address_with_a_nul_leads_nowhere_on_either_database(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "/boards/" in answer.content.decode()
    assert client.get("/?filter=%2500").status_code == 200
