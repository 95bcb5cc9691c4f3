"""Refusals are compared in English; two-step sign-in has tests of its own, with the members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def one_step(settings: Any) -> None:
    settings.OPERATORS_NEED_TWO_STEPS = False
