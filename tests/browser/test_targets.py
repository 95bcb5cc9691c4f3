"""On every main page: what is pressed has room for a finger or a pointer, no type is under 12 px."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.browser.test_every_page import CONSOLE, MEMBERS, OPEN, SETTLED, places, reachable

pytestmark = pytest.mark.browser
SMALL_TARGETS = (Path(__file__).parent / "small_targets.js").read_text("utf8")
SMALL_TYPE = """() => [...new Set([...document.querySelectorAll("body *")]
  .filter(node => [...node.childNodes].some(one => one.nodeType === 3 && one.textContent.trim()))
  .filter(node => node.checkVisibility({visibilityProperty: true}) && !node.closest(".sr, svg"))
  .filter(node => parseFloat(getComputedStyle(node).fontSize) < 12)
  .map(node => `${getComputedStyle(node).fontSize} ${node.tagName}.${node.className}`))]"""
TO_THE_END = """() => [...document.querySelectorAll("main *")].forEach(one => one.scrollIntoView())"""
FINGER, POINTER = 44, 24
__all__ = ["places"]


def check_room(page: Page, addresses: list[str], room: int) -> list[str]:
    small = []
    for address in addresses:
        page.goto(address)
        page.evaluate(TO_THE_END)  # parts that come when they are scrolled to must not move what is measured
        page.wait_for_load_state("networkidle")
        page.wait_for_function(SETTLED)
        small += [f"{address}: {found}" for found in page.evaluate(SMALL_TARGETS, room)]
        small += [f"{address}: type of {found}" for found in page.evaluate(SMALL_TYPE)]
    return small


def test_open_pages_leave_room_for_a_finger(new_context: NewContext, places: dict[str, str]) -> None:
    page = new_context(is_mobile=True, has_touch=True, viewport={"width": 390, "height": 844}).new_page()
    assert "\n".join(check_room(page, reachable(page, OPEN, places), FINGER)) == ""


def test_members_pages_leave_room_for_a_finger(sign_in, places: dict[str, str]) -> None:
    from tiantang.demo.accounts import PASSWORD, PLAIN_MEMBER

    page = sign_in(
        PLAIN_MEMBER, PASSWORD, is_mobile=True, has_touch=True, viewport={"width": 390, "height": 844}
    )
    assert "\n".join(check_room(page, reachable(page, MEMBERS, places), FINGER)) == ""


@pytest.mark.parametrize("touch", [True, False])
def test_the_console_leaves_room(sign_in, touch: bool) -> None:
    from tiantang.demo.accounts import PASSWORD, TEAM

    size = {"width": 390, "height": 844} if touch else {"width": 1280, "height": 900}
    page = sign_in(TEAM[0][0], PASSWORD, is_mobile=touch, has_touch=touch, viewport=size)
    assert "\n".join(check_room(page, CONSOLE, FINGER if touch else POINTER)) == ""


def test_members_pages_leave_room_for_a_pointer(sign_in, places: dict[str, str]) -> None:
    from tiantang.demo.accounts import PASSWORD, PLAIN_MEMBER

    page = sign_in(PLAIN_MEMBER, PASSWORD)
    assert "\n".join(check_room(page, reachable(page, MEMBERS, places), POINTER)) == ""
