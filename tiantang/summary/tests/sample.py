"""A document with every kind of block, written by hand: renderers are tested without any database."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from tiantang.summary.document import (
    Cell,
    Chapter,
    ChartBlock,
    Column,
    Cover,
    Delta,
    FigureFacts,
    Finding,
    Findings,
    Kpis,
    Missing,
    Page,
    Phrases,
    Statement,
    Statements,
    Summary,
    TableBlock,
    Tile,
    Tone,
)
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole

DAYS = tuple(f"10/{day}" for day in range(1, 31))
NOW = tuple(3000 + 400 * ((day * 7) % 11) / 11 + (900 if day == 20 else 0) for day in range(30))


def _facts(metric: str, label: str, shown: str, value: float) -> FigureFacts:
    return FigureFacts(
        metric, 1, label, "不同成员数，成员在当天至少有一次访问或行为", "全部版块，成员（不含运营与机器人）", "count",
        "2026-10-01", "2026-11-01", shown, value, n=30, events=104_213, address="start=2026-10-01",
    )  # fmt: skip


def _line() -> Chart:
    return Chart(
        ChartKind.LINE, "每日活跃成员，2026 年 10 月", "20 日最高。", DAYS,
        (
            Series("10 月", NOW),
            Series("9 月", tuple(value - 200 for value in NOW), SeriesRole.PREVIOUS),
            Series("目标", (3300.0,) * 30, SeriesRole.TARGET),
            Series("常态下限", tuple(value - 350 for value in NOW), SeriesRole.BAND_LOW),
            Series("常态区间", tuple(value + 250 for value in NOW), SeriesRole.BAND_HIGH),
        ),
        unit="人", highlight=20, open_last=True, from_zero=False, note="色带为常态区间，纵轴不从零起", language="zh-hans",
    )  # fmt: skip


def _pages() -> tuple[Page, ...]:
    tile = Tile("日活跃成员", "3,482", "人", (
        Delta("环比", "▲8.6%", Tone.GOOD), Delta("同比", "▼31%", Tone.BAD), Delta("完成率", "106%", Tone.GOOD),
    ), NOW, "dau")  # fmt: skip
    statements = (
        Statement(
            "当晚活跃 +22%，三天后仍高 9%", "带来 476 位新成员，周回访 49%，比平时多 5 点。", Tone.GOOD, "dau"
        ),
        Statement("靠的是成员，不是推送", "六成新人来自成员分享的邀请票，人均成本 1.8 元。"),
        Statement("23 时后没人接话", "新人深夜提问，四成隔夜才有回应。", Tone.BAD),
    )
    heat = Chart(
        ChartKind.HEATMAP, "发言时段", "周末晚上最热闹。", tuple(str(hour) for hour in range(24)),
        tuple(Series(name, tuple(float((hour * (place + 2)) % 50) for hour in range(24)))
              for place, name in enumerate("一二三四五六日")), unit="条", language="zh-hans",
    )  # fmt: skip
    triangle = Chart(
        ChartKind.HEATMAP, "周留存", "越来越好。", tuple(f"第 {week} 周" for week in range(1, 9)),
        tuple(Series(f"10 月 {place + 1} 日（{90 + place}）", tuple(
            0.6 - 0.05 * week if week + place < 8 else None for week in range(8))) for place in range(7)),
        percent=True, language="zh-hans",
    )  # fmt: skip
    board_rows = tuple(
        (Cell(name, hue=hue), Cell(f"{4182 - 300 * hue:,}"), Cell("▲ 18.2%", Tone.GOOD),
         Cell("83%", meter=0.83 + hue / 100, mark=0.92), Cell("1 小时 52 分"))
        for hue, name in enumerate(("像素与独立", "新番放映室", "攻略档案", "掌机茶馆", "动作与魂", "名字很长很长的版块一直写到放不下为止",
                                    "水区"), start=1)
    )  # fmt: skip
    table = TableBlock(
        (Column("版块", 2.4), Column("发言", 1, True), Column("环比", 1.1, True), Column("72 小时回应率", 2.2),
         Column("首次回应", 1.4, True)), board_rows, 3, "没等到回应的 45 帖里，38 帖发在 23 时之后。", Tone.BAD, "前 7 个版块，共 24 个",
    )  # fmt: skip
    good = tuple(
        Finding(f"提名夜由成员主持 {n}", "五位版主轮流讲，观看到结尾的占 68%。", "+22%", "dau")
        for n in range(3)
    )
    bars = Chart(ChartKind.STACKED, "成员去留，按周", "新成员变多。", tuple(f"10/{5 + 7 * n}" for n in range(4)), (
        Series("新成员", (90.0, 80.0, 120.0, 60.0)), Series("回访", (300.0, 320.0, 310.0, 330.0)),
        Series("沉默", (-80.0, -60.0, -50.0, -120.0))), unit="人", language="zh-hans")  # fmt: skip
    funnel = Chart(ChartKind.FUNNEL, "从访问到留下", "一半人注册。", ("访问", "注册", "首次发言", "30 天内回来"),
                   (Series("人数", (8200.0, 910.0, 412.0, 203.0)),), unit="人", language="zh-hans")  # fmt: skip
    rows = Chart(ChartKind.ROWS, "成员按入社时间", "多数满一年。", ("30 天内", "1–6 个月", "6–12 个月", "一年以上"),
                 (Series("成员", (320.0, 240.0, 410.0, 1030.0)),), unit="人", highlight=0, language="zh-hans")  # fmt: skip
    return (
        Page("5.1", "活跃", "六项核心指标五项达标，未回应率是唯一的缺口", Kpis((tile,) * 6), ("dau",), remark="春节假期落在上年同期。"),
        Page("5.2", "活跃", "提名夜带来一波新人，而且他们留下来了", ChartBlock(_line(), statements), ("dau", "posts")),
        Page("5.3", "版块", "回应掉队只在「掌机茶馆」，其余版块都达标", table, ("posts",)),
        Page("5.4", "时段", "深夜两点还有人在说话，而周六晚上九点是一周里最热闹的一个小时，比平均多三倍", ChartBlock(heat, statements[:1])),
        Page("5.5", "留存", "新人一个月后还剩三分之一", ChartBlock(triangle, statements[:2])),
        Page("5.6", "去留", "新成员多过沉默成员", ChartBlock(bars, statements[:2])),
        Page("5.7", "转化", "十个访客里一个注册", ChartBlock(funnel, statements[:2])),
        Page("5.8", "结构", "半数成员满一年", ChartBlock(rows, statements[:2]), source="来自成员登记"),
        Page("5.9", "发现", "三件事值得再做，三件事下个月要改", Findings(good, good[:2]), ("dau",)),
        Page("5.10", "措施", "四项措施", Statements(statements + statements[:1])),
    )  # fmt: skip


def sample_summary() -> Summary:
    """Six chapters; the fifth shows every kind of block."""
    phrases = Phrases(
        "目录", "这个月分六章讲", tuple(f"第{n}章" for n in "一二三四五六"), "做得好", "要改进", "汇报人", "指标口径",
        "每个数字都可点开票根：口径、版本、筛选与明细", "数据截至 10 月 31 日 24:00（UTC+8）", "还没有数据", "还没有数据：{names}", "指标", "数值", "口径", "筛选",
        "票根", "图中数据", "行为事件",
    )  # fmt: skip
    titles = ("概况", "内容与互动", "成员与服务", "合作伙伴", "数据、评估与改进", "未来规划")
    gap = Missing("合作伙伴", "合作伙伴：还没有合作登记。登记后这里写名单、评分、项目进度和成果。")
    chapters = tuple(
        Chapter(
            n, f"c{n}", title, "活跃和留存都过线；深夜的提问没人接，这是下个月的第一件事。", "发言 +11%，成员写的占 83%",
            _pages() if n == 5 else (), (gap,) if n in (4, 5) else (),
        )
        for n, title in enumerate(titles, start=1)
    )  # fmt: skip
    cover = Cover(
        "运营工作总结",
        "天堂社区",
        "2026 / 10",
        "2026 年 10 月",
        "木棉",
        "2026 年 11 月 3 日",
        "第 2 版，已冻结",
        "凡事有票根",
        "1026",
    )
    figures = {
        "dau": _facts("dau", "日活跃成员", "3,482 人", 3482.0),
        "posts": _facts("posts", "发言", "4,182 条", 4182.0),
    }
    return Summary("zh-hans", "2026-10-01", "2026-11-01", "month", False, cover, phrases, chapters, figures)
