"""Visits wait in a store of their own when the installation has one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.utils import DEFAULT_DB_ALIAS

STAGED = {"visit", "seenvisit", "droppedvisit"}
"""Model names of ``events`` that live beside the visits."""

IN_BOTH = {"segment", "segmentday"}
"""Model names whose rows lie in the database that held the events: sealing is one transaction."""


def visits_alias() -> str:
    """Alias of the database that holds visits."""
    return "visits" if "visits" in settings.DATABASES else "default"


def stores() -> tuple[str, ...]:
    """Aliases of all databases in which events wait and segments are registered."""
    return tuple(dict.fromkeys((DEFAULT_DB_ALIAS, visits_alias())))


class VisitsRouter:
    """Routes the staging models; everything else stays on ``default``."""

    def db_for_read(self, model: type, **hints: Any) -> str | None:
        meta = model._meta  # type: ignore[attr-defined]
        staged = meta.app_label == "events" and meta.model_name in STAGED
        return visits_alias() if staged else None

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        if app_label == "events" and model_name in STAGED:
            return db == visits_alias()
        if app_label == "events" and model_name in IN_BOTH:
            return db in stores()
        return False if db == "visits" else None
