"""Figures at scale: synthesises a big community's events as lake segments and measures every level.

    python benchmarks/metrics_scale.py [--events 10000000] [--days 365] [--members 60000] [--json FILE]

Runs in a temporary home, removes it afterwards. CPU seconds are those of this process, all threads.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FIRST_DAY = date(2025, 1, 6)


def main() -> None:
    arguments = _arguments()
    home = tempfile.mkdtemp(prefix="tiantang-scale-")
    os.environ.update(
        TIANTANG_HOME=home, TIANTANG_SECRET_KEY="benchmark", DJANGO_SETTINGS_MODULE="tiantang.config.settings"
    )
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    try:
        figures = measure(arguments)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    _print(figures)
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(figures, indent=2), encoding="utf8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--members", type=int, default=60_000)
    parser.add_argument("--json", default="")
    return parser.parse_args()


def measure(arguments: argparse.Namespace) -> dict[str, Any]:
    """Every figure of the table, by name."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("migrate", database="visits", verbosity=0)
    _stop_clock(arguments.days)
    figures: dict[str, Any] = {
        "events": arguments.events,
        "days": arguments.days,
        "members": arguments.members,
    }
    _, figures["lake written, CPU s"] = timed(lambda: write_lake(arguments))
    figures["bytes an event"] = round(_lake_bytes() / arguments.events, 2)
    figures |= measure_counting(arguments)
    figures |= measure_questions(arguments.days)
    figures["memory at most, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


def _stop_clock(days: int) -> None:
    """Let the present be the evening of the last day."""
    from tiantang.common.time import day_start
    from tiantang.metrics import clock

    now = day_start(FIRST_DAY + timedelta(days=days - 1)) + timedelta(hours=20)
    clock.now = lambda: now


def timed(work: Callable[[], Any], repeat: int = 1) -> tuple[Any, float]:
    """(result, CPU seconds a run)."""
    started = time.process_time()
    for _ in range(repeat):
        result = work()
    return result, round((time.process_time() - started) / repeat, 4)


SYNTHETIC = """
WITH drawn AS (
  SELECT i, i // 10 AS visit,
    (hash(i // 10 * 2 + {seed}) % 1000000) / 1000000.0 AS a,
    (hash(i // 10 * 3 + {seed}) % 1000000) / 1000000.0 AS b,
    (hash(i * 5 + {seed}) % 1000000) / 1000000.0 AS c, (hash(i * 7 + {seed}) % 1000000) / 1000000.0 AS d
  FROM range({rows}) AS t(i)
), people AS (
  SELECT *, (floor(pow(b, 2.2) * {members}) + 1)::INTEGER AS person,
    {start_us} + (a * ({span_us} - 900000000))::BIGINT + (i % 10) * 47000123 AS ts_us,
    CASE WHEN c < 0.55 THEN 1 WHEN c < 0.82 THEN 2 WHEN c < 0.86 THEN 11 WHEN c < 0.87 THEN 20
         WHEN c < 0.92 THEN 21 WHEN c < 0.94 THEN 22 WHEN c < 0.985 THEN 23 WHEN c < 0.99 THEN 25
         WHEN c < 0.997 THEN 27 WHEN c < 0.9975 THEN 24 WHEN c < 0.9985 THEN 40 WHEN c < 0.999 THEN 41
         ELSE 31 END AS event
  FROM drawn
)
SELECT ts_us, event,
  CASE WHEN visit % 4 = 0 AND event IN (1, 2) THEN 0 ELSE person END AS subject,
  1000000000 + person AS visitor,
  CASE WHEN visit % 4 = 0 AND event IN (1, 2) THEN 0 WHEN person <= 20 THEN 2 ELSE 1 END AS actor_class,
  CASE WHEN event = 20 THEN {first} + i ELSE {first} + (d * {rows})::BIGINT END AS object_id,
  CASE WHEN event = 20 THEN {first} + i ELSE {first} + (pow(d, 3) * {rows})::BIGINT END AS topic,
  (person % 24) + 1 AS board, CASE WHEN event = 2 THEN 15000 ELSE 0 END AS value
FROM people
UNION ALL
SELECT {start_us} + (s * 997 % {span_us}), 10, s, 1000000000 + s, CASE WHEN s <= 20 THEN 2 ELSE 1 END,
  0, 0, 0, 0
FROM range(1, {members} + 1) AS t(s) WHERE s % {months} = {month}
"""


def write_lake(arguments: argparse.Namespace) -> int:
    """Synthesise the events month by month."""
    from tiantang.events import history, stream
    from tiantang.metrics.raw import day_us

    months = max(1, arguments.days // 30)
    rows = arguments.events // months
    for month in range(months):
        start = FIRST_DAY + timedelta(days=month * arguments.days // months)
        end = FIRST_DAY + timedelta(days=(month + 1) * arguments.days // months)
        sql = SYNTHETIC.format(
            seed=month * 1_000_003, rows=rows, members=arguments.members, start_us=day_us(start),
            span_us=day_us(end) - day_us(start), first=month * rows, months=months, month=month,
        )  # fmt: skip
        with stream.connect() as connection:
            table = connection.sql(sql).to_arrow_table()
        history.write_history(f"month {month}", {name: table[name] for name in table.column_names})
    return months * rows


def _lake_bytes() -> int:
    from django.conf import settings

    return sum(path.stat().st_size for path in (Path(settings.LAKE) / "events").rglob("*.parquet"))


def measure_counting(arguments: argparse.Namespace) -> dict[str, Any]:
    """Full rebuild, and one day more."""
    from tiantang.events import history
    from tiantang.metrics import rollup
    from tiantang.metrics.raw import day_us

    started = time.perf_counter()
    report, seconds = timed(rollup.rebuild)
    figures: dict[str, Any] = {
        "rebuild, CPU s": seconds,
        "rebuild, wall s": round(time.perf_counter() - started, 1),
        "rebuild, events per CPU s": round(arguments.events / seconds),
        "KPI rows": report.rows,
    }
    last = FIRST_DAY + timedelta(days=arguments.days - 1)
    stamp = day_us(last) + 3_600_000_000
    history.write_history("one more", {"ts_us": [stamp], "event": [11], "subject": [77], "actor_class": [1]})
    _, figures["last day counted again, CPU s"] = timed(rollup.catch_up)
    _, figures["nothing new, CPU s"] = timed(rollup.catch_up, 5)
    return figures


def measure_questions(days: int) -> dict[str, Any]:
    """What pages and panels ask, in CPU milliseconds."""
    from tiantang.metrics import query
    from tiantang.metrics.periods import Period, period_of
    from tiantang.metrics.query import Where
    from tiantang.metrics.query.cells import computed
    from tiantang.metrics.registry import METRICS

    year = Period(FIRST_DAY, FIRST_DAY + timedelta(days=days))
    month = period_of(year.last_day - timedelta(days=40), "month")
    daily, longer = year.split("day"), Period(month.start, month.end + timedelta(days=9))
    asked: dict[str, tuple[Callable[[], Any], int]] = {
        "figure with comparisons, from KPI": (lambda: query.figure("dau", month), 50),
        "series of 365 days, from KPI": (lambda: query.series("dau", year, "day"), 20),
        "year of DAU, WAU, MAU, from bitmaps": (
            lambda: [computed(METRICS[name], daily, Where()) for name in ("dau", "wau", "mau")], 3),
        "retention 52×52 weeks": (lambda: query.retention(year, "week", 52), 3),
        "posts by board, a month": (lambda: query.breakdown("posts", month), 5),
        "active members by board, a month": (lambda: query.breakdown("active_members", month), 5),
        "weekday × hour, a month": (lambda: query.breakdown("posts", month, "weekday_hour"), 5),
        "reply rate of one board, a month": (
            lambda: query.figure("reply_rate", month, Where(board=3), compare=False), 5),
        "active members of a custom range": (
            lambda: query.figure("active_members", longer, compare=False), 5),
        "top topics of a month": (lambda: query.top_topics(month), 3),
        "concentration of a month": (lambda: query.concentration(month), 3),
        "dau of a month from one source, raw events": (
            lambda: query.figure("dau", month, Where(source="x"), compare=False), 1),
    }  # fmt: skip
    return {f"{name}, CPU ms": round(timed(*pair)[1] * 1000, 1) for name, pair in asked.items()}


def _print(figures: dict[str, Any]) -> None:
    width = max(map(len, figures))
    for name, value in figures.items():
        print(
            f"{name:<{width}}  {value:>14,}"
            if isinstance(value, int | float)
            else f"{name:<{width}}  {value}"
        )


if __name__ == "__main__":
    main()
