"""How visits become members who stay."""

from __future__ import annotations

from tiantang.metrics.declaration import Metric, texts

METRICS: tuple[Metric, ...] = (
    Metric(
        name="funnel",
        version=1,
        unit="ratio",
        family="business",
        kind="cohort",
        label=texts("转化漏斗（总转化率）", "Conversion funnel (overall)"),
        formula=texts(
            "这段时间第一次来访的浏览器里，30 天内注册、再 30 天内首次发帖、再 30 "
            "天内换一天又来的比例，同一批人一路算到底。"
            "没有浏览记录的导入历史从注册算起。",
            "Of the browsers first seen in the period: signed up within 30 days, first post within 30 "
            "days of that, "
            "active again on a later day within 30 days of that; the same people all the way. "
            "Imported history "
            "without visits starts at sign-up.",
        ),
        reads=(
            "site.page_viewed",
            "members.signed_up",
            "forum.topic_published",
            "forum.reply_published",
            "every act",
        ),
    ),
)
