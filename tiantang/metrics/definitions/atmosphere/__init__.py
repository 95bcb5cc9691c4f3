"""How people treat each other: answers, how fast they come, and reports."""

from __future__ import annotations

from tiantang.metrics.declaration import Metric, texts

ANSWERS = (
    "forum.topic_published",
    "forum.reply_published",
    "forum.topic_removed",
    "forum.topic_restored",
    "forum.post_removed",
    "forum.post_restored",
)
PIECES = (*ANSWERS, "forum.comment_published", "forum.comment_removed", "forum.comment_restored")

METRICS: tuple[Metric, ...] = (
    Metric(
        name="reply_rate",
        version=1,
        unit="ratio",
        family="atmosphere",
        kind="ratio",
        label=texts("回应率", "Reply rate"),
        formula=texts(
            "这段时间发布的主题里，72 小时内得到别的成员（不含机器人，运营回复也算）第一次回复的比例；"
            "只看 72 小时已经过完的主题。",
            "Of the period's topics whose 72 hours are over, the share that got a first reply within "
            "them from "
            "another member (no bot; the team's replies count).",
        ),
        reads=ANSWERS,
        dimensions=("board",),
    ),
    Metric(
        name="unanswered_rate",
        version=1,
        unit="ratio",
        family="atmosphere",
        kind="ratio",
        better="lower",
        label=texts("无人回应率", "Unanswered rate"),
        formula=texts(
            "1 − 回应率：72 小时里没有等到别人回复的主题比例。",
            "1 − reply rate: topics nobody else replied to within 72 hours.",
        ),
        reads=ANSWERS,
        dimensions=("board",),
    ),
    Metric(
        name="time_to_first_response",
        version=1,
        unit="seconds",
        family="atmosphere",
        kind="quantile",
        better="lower",
        label=texts("首次回应用时（中位数）", "Time to first response (median)"),
        formula=texts(
            "72 小时内有人回应的主题，从发布到第一次回应的时间，取中位数，并给出九成主题的用时；"
            "要和无人回应率一起看。",
            "Over the topics answered within 72 hours: time from publishing to the first reply, "
            "median, with the "
            "time nine of ten needed. Read it beside the unanswered rate.",
        ),
        reads=ANSWERS,
        dimensions=("board",),
    ),
    Metric(
        name="time_to_first_response_p90",
        version=1,
        unit="seconds",
        family="atmosphere",
        kind="quantile",
        better="lower",
        label=texts("首次回应用时（九成）", "Time to first response (p90)"),
        formula=texts(
            "72 小时内有人回应的主题里，九成在这个时间以内等到了第一次回应。",
            "Of the topics answered within 72 hours, nine of ten got their first reply within this time.",
        ),
        reads=ANSWERS,
        dimensions=("board",),
    ),
    Metric(
        name="report_rate",
        version=1,
        unit="per_1000",
        family="atmosphere",
        kind="ratio",
        better="lower",
        label=texts("举报率（每千条）", "Report rate (per 1,000)"),
        formula=texts(
            "这段时间收到的举报数÷同期发布的帖子和点评数×1000。",
            "Reports made in the period per 1,000 posts and comments published in it.",
        ),
        reads=(*PIECES, "moderation.post_reported"),
        dimensions=("board",),
    ),
    Metric(
        name="report_validity",
        version=1,
        unit="ratio",
        family="atmosphere",
        kind="ratio",
        better="",
        label=texts("举报成立率", "Report validity"),
        formula=texts(
            "这段时间处理完的举报里，成立的比例：成立÷（成立＋驳回）。",
            "Of the reports decided in the period, the share found right: upheld ÷ (upheld + rejected).",
        ),
        reads=(
            "moderation.post_reported",
            "moderation.report_upheld",
            "moderation.report_rejected",
            "moderation.report_reopened",
        ),
        dimensions=("board",),
    ),
)
