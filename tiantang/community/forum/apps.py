"""Forum: boards, topics, posts and comments."""

from __future__ import annotations

from django.apps import AppConfig

from tiantang.ui.jinja import provide


class ForumConfig(AppConfig):
    name = "tiantang.community.forum"
    label = "forum"

    def ready(self) -> None:
        """Lend the mark of pieces to ``forum/_post.html``; join in at inboxes, and when a member takes along
        or leaves."""
        from tiantang.community.forum.letters import speaking_of_removed
        from tiantang.community.forum.renderings import MARK
        from tiantang.community.forum.takeout import add_parts, drop_private_marks
        from tiantang.community.members.signals import member_forgotten
        from tiantang.community.notifications.withheld import add_finder

        provide("piece_mark", lambda: MARK)
        add_parts()
        add_finder("forum", speaking_of_removed)
        member_forgotten.connect(drop_private_marks, dispatch_uid="forum.drop_private_marks")
