"""On every main page: no sideways scrolling on a phone, nothing for axe, nothing from outside.

For axe that is nothing serious, and headings in their order.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.installation import Installation

pytestmark = pytest.mark.browser
OPEN = [
    "/",
    "/boards/",
    "/t/{topic}/",
    "/b/{board}/",
    "/b/{board}/?tab=featured",
    "/tags/",
    "/m/{member}/",
    "/m/{member}/?filter=replies",
    "/rules/",
    "/accounts/login/",
    "/accounts/signup/",
    "/nothing-here/",
]
MEMBERS = [
    *("/", "/t/{topic}/", "/t/new/", "/notifications/", "/m/{member}/"),
    *("/settings/", "/settings/data/", "/settings/data/delete/"),
]
CONSOLE = [
    "/console/",
    *(f"/console/duty/{duty}/" for duty in ("content", "events", "members", "technology", "data")),
    "/console/data/",
    "/console/data/metrics/",
    "/console/data/figures/dau/",
    "/console/data/figures/retention/",
    "/console/summaries/",
    "/console/reports/",
    "/console/team/",
    "/console/team/history/",
    "/console/team/m/阿墨/",
]
WIDTHS = [360, 390]
SETTLED = """() => !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
  && document.getAnimations().every(one => one.playState !== "running")"""
SCROLLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter(node => node.getBoundingClientRect().right > innerWidth + 1)
  .filter(node => !node.closest(".scroll-x, pre, table, .scroll"))
  .slice(0, 4).map(node => node.tagName + "." + node.className)"""


@pytest.fixture(scope="module")
def places(site: Installation) -> dict[str, str]:
    """A topic of a member, its board and that member, found on the front page as a reader finds them."""
    front = site.get("/")[1].decode("utf8")
    for topic in dict.fromkeys(re.findall(r"/t/(\d+)/", front)):
        shown = site.get(f"/t/{topic}/")[1].decode("utf8")
        board, member = re.search(r"/b/([\w-]+)/", shown), re.search(r"/m/([^/\"]+)/", shown)
        if board and member:
            return {"topic": topic, "board": board[1], "member": member[1]}
    raise AssertionError("the front page shows no topic of a member")


def reachable(page: Page, addresses: list[str], places: dict[str, str]) -> list[str]:
    return [address.format(**places) for address in addresses]


def check_widths(page: Page, addresses: list[str]) -> list[str]:
    wide = []
    for address in addresses:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate(SCROLLS) > 0:
                wide.append(f"{address} at {width}: {page.evaluate(WIDEST)}")
    return wide


def check_axe(page: Page, addresses: list[str], axe: str) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")  # parts that come later are looked at too
        page.wait_for_function(SETTLED)
        page.evaluate(axe)
        result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        for violation in result["violations"]:
            if violation["impact"] in ("serious", "critical") or violation["id"] == "heading-order":
                where = [node["target"] for node in violation["nodes"][:3]]
                found.append(f"{address}: {violation['id']} {where}")
    return found


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return request.param


def test_open_pages_fit_a_phone(new_context: NewContext, places: dict[str, str]) -> None:
    page = new_context(is_mobile=True, has_touch=True, viewport={"width": 360, "height": 800}).new_page()
    assert check_widths(page, reachable(page, OPEN, places)) == []


def test_members_pages_fit_a_phone(sign_in, places: dict[str, str]) -> None:
    from tiantang.demo.accounts import PASSWORD, PLAIN_MEMBER

    page = sign_in(PLAIN_MEMBER, PASSWORD, is_mobile=True, has_touch=True)
    assert check_widths(page, reachable(page, MEMBERS, places)) == []


def test_console_fits_a_phone(sign_in, places: dict[str, str]) -> None:
    from tiantang.demo.accounts import PASSWORD, TEAM

    page = sign_in(TEAM[0][0], PASSWORD, is_mobile=True, has_touch=True)
    assert check_widths(page, CONSOLE) == []


def test_axe_finds_nothing_serious_on_open_pages(
    new_context: NewContext, places: dict[str, str], theme: str, axe: str
) -> None:
    page = new_context(color_scheme=theme, bypass_csp=True).new_page()
    assert check_axe(page, reachable(page, OPEN, places), axe) == []


def test_axe_finds_nothing_serious_on_members_pages(
    sign_in, places: dict[str, str], theme: str, axe: str
) -> None:
    from tiantang.demo.accounts import PASSWORD, PLAIN_MEMBER

    page = sign_in(PLAIN_MEMBER, PASSWORD, color_scheme=theme, bypass_csp=True)
    assert check_axe(page, reachable(page, MEMBERS, places), axe) == []


def test_axe_finds_nothing_serious_in_the_console(sign_in, theme: str, axe: str) -> None:
    from tiantang.demo.accounts import PASSWORD, TEAM

    page = sign_in(TEAM[0][0], PASSWORD, color_scheme=theme, bypass_csp=True)
    assert check_axe(page, CONSOLE, axe) == []


def test_no_page_asks_another_host(sign_in, site: Installation, places: dict[str, str]) -> None:
    from tiantang.demo.accounts import PASSWORD, TEAM

    page = sign_in(TEAM[0][0], PASSWORD)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    for address in [*reachable(page, OPEN, places), *CONSOLE]:
        page.goto(address)
        page.wait_for_load_state("load")
    outside = {url for url in asked if not url.startswith((site.address, "data:", "blob:"))}
    assert outside == set()
