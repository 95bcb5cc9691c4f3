"""Moderation: reports and decisions."""

from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "tiantang.community.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Join in when a member takes their data along."""
        from tiantang.community.members.takeout import Part, add_part

        columns = ("post_id", "reason", "note", "created_at", "state")
        add_part(Part("reports", lambda member: member.reports.order_by("created_at").values(*columns)))
