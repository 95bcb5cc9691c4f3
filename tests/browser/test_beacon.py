"""What the script in the page tells about a visit, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request

pytestmark = pytest.mark.browser

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"
LIKE_A_PERSON = "Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })"
HIDE = """hidden => {
  const state = hidden ? "hidden" : "visible";
  Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
NOTE_BEACONS = """
  window.leaving = [];
  const send = navigator.sendBeacon.bind(navigator);
  navigator.sendBeacon = (address, body) => {
    body.text().then(text => leaving.push(JSON.parse(text)));
    return send(address, body);
  };
"""
NO_NETWORK = """
  const real = window.fetch;
  window.offline = true;
  window.fetch = (...given) => offline ? Promise.reject(new TypeError("no network")) : real(...given);
"""


@dataclass
class Reader:
    """A page whose letters to the site are read along."""

    page: Page
    context: BrowserContext
    letters: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("request", self._read)
        self.page.on(
            "response", lambda answer: self._is_letter(answer.request) and self.answers.append(answer.status)
        )

    def _is_letter(self, request: Request) -> bool:
        return request.url.endswith("/e/visits")

    def _read(self, request: Request) -> None:
        if self._is_letter(request) and request.post_data:  # that of a beacon cannot be seen from here
            self.letters.append(json.loads(request.post_data))

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [item for letter in self.letters for item in letter["items"] if item["kind"] == kind]

    def wait(self, true: Callable[[], bool]) -> None:
        for _ in range(100):
            if true():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"not told: {self.letters}")

    def spend(self, seconds: int) -> None:
        """Let the page's clock run."""
        for _ in range(seconds):
            self.page.clock.run_for(1000)


@pytest.fixture
def reader(new_context) -> Reader:
    context = new_context(user_agent=f"{WINDOWS} Safari/537.36")
    context.add_init_script(LIKE_A_PERSON)
    made = Reader(context.new_page(), context)
    made.listen()
    return made


def topic_path(page: Page) -> str:
    page.goto("/boards/")
    return str(page.locator("a[href^='/t/']").first.get_attribute("href")).split("#")[0]


def test_topic_page_is_told_once_with_topic_and_board(reader: Reader) -> None:
    path = topic_path(reader.page)
    reader.wait(lambda: len(reader.answers) == 1)
    reader.page.goto(f"{path.split('?')[0]}?utm_source=weibo&utm_campaign=spring")
    reader.wait(lambda: len(reader.told("view")) == 2)
    boards, topic = reader.told("view")
    assert "topic" not in boards
    assert f"/t/{topic['topic']}/" in path
    assert topic["board"] > 0
    assert (topic["source"], topic["campaign"]) == ("weibo", "spring")
    reader.wait(lambda: reader.answers[:2] == [204, 204])
    cookie = next(cookie for cookie in reader.context.cookies() if cookie["name"] == "visitor")
    assert cookie["httpOnly"] and len(cookie["value"].split(".")[0]) == 16


def test_driven_browser_says_so(stranger: Page) -> None:
    made = Reader(stranger, stranger.context)
    made.listen()
    stranger.goto("/boards/")
    made.wait(lambda: bool(made.letters))
    assert made.letters[0]["webdriver"] is True
    assert not [cookie for cookie in stranger.context.cookies() if cookie["name"] == "visitor"]


def test_time_is_told_every_fifteen_seconds_and_pauses_when_nobody_moves(reader: Reader) -> None:
    reader.page.clock.install()
    reader.page.goto("/boards/")
    reader.spend(16)
    reader.wait(lambda: len(reader.told("time")) == 1)
    assert 14_000 <= reader.told("time")[0]["value"] <= 15_100
    reader.spend(100)
    total = sum(item["value"] for item in reader.told("time"))
    assert 59_000 <= total <= 60_100
    reader.page.mouse.move(5, 5)
    reader.page.mouse.move(9, 9)
    reader.spend(16)
    reader.wait(lambda: sum(item["value"] for item in reader.told("time")) > total)


def test_hidden_page_tells_its_time_and_then_nothing(reader: Reader) -> None:
    reader.page.add_init_script(NOTE_BEACONS)
    reader.page.clock.install()
    reader.page.goto("/boards/")
    reader.spend(5)
    reader.page.evaluate(HIDE, True)
    reader.wait(lambda: reader.answers == [204, 204])
    (left,) = reader.page.evaluate("leaving")
    assert 4_900 <= left["items"][0]["value"] <= 5_500
    reader.spend(40)
    assert len(reader.answers) == 2
    reader.page.evaluate(HIDE, False)
    reader.spend(16)
    reader.wait(lambda: len(reader.told("time")) == 1)
    assert len(reader.told("view")) == 1


def test_page_opened_in_the_background_counts_when_it_is_seen(reader: Reader) -> None:
    reader.page.add_init_script(
        "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })"
    )
    reader.page.goto("/boards/")
    reader.page.wait_for_timeout(300)
    assert reader.letters == []
    reader.page.evaluate(HIDE, False)
    reader.wait(lambda: len(reader.told("view")) == 1)


def test_visit_without_network_is_sent_later_under_the_same_id(reader: Reader) -> None:
    kept = "JSON.parse(localStorage.getItem('visits') ?? '[]').map(item => item.id)"
    reader.page.add_init_script(NO_NETWORK)
    reader.page.goto("/boards/")
    reader.wait(lambda: len(reader.page.evaluate(kept)) == 1)
    (first,) = reader.page.evaluate(kept)
    reader.page.evaluate("offline = false; dispatchEvent(new Event('online'))")
    reader.wait(lambda: reader.answers == [204])
    assert [item["id"] for item in reader.told("view")] == [first]
    assert reader.page.evaluate(kept) == []


def test_page_from_the_history_is_a_view_of_its_own(reader: Reader) -> None:
    reader.page.goto("/boards/")
    reader.wait(lambda: len(reader.told("view")) == 1)
    reader.page.evaluate(
        "history.pushState({}, '', '/boards/?page=2'); "
        "document.dispatchEvent(new Event('htmx:pushedIntoHistory'))"
    )
    reader.wait(lambda: len(reader.told("view")) == 2)
