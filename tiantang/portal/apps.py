"""Portal: the pages where community slices meet."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tiantang.portal"
    label = "portal"

    def ready(self) -> None:
        """Hang the forum's tabs into members' pages."""
        from tiantang.portal.profile_tabs import add_tabs

        add_tabs()
