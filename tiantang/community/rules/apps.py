"""Rules: the community's rules, versioned."""

from __future__ import annotations

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "tiantang.community.rules"
    label = "rules_education"

    def ready(self) -> None:
        """Join in when a member takes their data along."""
        from tiantang.community.members.takeout import Part, add_part

        add_part(Part("rules", lambda member: member.rules_accepted.values("version__number", "accepted_at")))
