"""What a new reply costs, eight at once: ``.venv/bin/python -m benchmarks.reply``.

Counted is the time of all server processes up to the answer; the worker's part follows later.
"""

from __future__ import annotations

import argparse
import http.client
import os
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.measure import cpu_ms, database_processes, descendants, report
from benchmarks.pages import fill
from tests.installation import Installation

AT_ONCE = 8
CSRF = "b" * 32


def main() -> None:
    """Make the community, serve it, reply."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--replies", type=int, default=150)
    replies = options.parse_args().replies
    with tempfile.TemporaryDirectory(prefix="tiantang-reply-") as folder:
        url = os.environ.get("TIANTANG_DATABASE_URL", "")
        settings = {"TIANTANG_DATABASE_URL": url} if url else {}
        site = Installation(Path(folder) / "home", settings={**settings, "TIANTANG_STRICT": "0"})
        cookies, topics, _ = fill(site, members=200)
        site.start("web")
        try:
            web = descendants(site.process.pid)
            send_all(site.port, cookies, topics, 40)
            before, began = cpu_ms(web + database_processes()), time.monotonic()
            answers = send_all(site.port, cookies[40:], topics, replies)
            seconds = time.monotonic() - began
            spent = cpu_ms(web + database_processes()) - before
        finally:
            site.stop()
    accepted = sum(status == 302 for status in answers)
    columns = ("what", "replies", "accepted", "CPU ms/reply", "replies/s")
    row = ("new reply, 8 at once", replies, accepted, f"{spent / replies:.1f}", f"{replies / seconds:.0f}")
    store = "PostgreSQL" if url else "SQLite"
    report("reply-postgresql" if url else "reply", f"Replies on {store}", columns, [row], store=store)


def send_all(port: int, cookies: list[str], topics: list[int], replies: int) -> list[int]:
    """Send the replies over eight connections, each by another member in another topic; the statuses."""
    numbers = iter(range(replies))
    lock = threading.Lock()
    answers: list[int] = []

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                number = next(numbers, -1)
            if number < 0:
                break
            headers = {
                "Cookie": f"{cookies[number % len(cookies)]}; csrftoken={CSRF}",
                "X-CSRFToken": CSRF,
                "Content-Type": "application/x-www-form-urlencoded",
            }
            text = f"第 {number} 次试：换个思路就过了，**谢谢**楼上。\n\n- 先存档\n- 再上桥\n"
            body = urlencode({"source": text, "token": f"{number:032d}"})
            connection.request("POST", f"/t/{topics[number * 7 % len(topics)]}/reply/", body, headers)
            answer = connection.getresponse()
            answer.read()
            answers.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


if __name__ == "__main__":
    main()
