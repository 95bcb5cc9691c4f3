"""Members: people, their roles and profiles."""

from __future__ import annotations

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "tiantang.community.members"
    label = "members"
