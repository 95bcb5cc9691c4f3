"""Forum: boards, topics, posts and comments."""

from __future__ import annotations

from django.apps import AppConfig

from tiantang.ui.jinja import provide


class ForumConfig(AppConfig):
    name = "tiantang.community.forum"
    label = "forum"

    def ready(self) -> None:
        """Lend the mark of pieces to ``forum/_post.html``."""
        from tiantang.community.forum.renderings import MARK

        provide("piece_mark", lambda: MARK)
