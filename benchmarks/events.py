"""What an event costs on its way: taken in, written, sealed, read.

``.venv/bin/python -m benchmarks.events [--events 1000000] [--requests 20000]``

Runs in a temporary home. Seconds are CPU seconds of one process, so figures are per core.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import django
from django.core.management import call_command

from benchmarks.measure import report

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
BROWSER = f"{WINDOWS} Chrome/126.0 Safari/537.36"
DAY_US = 86_400_000_000
BROWSERS, TOPICS, DAYS = 20_000, 20_000, 3
Line = tuple[str, int, str, str]


def main() -> None:
    """Measure each part and print one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=1_000_000)
    options.add_argument("--requests", type=int, default=20_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="tiantang-events-") as home:
        os.environ.update(TIANTANG_HOME=home, DJANGO_SETTINGS_MODULE="tiantang.config.settings")
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("migrate", database="visits", verbosity=0)
        lines = [
            take_in(chosen.requests, 1),
            take_in(chosen.requests // 10, 10),
            *seal(chosen.events),
            look(),
        ]
    columns = ("part", "events", "events per CPU s", "")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    report("events", "An event's way", columns, lines, memory_mb=memory)


def take_in(requests: int, items: int) -> Line:
    """Whole requests through the WSGI application, and the writing of what they brought."""
    from tiantang.config.wsgi import application
    from tiantang.events.staging import staging

    letters = [_request(items) for _ in range(requests)]
    statuses: Counter[str] = Counter()

    def work() -> None:
        for environ in letters:
            for _ in application(environ, lambda status, headers, *rest: statuses.update([status])):
                pass
        staging.flush()

    seconds = cpu_of(work)
    assert set(statuses) == {"204 No Content"}, statuses
    rate = requests * items / seconds
    return f"take in, {items} in a request", requests * items, f"{rate:,.0f}", f"{1e6 / rate:.0f} µs each"


def seal(count: int) -> Iterator[Line]:
    """Write visits into the waiting table, move them into the lake, compact it."""
    from tiantang.events.compaction import compact_lake
    from tiantang.events.mover import move_all
    from tiantang.events.staging import write_visits

    move_all()
    before = _stored()
    rows = sorted(_rows(count), key=lambda row: row.ts_us)
    parts = [rows[start : start + 5000] for start in range(0, len(rows), 5000)]
    written = cpu_of(lambda: [write_visits(part, Counter()) for part in parts])
    yield "write into staging", len(rows), f"{len(rows) / written:,.0f}", ""
    moved = cpu_of(move_all)
    size = (_stored() - before) / len(rows)
    yield "seal into the lake", len(rows), f"{len(rows) / moved:,.0f}", f"{size:.1f} bytes an event"
    compacted = cpu_of(compact_lake)
    yield (
        "compact",
        len(rows),
        f"{len(rows) / compacted:,.0f}",
        f"{(_stored() - before) / len(rows):.1f} bytes",
    )


def look() -> Line:
    """Attach the view and count people by day."""
    from tiantang.events import stream

    with stream.connect() as connection:
        attached = cpu_of(lambda: stream.attach(connection))
        rows = connection.execute("SELECT count(*) FROM events").fetchone()[0]
        counting = "SELECT dt, count(DISTINCT visitor) FROM events GROUP BY dt"
        counted = cpu_of(lambda: connection.execute(counting).fetchall())
    return "attach and count", rows, f"{rows / counted:,.0f}", f"attached in {attached * 1000:.1f} ms"


def cpu_of(work: Callable[[], object]) -> float:
    """CPU seconds of this process for some work, at least one microsecond."""
    began = time.process_time()
    work()
    return max(time.process_time() - began, 1e-6)


def _stored() -> int:
    from tiantang.events.manifest import live
    from tiantang.events.routers import stores

    return sum(segment.bytes for store in stores() for segment in live(store))


def _request(items: int) -> dict[str, Any]:
    from tiantang.events.visitor import cookie_of

    now = int(time.time() * 1000)
    views = [{"id": str(uuid4()), "kind": "view", "at": now, "topic": 5, "board": 2} for _ in range(items)]
    body = json.dumps({"now": now, "webdriver": False, "cookies": True, "items": views}).encode()
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/e/visits",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_USER_AGENT": BROWSER,
        "HTTP_SEC_FETCH_SITE": "same-origin",
        "HTTP_COOKIE": f"visitor={cookie_of(random.getrandbits(62))}",
        "REMOTE_ADDR": ".".join(str(random.randrange(1, 255)) for _ in range(4)),
    }


def _rows(count: int) -> Iterator[Any]:
    """Sessions of page views and visible time, as a busy site has them."""
    from tiantang.events.staging import Row

    chance = random.Random(20261123)
    browsers = [chance.getrandbits(62) for _ in range(BROWSERS)]
    first = time.time_ns() // 1000 - DAYS * DAY_US
    made = 0
    while made < count:
        number = int(BROWSERS * chance.random() ** 2.5)
        subject = number + 1 if number % 3 == 0 else 0
        at = first + chance.randrange(DAYS * DAY_US)
        source = chance.choice(["", "", "", "weibo", "bilibili.com", "www.baidu.com"])
        for _ in range(1 + int(chance.expovariate(0.25))):
            topic = int(TOPICS * chance.random() ** 4)
            marks = int(chance.expovariate(0.5))
            for mark in range(1 + marks):
                value = 0 if mark == 0 else 15_000 if mark < marks else chance.randrange(1, 15_000)
                kind, lag = (2 if mark else 1), chance.randrange(900_000)
                yield Row(
                    uuid4(), at, at + lag, kind, subject, browsers[number], int(subject > 0), topic, topic,
                    topic % 20 + 1, 0, value, 1 + number % 2, source, "",
                )  # fmt: skip
                made += 1
                at += 15_000_000 + chance.randrange(300_000)
                source = ""
            at += chance.randrange(40_000_000)


if __name__ == "__main__":
    main()
