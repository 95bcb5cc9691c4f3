"""The sign that pages changed."""

from __future__ import annotations

from tiantang.common import pages
from tiantang.common.pages import pages_changed, pages_version, version_file


def test_every_change_gives_another_version():
    seen = {pages_version()}
    for _ in range(50):
        pages_changed()
        seen.add(pages_version())
    assert len(seen) == 51


def test_sign_stays_small(monkeypatch):
    monkeypatch.setattr(pages, "LONGEST", 4)
    before = pages_version()
    for _ in range(9):
        pages_changed()
    assert version_file().stat().st_size <= 4
    assert pages_version() != before
