"""CPU time per page of all server processes: ``.venv/bin/python -m benchmarks.pages``.

Under ``bin/with-postgresql`` the same on PostgreSQL, the database's processes included.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from benchmarks.measure import Load, database_processes, descendants, flood, hammer, memory_mb, report
from tests.installation import ROOT, Installation, free_port, until

REQUESTS = 1200
PACKED = {"Accept-Encoding": "gzip", "Accept-Language": "zh-CN"}


def main() -> None:
    """Make the community, serve it, measure each page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", type=int, default=REQUESTS)
    requests = options.parse_args().requests
    with tempfile.TemporaryDirectory(prefix="tiantang-pages-") as folder:
        url = os.environ.get("TIANTANG_DATABASE_URL", "")
        home = Path(folder) / "home"
        settings = {"TIANTANG_DATABASE_URL": url} if url else {}
        site = Installation(home, settings={**settings, "TIANTANG_STRICT": "0"})
        cookies, topics, long_topic = fill(site)
        site.start("web")
        try:
            rows = measure(site, cookies, topics, long_topic, requests)
        finally:
            site.stop()
    rows.insert(0, floor())
    store = "PostgreSQL" if url else "SQLite"
    columns = ("page", "CPU ms/request", "requests/s", "KB sent", "failures")
    name = "pages-postgresql" if url else "pages"
    report(name, f"Pages on {store}, 2 web processes, 16 connections", columns, rows, store=store)


def fill(site: Installation, members: int = 16) -> tuple[list[str], list[int], int]:
    """Cookies of signed-in members, ordinary topics, and the long one."""
    assert site.run("migrate").returncode == 0
    os.environ.update(site.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tiantang.config.settings"
    import django

    django.setup()
    from benchmarks.community import make_community, sign_in
    from tiantang.community.forum.models import Topic
    from tiantang.community.members.models import Member

    make_community()
    cookies = [sign_in(member) for member in Member.objects.order_by("id")[:members]]
    topics = list(Topic.objects.order_by("id").values_list("id", flat=True))
    return cookies, topics[1:], topics[0]


def measure(
    site: Installation, cookies: list[str], topics: list[int], long_topic: int, requests: int
) -> list[tuple[object, ...]]:
    """One row per page."""
    web = descendants(site.process.pid)

    def server() -> list[int]:
        return web + database_processes()

    signed_in = [{**PACKED, "Cookie": cookie} for cookie in cookies]
    plans = {
        "board index, anonymous, made new": ([f"/boards/?fresh={n}" for n in range(requests)], [PACKED]),
        "topic, anonymous, made new": (
            [f"/t/{topics[n % 100]}/?fresh={n}" for n in range(requests)],
            [PACKED],
        ),
        "topic, signed in": ([f"/t/{topics[n % 100]}/" for n in range(requests)], signed_in),
        "page 25 of a topic of 1,000 posts": (
            [f"/t/{long_topic}/?page=25&fresh={n}" for n in range(requests)],
            [PACKED],
        ),
        "board, anonymous, made new": ([f"/b/b{n % 20}/?fresh={n}" for n in range(requests)], [PACKED]),
        "front page, anonymous, made new": ([f"/?fresh={n}" for n in range(requests)], [PACKED]),
    }
    kept = {
        "board index, anonymous, kept": ["/boards/"],
        "topic, anonymous, kept": [f"/t/{topic}/" for topic in topics[:50]],
    }
    rows = [
        row_of(title, flood(site.port, addresses, server, headers=PACKED))
        for title, addresses in kept.items()
    ]
    for title, (addresses, headers) in plans.items():
        load = hammer(site.port, addresses, server, headers=headers, warm_up=600)
        rows.append(row_of(title, load))
    assert until(site.answers)
    rows.append(("memory of the web processes, MB", f"{memory_mb(web):.0f}", "", "", ""))
    page = site.get(f"/t/{topics[0]}/", **PACKED)[1]
    rows.append(
        (
            "topic page, HTML KB / sent KB",
            f"{len(gzip.decompress(page)) / 1024:.1f}",
            "",
            f"{len(page) / 1024:.1f}",
            "",
        )
    )
    return rows


def floor() -> tuple[object, ...]:
    """What an empty answer of the same server costs in this run: no page can cost less."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.bare", str(port), "2500"]
    server = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        assert until(lambda: answers(port))
        processes = descendants(server.pid)
        load = flood(port, ["/"], lambda: processes, headers=PACKED)
    finally:
        server.terminate()
        server.wait(timeout=20)
    return row_of("an empty answer of the bare server", load)


def answers(port: int) -> bool:
    """Whether a server answers there."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
        return True
    return False


def row_of(title: str, load: Load) -> tuple[object, ...]:
    cost = f"{load.cpu_per_request:.3f}" if load.cpu_per_request < 1 else f"{load.cpu_per_request:.1f}"
    return (title, cost, f"{load.per_second:.0f}", f"{load.bytes / 1024:.1f}", load.failures)


if __name__ == "__main__":
    main()
