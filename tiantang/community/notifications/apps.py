"""Notifications: what a member is told."""

from __future__ import annotations

from django.apps import AppConfig

from tiantang.ui.jinja import provide


class NotificationsConfig(AppConfig):
    name = "tiantang.community.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Lend the bell's number to the pages; hear of roles and of those who leave."""
        from tiantang.community.members.signals import member_forgotten, role_changed
        from tiantang.community.members.takeout import Part, add_part
        from tiantang.community.notifications.actions import bell_of, empty_inbox, letters_of, tell_of_role

        provide("unread_count", bell_of)
        member_forgotten.connect(empty_inbox, dispatch_uid="notifications.empty_inbox")
        add_part(Part("inbox", letters_of))
        role_changed.connect(tell_of_role, dispatch_uid="notifications.tell_of_role")
