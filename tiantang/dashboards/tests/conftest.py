from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db.models import Model
from django.test import Client

from tests.keys import count_on
from tiantang.community.forum.tests.factory import make_member
from tiantang.dashboards.tests.community import Community, make_community
from tiantang.metrics.rollup import catch_up

KEPT = (
    ("forum", "BoardGroup"),
    ("forum", "Board"),
    ("events", "History"),
    ("events", "Segment"),
    ("events", "SegmentDay"),
    ("metrics", "Kpi"),
    ("metrics", "KpiSpan"),
)
"""What a made community leaves in the database, in an order in which it can be put back."""


@dataclass
class Kept:
    """A community made once and put back for every test: its rows and its lake."""

    community: Community | None = None
    rows: list[tuple[type[Model], list[Model]]] = field(default_factory=list)


@pytest.fixture(scope="session")
def kept() -> Kept:
    return Kept()


@pytest.fixture(autouse=True)
def lake(settings, tmp_path) -> Path:
    """Each test has a lake of its own, and no panels of another test."""
    cache.clear()
    settings.LAKE = tmp_path / "lake"
    return settings.LAKE


@pytest.fixture
def community(db: None, lake: Path, kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Community:
    copy = tmp_path_factory.getbasetemp() / "dashboards-lake"
    if kept.community is None:
        kept.community = make_community()
        catch_up()
        models = [apps.get_model(app, name) for app, name in KEPT]
        kept.rows = [(model, list(model.objects.all())) for model in models]
        shutil.copytree(lake, copy)
        return kept.community
    shutil.copytree(copy, lake)
    for model, rows in kept.rows:
        model.objects.bulk_create(rows)
    count_on("default", [model for model, _ in kept.rows])
    return kept.community


@pytest.fixture
def operator(client: Client, db: None) -> Client:
    """A browser in which a data operator is signed in, in Chinese."""
    client.force_login(
        make_member("operator", role="data"), backend="tiantang.community.members.backend.MemberBackend"
    )
    client.cookies["language"] = "zh-hans"
    return client


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Questions about today look at waiting visits too, which have a database of their own."""
    for item in items:
        if "dashboards" in str(item.path):
            item.add_marker(pytest.mark.django_db(databases="__all__"))
