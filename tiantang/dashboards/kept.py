"""Panels and cards are kept until a figure, or something they name, is another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import TypeVar, cast

from django.core.cache import cache

from tiantang.community.forum.models import Board
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.reading import language
from tiantang.metrics import clock, kpi
from tiantang.metrics.models import Target

T = TypeVar("T")
KEEP_SECONDS = 600


def kept(key: str, filters: Filters, choice: Mapping[str, str], make: Callable[[], T]) -> T:
    """What was made before from the same figures, or ``make`` it; before any figures always made."""
    figures = kpi.version()
    if not figures:
        return make()
    asked = (key, replace(filters, notices=()), sorted(choice.items()), language())
    state = (figures, clock.today(), _targets(), _boards())
    name = f"figures:{blake2b(repr((asked, state)).encode(), digest_size=16).hexdigest()}"
    found = cache.get(name)
    if found is None:
        found = make()
        cache.set(name, found, KEEP_SECONDS)
    return cast(T, found)


def _targets() -> object:
    """Something that is another when a target is set, changed or taken away: all of them, a few a month."""
    return list(Target.objects.order_by("pk").values_list("pk", "metric", "start", "end", "value"))


def _boards() -> object:
    """Something that is another when a board gets another name or address."""
    return list(Board.objects.order_by("pk").values_list("pk", "name", "name_en", "slug", "archived_at"))
