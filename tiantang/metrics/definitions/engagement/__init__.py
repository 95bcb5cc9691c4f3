"""What members do: topics, posts, comments, likes, shares, and in how many hands it lies."""

from __future__ import annotations

from tiantang.metrics.declaration import Metric, texts

CUTS = ("board", "client", "source")


def _volume(name: str, zh: str, en: str, formula: tuple[str, str], *reads: str) -> Metric:
    return Metric(
        name=name,
        version=1,
        unit="count",
        family="engagement",
        kind="sum",
        label=texts(zh, en),
        formula=texts(*formula),
        reads=reads,
        dimensions=CUTS,
    )


METRICS: tuple[Metric, ...] = (
    _volume(
        "topics",
        "主题",
        "Topics",
        (
            "这段时间发布、到现在没有被删的主题。之后被删或恢复，这个数会跟着变。",
            "Topics published in the period and not removed as known now; a later removal changes the "
            "figure.",
        ),
        "forum.topic_published",
        "forum.topic_removed",
        "forum.topic_restored",
    ),
    _volume(
        "replies",
        "回复",
        "Replies",
        (
            "这段时间发布、到现在没有被删（所在主题也没有被删）的回复。",
            "Replies published in the period; neither they nor their topic removed as known now.",
        ),
        "forum.reply_published",
        "forum.post_removed",
        "forum.post_restored",
        "forum.topic_removed",
        "forum.topic_restored",
    ),
    _volume(
        "posts",
        "帖子",
        "Posts",
        (
            "主题的首帖加回复，到现在没有被删的。",
            "Opening posts and replies published in the period and not removed as known now.",
        ),
        "forum.topic_published",
        "forum.reply_published",
        "forum.topic_removed",
        "forum.topic_restored",
        "forum.post_removed",
        "forum.post_restored",
    ),
    _volume(
        "comments",
        "点评",
        "Comments",
        (
            "这段时间发布、到现在没有被删（所在主题也没有被删）的点评。",
            "Comments published in the period; neither they nor their topic removed as known now.",
        ),
        "forum.comment_published",
        "forum.comment_removed",
        "forum.comment_restored",
        "forum.topic_removed",
        "forum.topic_restored",
    ),
    _volume(
        "likes",
        "点赞",
        "Likes",
        (
            "这段时间点出、到现在没有收回的赞。导入的历史不知道是谁点的，也计入。",
            "Likes given in the period and not taken back as known now. Imported likes of unknown "
            "people count.",
        ),
        "forum.post_liked",
        "forum.post_unliked",
    ),
    _volume(
        "bookmarks",
        "收藏",
        "Bookmarks",
        (
            "这段时间收藏、到现在没有取消的主题。",
            "Bookmarks set in the period and not removed as known now.",
        ),
        "forum.topic_bookmarked",
        "forum.bookmark_removed",
    ),
    _volume(
        "shares",
        "分享",
        "Shares",
        ("这段时间里主题被分享出去的次数。", "How often topics were passed on in the period."),
        "forum.topic_shared",
    ),
    Metric(
        name="concentration",
        version=1,
        unit="ratio",
        family="engagement",
        kind="cohort",
        better="",
        label=texts("发言集中度（前 10%）", "Concentration (top 10 %)"),
        formula=texts(
            "发言最多的前 10% 成员（人数向上取整）贡献了全部主题、回复和点评的多大比例；另给出前 1%。",
            "Share of all topics, replies and comments that came from the most active tenth of "
            "contributing "
            "members (rounded up); the top hundredth is given beside it.",
        ),
        reads=("forum.topic_published", "forum.reply_published", "forum.comment_published"),
        dimensions=CUTS,
    ),
)
