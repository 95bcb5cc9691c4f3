"""Notifications: what a member is told."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tiantang.community.notifications"
    label = "notifications"
