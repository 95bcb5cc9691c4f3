"""A lake of its own, and a clock that stands still in May 2026."""

from __future__ import annotations

from datetime import datetime

import pytest

from tiantang.metrics import clock


@pytest.fixture
def may(settings, tmp_path, monkeypatch):
    """An empty installation on 12 May 2026."""
    settings.LAKE = tmp_path / "lake"
    settings.HOME = tmp_path
    moment = datetime.fromisoformat("2026-05-12T04:00:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


@pytest.fixture
def community(may):
    """Boards and members of a small community with four months behind it."""
    from tiantang.summary.tests.community import make_community

    return make_community()
