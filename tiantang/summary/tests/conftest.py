"""A lake of its own, and a clock that stands still in May 2026."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime

import pytest
from django.conf import settings
from django.db import transaction

from tiantang.metrics import clock

NOW = datetime.fromisoformat("2026-05-12T04:00:00+00:00")


@pytest.fixture
def may(settings, tmp_path, monkeypatch):
    """An empty installation on 12 May 2026."""
    settings.LAKE = tmp_path / "lake"
    settings.HOME = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker, tmp_path_factory):
    """One small community for all tests of a module; what a test adds is taken back after it."""
    from django.test import override_settings

    from tiantang.summary.tests.community import make_community

    home = tmp_path_factory.mktemp("community")
    with ExitStack() as held, pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        held.enter_context(override_settings(LAKE=home / "lake", HOME=home))
        held.enter_context(django_db_blocker.unblock())
        for alias in settings.DATABASES:
            whole = transaction.atomic(using=alias)
            whole._from_testcase = True  # durable blocks may run inside, as in Django's own test cases
            held.enter_context(whole)
        yield make_community(), home
        for alias in settings.DATABASES:
            transaction.set_rollback(True, using=alias)


@pytest.fixture
def community(standing, settings):
    """Boards and members of a small community with four months behind it; not for tests that write events."""
    settings.LAKE, settings.HOME = standing[1] / "lake", standing[1]
    return standing[0]


@pytest.fixture
def growing(may):
    """The same community, for tests that write more events."""
    from tiantang.summary.tests.community import make_community

    return make_community()
