"""Notifications: what a member is told."""

from __future__ import annotations

from django.apps import AppConfig

from tiantang.ui.jinja import provide


class NotificationsConfig(AppConfig):
    name = "tiantang.community.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Lend the bell's number to the pages."""
        from tiantang.community.notifications.actions import count_unread

        provide("unread_count", count_unread)
