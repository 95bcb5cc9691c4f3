"""Notifications: what a member is told."""

from __future__ import annotations

from django.apps import AppConfig

from tiantang.ui.jinja import provide


class NotificationsConfig(AppConfig):
    name = "tiantang.community.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Lend the bell's number to the pages; empty the inbox of those who leave."""
        from tiantang.community.members.signals import member_forgotten
        from tiantang.community.notifications.actions import bell_of, empty_inbox

        provide("unread_count", bell_of)
        member_forgotten.connect(empty_inbox, dispatch_uid="notifications.empty_inbox")
