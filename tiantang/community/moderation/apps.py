"""Moderation: reports and decisions."""

from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "tiantang.community.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Join in when a member takes their data along, and when something removed is put back."""
        from tiantang.community.forum.signals import put_back
        from tiantang.community.members.takeout import Part, add_part
        from tiantang.community.moderation.actions.take_back import forget_removal

        columns = ("post_id", "reason", "note", "created_at", "state")
        add_part(Part("reports", lambda member: member.reports.order_by("created_at").values(*columns)))
        put_back.connect(forget_removal, dispatch_uid="moderation.forget_removal")
