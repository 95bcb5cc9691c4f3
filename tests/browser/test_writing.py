"""What the composer and the report form keep, ask for, and forget."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_member_journey import join, somebodys_topic
from tiantang.demo.accounts import PASSWORD, PLAIN_MEMBER, TEAM

pytestmark = pytest.mark.browser
KEPT = "() => Object.keys(localStorage).filter(name => name.startsWith('draft:'))"
MODERATOR = TEAM[6][0]


def keep_draft(page: Page, text: str) -> None:
    """Type into the composer and wait until it says that the draft is kept."""
    page.locator("form.composer textarea[name=source]").fill(text)
    expect(page.locator(".draft-state")).not_to_be_empty()


def test_drafts_stay_with_their_member_and_go_at_sign_out(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    page.goto("/t/new/")
    page.locator("input[name=title]").fill("草稿")
    keep_draft(page, "只有我看得到的半句话")
    page.reload()
    expect(page.locator("textarea[name=source]")).to_have_value("只有我看得到的半句话")
    page.context.clear_cookies()  # the session ends by itself: the draft waits, but for nobody else
    join(page, "后来用这台电脑")
    page.goto("/t/new/")
    expect(page.locator("textarea[name=source]")).to_have_value("")
    assert len(page.evaluate(KEPT)) == 1
    page.locator("header.bar details.menu summary").click()
    page.locator("header.bar [data-forget-drafts]").click()
    expect(page.locator("header.bar details.menu")).to_have_count(0)
    assert page.evaluate(KEPT) == []


def test_a_draft_goes_when_its_text_has_arrived_and_not_before(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    somebodys_topic(page)
    topic, kept = page.url, page.context.cookies()
    keep_draft(page, "写了很久的一大段回复")
    page.context.clear_cookies()  # the session ended while it was written
    page.locator("form.composer button.main").click()
    page.wait_for_url(lambda address: address != topic)
    page.context.add_cookies(kept)
    page.goto(topic)
    expect(page.locator("form.composer textarea[name=source]")).to_have_value("写了很久的一大段回复")
    page.locator("form.composer button.main").click()
    expect(page.locator("article.post .body", has_text="写了很久的一大段回复")).to_be_visible()
    assert page.evaluate(KEPT) == []
    expect(page.locator("form.composer textarea[name=source]")).to_have_value("")


def test_a_draft_of_a_topic_keeps_its_title_board_and_tags(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    page.goto("/t/new/")
    page.locator("select[name=board]").select_option(index=3)
    board = page.locator("select[name=board]").input_value()
    page.locator("input[name=tags]").fill("雨天，音乐")
    page.locator("input[name=is_question]").check()
    page.locator("input[name=title]").fill("还没有正文的标题")
    expect(page.locator(".draft-state")).not_to_be_empty()
    page.goto("/t/new/")
    expect(page.locator("input[name=title]")).to_have_value("还没有正文的标题")
    expect(page.locator("input[name=tags]")).to_have_value("雨天，音乐")
    expect(page.locator("select[name=board]")).to_have_value(board)
    expect(page.locator("input[name=is_question]")).to_be_checked()
    page.locator("[data-drop-draft]").click()
    expect(page.locator("input[name=title]")).to_have_value("")
    assert page.evaluate(KEPT) == []


def test_a_quote_on_a_page_of_its_own_leaves_the_draft_before_it(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    somebodys_topic(page)
    keep_draft(page, "已经写了半句")
    page.goto(page.locator("[data-quote-post]").first.get_attribute("href") or "")
    expect(page.locator("textarea[name=source]")).to_have_value(re.compile(r"^已经写了半句\n\n> \["))
    page.reload()
    expect(page.locator("textarea[name=source]")).to_have_value(re.compile(r"^已经写了半句\n\n> \[[^[]*$"))


def test_an_edit_keeps_its_draft_until_it_is_saved(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    page.goto(f"/m/{PLAIN_MEMBER}/")
    page.locator("main a[href^='/t/']").first.click()
    post = page.locator("article.post").first
    post.locator("details.menu summary").click()
    post.locator("a[href$='/edit/']").click()
    page.wait_for_url("**/edit/")
    keep_draft(page, "改到一半的新版本")
    page.reload()
    expect(page.locator("textarea[name=source]")).to_have_value("改到一半的新版本")
    page.locator(".send button.main").click()
    expect(page.locator("article.post .body", has_text="改到一半的新版本")).to_be_visible()
    assert page.evaluate(KEPT) == []


def test_without_connection_the_composer_stays_and_says_so(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    somebodys_topic(page)
    topic = page.url
    area = page.locator("form.composer textarea[name=source]")
    area.fill("地铁里写的回复")
    page.context.set_offline(True)
    page.locator("form.composer button.main").click()
    expect(page.locator("#toasts .toast")).to_be_visible()
    assert page.url == topic
    expect(area).to_have_value("地铁里写的回复")


def test_a_share_link_is_copied_where_browsers_lend_no_clipboard(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    somebodys_topic(page)
    page.locator(".topic-lead details.menu summary").click()
    page.locator("button[formaction$='/share/']").click()
    button = page.locator("#toasts [data-copy]")
    button.click()
    expect(button).to_have_text("已复制")


def test_a_spoiler_covers_all_it_holds_and_opens_in_the_preview_too(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    page.goto("/t/new/")
    page.locator("textarea[name=source]").fill("结局 ||凶手是 **管家** [证据](https://example.org/)||")
    page.locator("button[name=preview]").click()
    covered = page.get_by_role("button", name="剧透，已遮住", exact=True)
    expect(covered.locator("a")).to_be_hidden()
    covered.focus()
    page.keyboard.press("Enter")
    opened = page.locator(".preview .spoiler")
    expect(opened.locator("a")).to_be_visible()
    expect(opened).not_to_have_attribute("aria-label", re.compile("."))


def test_a_quote_keeps_spoilers_covered(sign_in: Callable[..., Page]) -> None:
    page = sign_in(MODERATOR, PASSWORD)  # nobody may reply twice within seconds
    somebodys_topic(page)
    area = page.locator("form.composer textarea[name=source]")
    area.fill("看完了\n\n第二段 ||凶手是管家|| 哎")
    page.locator("form.composer button.main").click()
    mine = page.locator("article.post", has_text="凶手是管家")
    mine.locator("[data-quote-post]").click()
    expect(area).to_have_value(re.compile(r"> 看完了\n> 第二段 \|\|凶手是管家\|\| 哎\n"))
    area.fill("")
    mine.locator(".spoiler").click()
    mine.locator(".spoiler").select_text()
    mine.locator("[data-quote-post]").click()
    expect(area).to_have_value(re.compile(r"> \|\|凶手是管家\|\|\n"))


def test_drafts_go_with_a_deleted_account(new_context: Callable[..., object]) -> None:
    page: Page = new_context().new_page()  # type: ignore[attr-defined]
    join(page, "马上要走的人")
    page.goto("/t/new/")
    keep_draft(page, "没写完")
    page.goto("/settings/data/delete/")
    page.locator("main form input[type=password]").fill("a long enough sentence 42")
    page.locator("main form button.risk").click()
    page.wait_for_url("**/goodbye/")
    assert page.evaluate(KEPT) == []


def test_a_sent_comment_leaves_the_focus_to_the_reader(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    somebodys_topic(page)
    first = page.locator("article.post").first
    first.locator("a[href$='/comments/']").first.click()
    field = first.locator("textarea[name=source]")
    expect(field).to_be_focused()
    field.fill("写完就走")
    first.locator("form.say-it button.main").click()
    expect(first.locator(".comments")).to_contain_text("写完就走")
    expect(field).not_to_be_focused()
    expect(field).not_to_have_attribute("autofocus", "")


def test_report_form_asks_for_a_note_before_sending(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PLAIN_MEMBER, PASSWORD)
    somebodys_topic(page)
    link = page.locator("article.post a[href*='/report/post/']").first.get_attribute("href")
    page.goto(link or "")
    note = page.locator("main form textarea[name=note]")
    expect(note).not_to_have_attribute("required", "")
    page.locator("main form [type=radio][value=other]").check()
    expect(note).to_have_attribute("required", "")
    page.locator("main form [type=radio][value=spam]").check()
    expect(note).not_to_have_attribute("required", "")


def test_moderator_undoes_a_removal_from_the_toast(sign_in: Callable[..., Page]) -> None:
    page = sign_in(MODERATOR, PASSWORD)
    somebodys_topic(page)
    post = page.locator("article.post").nth(1)
    floor = post.get_attribute("id")
    post.locator("details.menu summary").click()
    post.locator("button[formaction$='/remove/']").first.click()
    expect(page.locator(f"#{floor}")).to_have_class(re.compile("removed"))
    page.locator("#toasts button[form=acts]").click()
    expect(page.locator(f"#{floor}")).not_to_have_class(re.compile("removed"))
