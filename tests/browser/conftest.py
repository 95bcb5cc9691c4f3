"""One real server with a small sample community, and Debian's Chromium to read it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.installation import Installation, running

SAMPLE = ("demo", "--members", "150", "--posts", "2500", "--months", "7")
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("site") / "home")
    for command in (("migrate",), SAMPLE):
        done = installation.run(*command)
        assert done.returncode == 0, done.stderr[-3000:]
    with running(installation, "up", "--empty"):
        yield installation


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "Chromium is not installed (Debian: apt install chromium)"
    flags = [*FLAGS, "--no-sandbox"] if os.getuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=flags)
        yield launched
        launched.close()


@pytest.fixture
def new_context(site: Installation, browser: Browser) -> Iterator[NewContext]:
    """Makes a browser of its own for one person; fails when a page of theirs had an error in its script."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            errors.append(message.text)

    def make(**options: Any) -> BrowserContext:
        options = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(base_url=site.address, **options)
        context.set_default_timeout(20_000)
        context.on("console", note)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def stranger(new_context: NewContext) -> Page:
    return new_context().new_page()


@pytest.fixture
def sign_in(new_context: NewContext) -> Callable[..., Page]:
    """Opens a page signed in as an account of the sample community, through the form."""

    def enter(handle: str, password: str, **options: Any) -> Page:
        page = new_context(**options).new_page()
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(handle)
        page.locator("input[name=password]").fill(password)
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
        page.wait_for_url(lambda address: "/accounts/login/" not in address)
        return page

    return enter


@pytest.fixture
def lead(sign_in: Callable[..., Page]) -> Page:
    """The community lead of the sample."""
    from tiantang.demo.accounts import PASSWORD, TEAM

    return sign_in(TEAM[0][0], PASSWORD)


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, from the front end's locked packages."""
    root = Path(__file__).resolve().parents[2]
    return (root / "frontend/node_modules/axe-core/axe.min.js").read_text(encoding="utf8")
