"""Moderation: reports and decisions."""

from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "tiantang.community.moderation"
    label = "moderation"
