"""Periods in words, in both languages."""

from __future__ import annotations

from datetime import date

from tiantang.metrics.periods import Period

MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def label_of(period: Period, language: str) -> str:
    """What people call the period: 2018年第三季度, third quarter of 2018."""
    return _chinese(period) if language.lower().startswith("zh") else _english(period)


def _chinese(period: Period) -> str:
    start, year = period.start, f"{period.start.year} 年"
    match period.kind:
        case "day":
            return f"{year} {start.month} 月 {start.day} 日"
        case "week":
            iso = start.isocalendar()
            return f"{iso.year} 年第 {iso.week} 周"
        case "month":
            return f"{year} {start.month} 月"
        case "quarter":
            return f"{year}第{'一二三四'[start.month // 3]}季度"
        case "half":
            return f"{year}{'上' if start.month == 1 else '下'}半年"
        case "year":
            return year
    last = period.last_day
    if last.year != start.year:
        return f"{_chinese_day(start)}至 {_chinese_day(last)}"
    month = f"{last.month} 月 " if last.month != start.month else ""
    return f"{_chinese_day(start)}至 {month}{last.day} 日"


def _chinese_day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _english(period: Period) -> str:
    start, year = period.start, str(period.start.year)
    match period.kind:
        case "day":
            return _english_day(start)
        case "week":
            iso = start.isocalendar()
            return f"Week {iso.week}, {iso.year}"
        case "month":
            return f"{MONTH_NAMES[start.month - 1]} {year}"
        case "quarter":
            return f"Q{(start.month + 2) // 3} {year}"
        case "half":
            return f"{'First' if start.month == 1 else 'Second'} half of {year}"
        case "year":
            return year
    last = period.last_day
    if (last.year, last.month) == (start.year, start.month):
        return f"{start.day}–{_english_day(last)}"
    year = f" {start.year}" if last.year != start.year else ""
    return f"{start.day} {MONTH_NAMES[start.month - 1]}{year} – {_english_day(last)}"


def _english_day(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
