"""Members: people, their roles and profiles."""

from __future__ import annotations

from django.apps import AppConfig

from tiantang.ui.jinja import provide


class MembersConfig(AppConfig):
    name = "tiantang.community.members"
    label = "members"

    def ready(self) -> None:
        """Lend levels and role titles to the pages."""
        from tiantang.community.members import shown

        provide("level_for", shown.level_for)
        provide("role_title", shown.role_title)
        provide("sends_letters", shown.sends_letters)
