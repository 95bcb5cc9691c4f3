from __future__ import annotations

import pytest
from django.test import Client

from tiantang.community.forum.tests.factory import make_member
from tiantang.dashboards.tests.community import Community, make_community
from tiantang.metrics.rollup import catch_up


@pytest.fixture(autouse=True)
def lake(settings, tmp_path) -> None:
    """Each test has a lake of its own."""
    settings.LAKE = tmp_path / "lake"


@pytest.fixture
def community(db: None) -> Community:
    made = make_community()
    catch_up()
    return made


@pytest.fixture
def operator(client: Client, db: None) -> Client:
    """A browser in which a data operator is signed in, in Chinese."""
    client.force_login(
        make_member("operator", role="data"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    client.cookies["language"] = "zh-hans"
    return client


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Questions about today look at waiting visits too, which have a database of their own."""
    for item in items:
        if "dashboards" in str(item.path):
            item.add_marker(pytest.mark.django_db(databases=["default", "visits"]))
