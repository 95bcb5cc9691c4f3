"""Forum: boards, topics, posts and comments."""

from __future__ import annotations

from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "tiantang.community.forum"
    label = "forum"
