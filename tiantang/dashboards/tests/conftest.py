from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from tiantang.community.forum.tests.factory import make_member
from tiantang.dashboards.tests.community import Community, make_community


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def operator(client: Client, db: None) -> Client:
    """A browser in which a data operator is signed in, in Chinese."""
    client.force_login(
        make_member("operator", role="data"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    client.cookies["language"] = "zh-hans"
    return client


@pytest.fixture(params=["zh-hans", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param
