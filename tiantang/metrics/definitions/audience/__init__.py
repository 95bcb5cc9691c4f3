"""Who is here: active, new, returning and staying members, and how long a visit lasts."""

from __future__ import annotations

from tiantang.metrics.declaration import Metric, texts

ANY = ("site.page_viewed", "site.time_spent", "every act")
CUTS = ("board", "client", "source")

ACTIVE: tuple[Metric, ...] = (
    Metric(
        name="dau",
        version=1,
        unit="count",
        family="audience",
        kind="mean",
        label=texts("日活跃成员（DAU）", "Daily active members (DAU)"),
        formula=texts(
            "一天里有过浏览或任何动作的登录成员，去重计数；一段时间取各天的平均，没过完的今天不算进平均。"
            "不含运营和机器人。",
            "Distinct signed-in members with at least one visit or act in a site-local day; over a longer "
            "period the mean of its days, without the unfinished one. Staff and bots are left out.",
        ),
        reads=ANY,
        dimensions=CUTS,
    ),
    Metric(
        name="wau",
        version=1,
        unit="count",
        family="audience",
        kind="distinct",
        label=texts("近 7 天活跃成员（WAU）", "Active members, trailing 7 days (WAU)"),
        formula=texts(
            "到这段时间最后一天为止的连续 7 天里，活跃成员去重计数。它是滚动窗口，不等于自然周。",
            "Distinct active members in the 7 days that end with the period's last day. "
            "A trailing window, not a calendar week.",
        ),
        reads=ANY,
        dimensions=CUTS,
    ),
    Metric(
        name="mau",
        version=1,
        unit="count",
        family="audience",
        kind="distinct",
        label=texts("近 30 天活跃成员（MAU）", "Active members, trailing 30 days (MAU)"),
        formula=texts(
            "到这段时间最后一天为止的连续 30 天里，活跃成员去重计数。它是滚动窗口，不等于自然月。",
            "Distinct active members in the 30 days that end with the period's last day. "
            "A trailing window, not a calendar month.",
        ),
        reads=ANY,
        dimensions=CUTS,
    ),
    Metric(
        name="stickiness",
        version=1,
        unit="ratio",
        family="audience",
        kind="mean",
        label=texts("粘性（DAU÷MAU）", "Stickiness (DAU ÷ MAU)"),
        formula=texts(
            "每天算一次 DAU÷当天的 MAU，再对这段时间的各天取平均。粗略地说，"
            "就是活跃成员平均有多大比例的日子会来。",
            "DAU ÷ MAU of each day, averaged over the period's days: roughly the share of days on which an "
            "active member shows up.",
        ),
        reads=ANY,
        dimensions=CUTS,
    ),
    Metric(
        name="active_members",
        version=1,
        unit="count",
        family="audience",
        kind="distinct",
        label=texts("活跃成员", "Active members"),
        formula=texts(
            "这段时间里至少有一次浏览或动作的登录成员，去重计数。不含运营和机器人。",
            "Distinct signed-in members with at least one visit or act in the period. Staff and bots "
            "are left out.",
        ),
        reads=ANY,
        dimensions=CUTS,
    ),
    Metric(
        name="contributing_members",
        version=1,
        unit="count",
        family="audience",
        kind="distinct",
        label=texts("发言成员", "Contributing members"),
        formula=texts(
            "这段时间里至少发过一个主题、回复或点评的成员，去重计数；后来被删的发言也算他来过。",
            "Distinct members who published at least one topic, reply or comment in the period, "
            "also when it was removed later.",
        ),
        reads=("forum.topic_published", "forum.reply_published", "forum.comment_published"),
        dimensions=CUTS,
    ),
    Metric(
        name="engaged_members",
        version=1,
        unit="count",
        family="audience",
        kind="distinct",
        label=texts("互动成员", "Engaged members"),
        formula=texts(
            "这段时间里发过言，或者至少点过一次赞、分享过一次的成员，去重计数。",
            "Distinct members who contributed, or liked or shared at least once, in the period.",
        ),
        reads=(
            "forum.topic_published",
            "forum.reply_published",
            "forum.comment_published",
            "forum.post_liked",
            "forum.topic_shared",
        ),
        dimensions=CUTS,
    ),
)

LIFECYCLE: tuple[Metric, ...] = (
    Metric(
        name="new_members",
        version=1,
        unit="count",
        family="audience",
        kind="sum",
        label=texts("新成员", "New members"),
        formula=texts(
            "这段时间里注册的成员。注册本身就是一次动作，所以新成员当天必然活跃。",
            "Members who signed up in the period. Signing up is an act, so a new member is active that day.",
        ),
        reads=("members.signed_up",),
        dimensions=("client", "source"),
    ),
    Metric(
        name="returning_members",
        version=1,
        unit="count",
        family="audience",
        kind="cohort",
        label=texts("留下的成员", "Returning members"),
        formula=texts(
            "上一期活跃、这一期还活跃，并且不是这一期才加入的成员。",
            "Members active in this period and in the one before, who did not join in this one.",
        ),
        reads=(*ANY, "members.signed_up"),
    ),
    Metric(
        name="resurrecting_members",
        version=1,
        unit="count",
        family="audience",
        kind="cohort",
        label=texts("回归的成员", "Resurrecting members"),
        formula=texts(
            "上一期没来、这一期又活跃起来的老成员（加入时间不明的也算在这里）。",
            "Members active in this period but not in the one before, who joined earlier (or whose joining "
            "is unknown).",
        ),
        reads=(*ANY, "members.signed_up"),
    ),
    Metric(
        name="dormant_members",
        version=1,
        unit="count",
        family="audience",
        kind="cohort",
        better="lower",
        label=texts("沉默的成员", "Dormant members"),
        formula=texts(
            "上一期活跃、这一期一次也没来的成员。",
            "Members active in the period before and not once in this one.",
        ),
        reads=ANY,
    ),
    Metric(
        name="retention",
        version=1,
        unit="ratio",
        family="audience",
        kind="cohort",
        label=texts("次周留存", "Week-1 retention"),
        formula=texts(
            "这段时间注册的成员里，在注册那一周的下一个自然周（周一起）又来过的比例；"
            "下一周还没过完的人不计入。"
            "其他间隔见留存表。",
            "Of the members who joined in the period, the share active in the calendar week (from "
            "Monday) after "
            "the week they joined; those whose next week is not over are left out. The retention table has "
            "the other intervals.",
        ),
        reads=(*ANY, "members.signed_up"),
    ),
)

VISITING: tuple[Metric, ...] = (
    Metric(
        name="visits",
        version=1,
        unit="count",
        family="audience",
        kind="sum",
        label=texts("页面浏览", "Page views"),
        formula=texts(
            "浏览器确认打开过的页面数，含未登录访客，不含运营和机器人。",
            "Pages a browser confirmed it showed, visitors included, staff and bots left out.",
        ),
        reads=("site.page_viewed",),
        dimensions=CUTS,
    ),
    Metric(
        name="sessions",
        version=1,
        unit="count",
        family="audience",
        kind="sum",
        label=texts("访问次数", "Sessions"),
        formula=texts(
            "同一访客的浏览和动作，间隔不超过 30 分钟算同一次访问，最长 24 小时，跨零点不断开，"
            "记在开始那天。"
            "没有浏览记录的导入历史按动作计算。",
            "One visitor's visits and acts with gaps of at most 30 minutes, at most 24 hours, not cut "
            "at midnight, "
            "counted on the day it starts. Imported history without visits is counted from its acts.",
        ),
        reads=ANY,
    ),
    Metric(
        name="time_on_site",
        version=1,
        unit="seconds",
        family="audience",
        kind="ratio",
        label=texts("停留时长", "Time on site"),
        formula=texts(
            "每次访问里页面真正可见的时间之和÷访问次数；导入的历史没有可见时间，"
            "用最后一个动作减第一个动作代替（每个数据都注明有几次这样估算）。",
            "Time a page was really visible ÷ sessions. Imported history has no such marks: there, "
            "last act "
            "minus first act stands in, and each figure says for how many sessions.",
        ),
        reads=ANY,
    ),
    Metric(
        name="visit_depth",
        version=1,
        unit="pages",
        family="audience",
        kind="ratio",
        label=texts("访问深度", "Visit depth"),
        formula=texts(
            "页面浏览÷访问次数。一次浏览都没有记录的时段（导入的历史）不给数。",
            "Page views ÷ sessions. No figure for periods without a single recorded view (imported history).",
        ),
        reads=ANY,
    ),
)

METRICS: tuple[Metric, ...] = (*ACTIVE, *LIFECYCLE, *VISITING)
