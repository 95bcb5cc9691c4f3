"""A member's day in a browser that runs no script: everything works, and nothing is shown that would not."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.test_member_journey import join, picture, somebodys_topic
from tiantang.demo.accounts import PASSWORD, PLAIN_MEMBER

pytestmark = pytest.mark.browser
__all__ = ["picture"]
PHONE = {"java_script_enabled": False, "is_mobile": True, "has_touch": True}
NEEDS_SCRIPT = "[data-before], [data-copy], [data-close]"


def unscripted(new_context: NewContext) -> Page:
    return new_context(**PHONE, viewport={"width": 390, "height": 844}).new_page()


def nothing_dead(page: Page) -> None:
    for control in page.locator(NEEDS_SCRIPT).all():
        expect(control).to_be_hidden()


def test_a_topic_with_a_picture_and_a_spoiler_is_previewed_and_posted(
    new_context: NewContext, picture: Path
) -> None:
    page = unscripted(new_context)
    join(page, "不开脚本的人")
    page.goto("/t/new/")
    nothing_dead(page)
    page.locator("select[name=board]").select_option(index=3)
    page.locator("input[name=title]").fill("没有脚本的一天")
    page.locator("textarea[name=source]").fill("灯塔亮了 ||是管家点的||")
    page.locator("input[type=file]").set_input_files(picture)
    page.locator("button[name=preview]").click()
    assert page.url.endswith("#preview")
    expect(page.locator(".preview img")).to_be_visible()
    page.locator(".send button.lamp").click()
    page.wait_for_url(lambda address: "/t/new/" not in address)
    post = page.locator("article.post .body")
    expect(post.locator("img")).to_be_visible()
    covered = post.locator(".spoiler")
    transparent, seen = "rgba(0, 0, 0, 0)", "getComputedStyle(node).color"
    assert covered.evaluate(f"node => {seen}") == transparent
    covered.tap()
    assert covered.evaluate(f"node => {seen}") != transparent


def test_what_a_member_does_with_a_topic_works(sign_in) -> None:
    page: Page = sign_in(PLAIN_MEMBER, PASSWORD, **PHONE)
    somebodys_topic(page)
    topic = page.url.split("#")[0]
    nothing_dead(page)
    page.locator("button[formaction$='/bookmark/']").click()
    expect(page.locator("button[formaction$='/bookmark/']")).to_have_attribute("aria-pressed", "true")
    page.locator("article.post").first.locator("a[href$='/comments/']").first.click()
    page.locator("textarea[name=source]").fill("不开脚本也能点评")
    page.locator(".say-it button").click()
    expect(page.locator(".comments", has_text="不开脚本也能点评")).to_be_visible()
    page.goto(topic)
    page.locator(".topic-lead details.menu summary").click()
    page.locator("button[formaction$='/share/']").click()
    expect(page.locator("input.copy")).to_be_visible()
    nothing_dead(page)
