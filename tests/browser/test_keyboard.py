"""Walking by keyboard: nobody loses their place, and what opened shuts again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_member_journey import somebodys_topic
from tiantang.demo.accounts import PASSWORD, PLAIN_MEMBER

pytestmark = pytest.mark.browser


def test_what_was_pressed_keeps_the_focus(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    somebodys_topic(page)
    for button in (page.locator("button.like").first, page.locator("button[formaction$='/bookmark/']")):
        was = button.get_attribute("aria-pressed")
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "false" if was == "true" else "true")
        expect(button).to_be_focused()


def test_a_menu_shuts_when_one_walks_out_or_presses_escape(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    menu = page.locator("header.bar details.menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Shift+Tab")
    expect(menu).not_to_have_attribute("open", "")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_escape_shuts_the_docked_composer_of_phones(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD, viewport={"width": 390, "height": 844})
    somebodys_topic(page)
    page.locator(".composer-dock .fake").click()
    expect(page.locator("#reply textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reply")).to_be_hidden()
    expect(page.locator(".composer-dock .fake")).to_be_focused()
