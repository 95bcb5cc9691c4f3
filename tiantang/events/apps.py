"""Events: what happened, recorded once."""

from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "tiantang.events"
    label = "events"
