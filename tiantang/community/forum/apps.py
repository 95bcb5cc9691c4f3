"""Forum: boards, topics, posts and comments."""

from __future__ import annotations

from django.apps import AppConfig

from tiantang.ui.jinja import provide


class ForumConfig(AppConfig):
    name = "tiantang.community.forum"
    label = "forum"

    def ready(self) -> None:
        """Lend the mark of pieces to ``forum/_post.html``; join in when a member takes along or leaves."""
        from tiantang.community.forum.renderings import MARK
        from tiantang.community.forum.takeout import add_parts, drop_private_marks
        from tiantang.community.members.signals import member_forgotten

        provide("piece_mark", lambda: MARK)
        add_parts()
        member_forgotten.connect(drop_private_marks, dispatch_uid="forum.drop_private_marks")
