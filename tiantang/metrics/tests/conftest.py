"""A lake of its own for every test, and a clock that stands still."""

from __future__ import annotations

from datetime import datetime

import pytest

from tiantang.metrics import clock


@pytest.fixture
def lake(settings, tmp_path, db):
    """An empty lake, in the time zone of the installation."""
    settings.LAKE = tmp_path / "lake"
    return settings.LAKE


@pytest.fixture
def stop_clock(monkeypatch):
    """``stop_clock("2026-03-01T04:00:00+00:00")`` makes that the present."""

    def stop(text: str) -> datetime:
        moment = datetime.fromisoformat(text)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return stop
