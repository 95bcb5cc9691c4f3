"""An operator reads figures, opens where they come from, takes them along, and works the queue."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_stranger_and_member_do_not_enter_the_console(stranger: Page, sign_in) -> None:
    from tiantang.demo.accounts import PASSWORD, PLAIN_MEMBER

    stranger.goto("/console/")
    assert "/accounts/login/" in stranger.url
    member = sign_in(PLAIN_MEMBER, PASSWORD)
    assert member.goto("/console/").status == 403


def test_operator_opens_a_figure_down_to_its_rows(lead: Page) -> None:
    lead.goto("/console/data/")
    cards = lead.locator("article.kpi")
    assert cards.count() >= 6
    expect(lead.locator(".chart svg, .chart canvas").first).to_be_visible()
    cards.first.locator("a.stub").click()
    lead.wait_for_url(re.compile("/console/data/figures/"))
    expect(lead.locator(".formula").first).not_to_be_empty()
    expect(lead.locator("pre.sql")).to_contain_text(re.compile("SELECT", re.IGNORECASE))
    expect(lead.locator("#rows table tbody tr").first).to_be_visible()


def test_filters_stay_in_the_address(lead: Page) -> None:
    lead.goto("/console/data/")
    link = lead.locator("main a[href*='period=']:not([href*='.xlsx']):not([href*='.csv'])").first
    link.click()
    lead.wait_for_url(re.compile(r"[?&]period="))
    chosen = lead.url
    shown = lead.locator("article.kpi .value").all_inner_texts()
    lead.reload()
    assert (lead.url, lead.locator("article.kpi .value").all_inner_texts()) == (chosen, shown)


def test_operator_exports_a_csv(lead: Page, tmp_path: Path) -> None:
    lead.goto("/console/data/figures/dau/")
    with lead.expect_download() as download:
        lead.locator("a[href*='series.csv']").click()
    path = tmp_path / "dau.csv"
    download.value.save_as(path)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) > 5
    assert any(cell.isdigit() for cell in rows[1])


def test_operator_writes_reads_and_downloads_the_work_summary(lead: Page, tmp_path: Path) -> None:
    lead.goto("/console/summaries/")
    lead.goto("/console/summaries/new/")
    lead.locator("main form button.main").first.click()
    lead.wait_for_url(re.compile(r"/console/summaries/\d+/"), timeout=90_000)
    expect(lead.locator("main h1, main .cover").first).to_be_visible()
    for ending, mark in ((".pdf", b"%PDF"), (".pptx", b"PK"), (".md", b"#")):
        with lead.expect_download(timeout=90_000) as download:
            lead.locator(f"a[href*='{ending}']").first.click(timeout=90_000, no_wait_after=True)
        path = tmp_path / f"summary{ending}"
        download.value.save_as(path)
        assert path.read_bytes().startswith(mark)


def test_moderator_decides_on_a_report(lead: Page) -> None:
    lead.goto("/console/reports/")
    reports = lead.locator("main form")
    assert reports.count() > 0
