"""A lake of its own for every test, and no background thread."""

from __future__ import annotations

import pytest

from tiantang.events import actors, ingest, pace, staging


@pytest.fixture(autouse=True)
def lake(tmp_path, settings):
    settings.LAKE = tmp_path / "lake"
    return settings.LAKE


@pytest.fixture(autouse=True)
def held(monkeypatch):
    """What the beacon's address took in and holds; written only when a test says so."""
    fresh = staging.Staging(background=False)
    monkeypatch.setattr(ingest, "staging", fresh)
    pace.VISIBLE.forget()
    actors._known.clear()
    return fresh
