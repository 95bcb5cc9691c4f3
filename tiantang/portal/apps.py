"""Portal: the pages where community slices meet."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tiantang.portal"
    label = "portal"
