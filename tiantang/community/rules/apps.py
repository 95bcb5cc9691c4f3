"""Rules: the community's rules, versioned."""

from __future__ import annotations

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "tiantang.community.rules"
    label = "rules_education"
