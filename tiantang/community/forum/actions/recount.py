"""Make the rollups of the forum again from its rows: after an import, a removal, or a doubt.

Each step is one statement; the correlated sub-selects run on indexes, so that all of 40,000 posts take about
a second on either database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection, transaction

from tiantang.community.members.looks import looks_changed

STEPS = {
    "forum_post": """
UPDATE forum_post SET
  likes_count = unnamed_likes + (SELECT COUNT(*) FROM forum_like l WHERE l.post_id = forum_post.id),
  comments_count = (SELECT COUNT(*) FROM forum_comment c
    WHERE c.post_id = forum_post.id AND c.removed_at IS NULL)
""",
    "forum_topic": """
UPDATE forum_topic SET
  replies_count = (SELECT COUNT(*) FROM forum_post p
    WHERE p.topic_id = forum_topic.id AND p.number > 1 AND p.removed_at IS NULL),
  likes_count = COALESCE((SELECT p.likes_count FROM forum_post p
    WHERE p.topic_id = forum_topic.id AND p.number = 1), 0),
  last_post_at = COALESCE((SELECT MAX(p.created_at) FROM forum_post p
    WHERE p.topic_id = forum_topic.id AND p.removed_at IS NULL), created_at),
  last_poster_id = (SELECT p.author_id FROM forum_post p
    WHERE p.topic_id = forum_topic.id AND p.removed_at IS NULL ORDER BY p.number DESC LIMIT 1)
""",
    "forum_board": """
UPDATE forum_board SET
  topics_count = (SELECT COUNT(*) FROM forum_topic t
    WHERE t.board_id = forum_board.id AND t.removed_at IS NULL),
  posts_count = (SELECT COALESCE(SUM(t.replies_count + 1), 0) FROM forum_topic t
    WHERE t.board_id = forum_board.id AND t.removed_at IS NULL),
  last_topic_id = (SELECT t.id FROM forum_topic t
    WHERE t.board_id = forum_board.id AND t.removed_at IS NULL
    ORDER BY t.last_post_at DESC, t.id DESC LIMIT 1)
""",
    "forum_tag": """
UPDATE forum_tag SET topics_count = (
  SELECT COUNT(*) FROM forum_topic_tags tt JOIN forum_topic t ON t.id = tt.topic_id
  WHERE tt.tag_id = forum_tag.id AND t.removed_at IS NULL)
""",
    "members_member": """
UPDATE members_member SET
  posts_count = (SELECT COUNT(*) FROM forum_post p JOIN forum_topic t ON t.id = p.topic_id
    WHERE p.author_id = members_member.id AND p.removed_at IS NULL AND t.removed_at IS NULL),
  likes_received_count = (SELECT COALESCE(SUM(p.likes_count), 0) FROM forum_post p
    JOIN forum_topic t ON t.id = p.topic_id
    WHERE p.author_id = members_member.id AND p.removed_at IS NULL AND t.removed_at IS NULL)
""",
}
"""In this order: topics read what was counted for posts, boards what was counted for topics."""
READ = ("forum_comment", "forum_like", "forum_topic_tags")


def recount_forum() -> None:
    """Set every counter and ``last_*`` of posts, topics, boards, tags and members from the rows.

    Removed things do not count; likes include those an import brought without names. Repeatable at any time.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # after an import it would plan as for empty tables: minutes
            cursor.execute(
                f"ANALYZE {', '.join([*STEPS, 'forum_comment', 'forum_like', 'forum_topic_tags'])}"
            )
        for statement in STEPS.values():
            cursor.execute(statement)
        looks_changed()


def recount_around(topic_id: int, *board_ids: int) -> None:
    """The same for one topic and what hangs on it: its posts, boards, tags and people.

    For the rare verbs (removing, restoring, moving), where exact is worth more than quick.
    """
    places = {"forum_post": "topic_id = %s", "forum_topic": "id = %s"}
    tags = "id IN (SELECT tag_id FROM forum_topic_tags WHERE topic_id = %s)"
    people = "id IN (SELECT author_id FROM forum_post WHERE topic_id = %s)"
    places |= {"forum_tag": tags, "members_member": people}
    with transaction.atomic():
        for table in ("forum_post", "forum_topic"):
            _recount_some(table, places[table], [topic_id])
        marks = ", ".join(["%s"] * len(board_ids))
        _recount_some("forum_board", f"id IN ({marks})", board_ids)
        for table in ("forum_tag", "members_member"):
            _recount_some(table, places[table], [topic_id])
        looks_changed()


def recount_tags(tag_ids: Collection[int]) -> None:
    """The number of topics under these tags, which were given or taken away."""
    looks_changed()
    marks = ", ".join(["%s"] * len(tag_ids))
    _recount_some("forum_tag", f"id IN ({marks})", tag_ids)


def _recount_some(table: str, condition: str, values: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(STEPS[table] + " WHERE " + condition, list(values))
