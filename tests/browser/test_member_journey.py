"""A stranger reads, joins, writes, reacts and reports."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext

pytestmark = pytest.mark.browser
ADDRESS_OF_TOPIC = re.compile(r"/t/\d+/")


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    drawn = Image.new("RGB", (900, 600), "#27566b")
    ImageDraw.Draw(drawn).ellipse((300, 150, 600, 450), fill="#f3c969")
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG")
    path = tmp_path_factory.mktemp("picture") / "灯塔.png"
    path.write_bytes(buffer.getvalue())
    return path


@pytest.fixture(scope="module")
def handles() -> list[str]:
    """Handles nobody has yet."""
    return [f"新来的{number}" for number in range(9)]


def join(page: Page, handle: str) -> None:
    """Sign up from wherever one is."""
    page.goto("/accounts/signup/")
    page.locator("input[name=username]").fill(handle)
    page.locator("input[name=password1]").fill("a long enough sentence 42")
    page.locator("main form input[type=checkbox]").check()
    page.locator("main form button.main").click()
    page.wait_for_url(lambda address: "/accounts/signup/" not in address)


def somebodys_topic(page: Page) -> None:
    """Open a topic that others talk in."""
    page.goto("/")
    page.locator("main a[href^='/t/']").first.click()
    page.wait_for_url(ADDRESS_OF_TOPIC)


def send(page: Page, text: str) -> None:
    """Write into the composer of the page and send it."""
    page.locator("form.composer textarea[name=source]").fill(text)
    page.locator("form.composer .send button:not([name=preview], [type=button])").click()


def test_stranger_reads_from_the_front_page_to_a_topic(stranger: Page) -> None:
    stranger.goto("/")
    stranger.locator("a[href='/boards/']").first.click()
    stranger.wait_for_url("**/boards/")
    stranger.locator("main a[href^='/b/']").first.click()
    stranger.wait_for_url(re.compile("/b/"))
    stranger.go_back()
    somebodys_topic(stranger)
    expect(stranger.locator("h1")).not_to_be_empty()
    expect(stranger.locator("article.post .body").first).not_to_be_empty()
    expect(stranger.locator("form.composer")).to_have_count(0)


def test_stranger_changes_language_and_theme_and_keeps_them(stranger: Page) -> None:
    stranger.goto("/boards/")
    expect(stranger.locator("html")).to_have_attribute("lang", re.compile("zh"))
    stranger.goto("/boards/", wait_until="load")
    english = stranger.locator("a[href*='language'][href*='en']").first.get_attribute("href")
    dark = stranger.locator("a[href*='theme'][href*='dark']").first.get_attribute("href")
    stranger.goto(english)
    stranger.goto(dark)
    stranger.goto("/boards/")
    expect(stranger.locator("html")).to_have_attribute("lang", "en")
    expect(stranger.locator("html")).to_have_attribute("data-theme", "dark")


def test_new_member_posts_a_topic_with_a_picture(stranger: Page, picture: Path, handles: list[str]) -> None:
    join(stranger, handles[0])
    stranger.goto("/t/new/")
    stranger.locator("[name=board]").select_option("lounge")
    stranger.locator("input[name=title]").fill("灯塔那一关的隐藏结局")
    area = stranger.locator("textarea[name=source]")
    area.fill("第三次才打出来，**真的值得**。\n\n")
    stranger.locator("input[type=file]").set_input_files(picture)
    expect(area).to_have_value(re.compile(r"!\[.*\]\(/media/"))
    stranger.locator("form.composer .send button:not([name=preview], [type=button])").click()
    stranger.wait_for_url(ADDRESS_OF_TOPIC)
    expect(stranger.locator("h1")).to_have_text("灯塔那一关的隐藏结局")
    expect(stranger.locator("article.post .body strong")).to_have_text("真的值得")
    shown = stranger.locator("article.post .body img").first
    expect(shown).to_be_visible()
    assert stranger.evaluate(
        "picture => picture.decode().then(() => picture.naturalWidth)", shown.element_handle()
    )


def test_a_picture_stands_on_its_own_and_refusals_go_once_mended(
    stranger: Page, handles: list[str], picture: Path
) -> None:
    join(stranger, handles[5])
    stranger.goto("/t/new/")
    stranger.locator("select[name=board]").select_option(index=1)
    area = stranger.locator("textarea[name=source]")
    area.fill("灯塔")
    stranger.locator("input[type=file]").set_input_files(picture)
    expect(area).to_have_value(re.compile(r"^灯塔\n\n!\[.*\]\(/media/[^)]*\)\n\n$"))
    stranger.locator("input[name=title]").fill("灯塔那一关")
    stranger.locator("input[name=tags]").fill("a,b,c,d,e,f")
    stranger.locator("form.composer .send button:not([name=preview], [type=button])").click()
    field = stranger.locator(".field:has(input[name=tags])")
    expect(field.locator(".error")).to_be_visible()
    stranger.locator("input[name=tags]").fill("灯塔")
    expect(field.locator(".error")).to_have_count(0)


def test_preview_shows_what_will_be_posted(stranger: Page, handles: list[str]) -> None:
    join(stranger, handles[1])
    stranger.goto("/t/new/")
    stranger.locator("textarea[name=source]").fill("看 **这里**")
    stranger.locator("button[name=preview]").click()
    expect(stranger.locator(".preview strong")).to_have_text("这里")


def test_new_member_replies_comments_likes_and_reports(stranger: Page, handles: list[str]) -> None:
    join(stranger, handles[2])
    somebodys_topic(stranger)
    like = stranger.locator("button.like[aria-pressed=false]").first
    like.click()
    expect(stranger.locator("button.like[aria-pressed=true]")).to_have_count(1)

    first = stranger.locator("article.post").first
    first.locator("a[href$='/comments/']").first.click()
    first.locator("textarea[name=source]").fill("同感，配乐太好了")
    first.locator("form.say-it button.main").click()
    expect(first.locator(".comments")).to_contain_text("同感，配乐太好了")

    topic = stranger.url
    send(stranger, "我也卡在这里很久，换个思路就过了。")
    expect(stranger.locator("article.post .body", has_text="换个思路就过了")).to_be_visible()

    stranger.goto(topic)
    menu = stranger.locator("article.post").first.locator("details.menu")
    menu.locator("summary").click()
    menu.locator("a[href*='report']").click()
    stranger.locator("main form [type=radio], main form select").first.wait_for()
    if stranger.locator("main form [type=radio]").count():
        stranger.locator("main form label:has([type=radio]), main form [type=radio]").first.click()
    else:
        stranger.locator("main form select").first.select_option(index=1)
    if stranger.locator("main form textarea").count():
        stranger.locator("main form textarea").first.fill("疑似广告")
    stranger.locator("main form button.main, main form button.warn").first.click()
    stranger.wait_for_url(ADDRESS_OF_TOPIC)


def test_reply_is_seen_by_a_stranger_at_once(new_context: NewContext, handles: list[str]) -> None:
    reader, writer = new_context().new_page(), new_context().new_page()
    join(writer, handles[3])
    somebodys_topic(writer)
    topic = writer.url.split("?")[0].split("#")[0]
    reader.goto(topic)
    send(writer, "缓存里可不能没有这一句。")
    expect(writer.locator("article.post .body", has_text="缓存里可不能没有这一句")).to_be_visible()
    reader.goto(writer.url.split("#")[0])
    expect(reader.locator("article.post .body", has_text="缓存里可不能没有这一句")).to_be_visible()
    expect(reader.locator("form.composer")).to_have_count(0)


def test_wrong_password_is_told_and_right_one_enters(new_context: NewContext, handles: list[str]) -> None:
    page = new_context().new_page()
    join(page, handles[4])
    again = new_context().new_page()
    again.goto("/accounts/login/")
    again.locator("input[name=login]").fill(handles[4])
    again.locator("input[name=password]").fill("wrong")
    again.locator("main form button.main").click()
    expect(again.locator("main .error, main [role=alert]").first).to_be_visible()
    again.locator("input[name=password]").fill("a long enough sentence 42")
    again.locator("main form button.main").click()
    again.wait_for_url(lambda address: "/accounts/login/" not in address)
