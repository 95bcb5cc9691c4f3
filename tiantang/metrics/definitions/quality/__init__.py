"""What the content is worth to those who see it."""

from __future__ import annotations

from tiantang.metrics.declaration import Metric, texts

METRICS: tuple[Metric, ...] = (
    Metric(
        name="interaction_rate",
        version=1,
        unit="each",
        family="quality",
        kind="ratio",
        label=texts("互动率", "Interaction rate"),
        formula=texts(
            "（点评＋点赞＋分享＋收藏）÷看过主题页的人数（成员按人，未登录按浏览器，去重）。"
            "没有浏览记录的导入历史不给数。",
            "(Comments + likes + shares + bookmarks) ÷ unique viewers of topics (members as people, "
            "others as "
            "browsers). No figure for imported history without visits.",
        ),
        reads=(
            "site.page_viewed",
            "forum.comment_published",
            "forum.post_liked",
            "forum.topic_shared",
            "forum.topic_bookmarked",
            "forum.post_unliked",
            "forum.bookmark_removed",
            "forum.comment_removed",
            "forum.comment_restored",
            "forum.topic_removed",
            "forum.topic_restored",
        ),
        dimensions=("board",),
    ),
)
