"""One chart of each kind with the things that go wrong: gaps, zeros, unfinished periods, long names."""

from __future__ import annotations

from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole

DAYS = tuple(f"11/{day}" for day in range(1, 11))


def activity(language: str = "zh-hans", **changes: object) -> Chart:
    """Daily members with everything a line chart can carry."""
    series = (
        Series("常态", tuple(2800.0 + 10 * day for day in range(10)), SeriesRole.BAND_LOW),
        Series("常态", tuple(3600.0 + 10 * day for day in range(10)), SeriesRole.BAND_HIGH),
        Series("前期", tuple(3000.0 + 20 * day for day in range(10)), SeriesRole.PREVIOUS),
        Series("目标", (3300.0,) * 10, SeriesRole.TARGET),
        Series("本期", (3100.0, 3200.0, 3150.0, None, 3400.0, 4300.0, 3300.0, 3250.0, 3320.0, 1600.0)),
    )
    fields = {"unit": "人", "from_zero": False, "open_last": True, "open_label": "未满一天", "highlight": 5}
    fields |= {"highlight_label": "提名夜 +22%", "language": language} | changes
    return Chart(ChartKind.LINE, "日活跃成员", "每天的活跃成员", DAYS, series, **fields)


def gallery(language: str = "zh-hans") -> list[Chart]:
    """One of each kind, in one language."""
    weeks = ("第 1 周", "第 2 周", "第 3 周")
    return [
        activity(language),
        Chart(
            ChartKind.BARS,
            "发言",
            "每周发言",
            weeks,
            (
                Series("本期", (12000.0, 0.0, 21500.0)),
                Series("前期", (9000.0, None, 100.0), SeriesRole.PREVIOUS),
            ),
            unit="帖",
            language=language,
        ),
        Chart(
            ChartKind.STACKED,
            "生命周期",
            "新、回访、沉睡",
            weeks,
            (Series("新成员", (40.0, 50.0, 60.0)), Series("沉睡", (-20.0, -10.0, None))),
            language=language,
            open_last=True,
        ),
        Chart(
            ChartKind.ROWS,
            "版块",
            "发言最多的版块",
            ("掌机茶馆", "<b>硬件</b> & “工坊”", "一个名字特别特别长的版块放不下"),
            (Series("帖", (45.0, 9.0, 0.0)),),
            unit="帖",
            highlight=0,
            language=language,
        ),
        Chart(
            ChartKind.FUNNEL,
            "转化",
            "从到访到再次活跃",
            ("到访", "注册", "首帖", "30 天内再次活跃"),
            (Series("人", (1000.0, 250.0, 50.0, 0.0)),),
            language=language,
        ),
        Chart(
            ChartKind.HEATMAP,
            "时段",
            "星期与小时",
            tuple(str(hour) for hour in range(24)),
            tuple(
                Series(name, tuple(float(hour * row) for hour in range(24)))
                for row, name in enumerate("一二三")
            ),
            language=language,
        ),
    ]
