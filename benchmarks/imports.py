"""Posts per second of the Stack Exchange importer, on a dump made for it.

``.venv/bin/python -m benchmarks.imports [--posts 20000]``; under ``bin/with-postgresql`` the same on
PostgreSQL, the database's processes included. Figures are measured apart: they are the metrics' work.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from benchmarks.measure import cpu_ms, database_processes, report
from tests.installation import Installation

WORDS = (
    *("qubit", "gate", "error", "code", "state", "circuit", "noise", "basis", "measure", "shor", "grover"),
    *("量子", "态", "门", "纠错", "测量", "干涉", "算法"),
)
Row = dict[str, object]


FIGURES = "figures"
POSTS = ("questions", "answers")


def main() -> None:
    """Write a dump, import it into a fresh installation, import it again."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--posts", type=int, default=20_000)
    posts = options.parse_args().posts
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory(prefix="tiantang-imports-") as folder:
        dump = Path(folder) / "dump"
        write_dump(dump, posts)
        site = Installation(Path(folder) / "home", settings=database())
        assert site.run("migrate").returncode == 0
        for title in ("first", "again"):
            rows += [(f"{title}: {what}", cpu, rate) for what, cpu, rate in run(site, dump, posts)]
    columns = ("Stack Exchange import", "CPU s", "posts per CPU s")
    store = "PostgreSQL" if database() else "SQLite"
    report(
        f"imports-{store.lower()}",
        f"{store}: {posts:,} posts, {posts:,} comments, {posts * 2:,} votes",
        columns,
        rows,
    )


def database() -> dict[str, str]:
    """The database of bin/with-postgresql when it runs us."""
    url = os.environ.get("TIANTANG_DATABASE_URL", "")
    return {"TIANTANG_DATABASE_URL": url} if url else {}


def run(site: Installation, dump: Path, posts: int) -> Iterator[tuple[str, str, str]]:
    """One import: what each part of it cost, told by the command itself, and all of it with the database."""
    before, served = resource.getrusage(resource.RUSAGE_CHILDREN), cpu_ms(database_processes(), ended=True)
    done = site.run("import", "stackexchange", str(dump), "--json", seconds=3600)
    assert done.returncode == 0, done.stderr[-2000:]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])["cpu_seconds"]
    server = (cpu_ms(database_processes(), ended=True) - served) / 1000
    whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime + server
    for step, cpu in told.items():
        if cpu >= 0.05:
            yield f"· {step}", f"{cpu:.2f}", ""
    if server:
        yield "· database server, all steps", f"{server:.2f}", ""
    own = sum(told.get(step, 0) for step in POSTS)
    yield "posts alone: rows, bodies, events", f"{own:.2f}", f"{posts / max(own, 0.01):,.0f}"
    rest = whole - told.get(FIGURES, 0)
    yield "everything but figures", f"{rest:.2f}", f"{posts / rest:,.0f}"
    yield "everything", f"{whole:.2f}", f"{posts / whole:,.0f}"
    yield "memory, MB", f"{after.ru_maxrss / 1024:.0f}", ""


def write_dump(folder: Path, posts: int) -> None:
    """A dump with as many posts: a third questions, comments and votes in proportion."""
    folder.mkdir()
    chance = random.Random(7)
    users = max(posts // 10, 10)
    questions = posts // 3
    tables = {
        "Users": _users(users),
        "Posts": _posts(chance, posts, questions, users),
        "Comments": _comments(chance, posts, users),
        "Votes": _votes(chance, posts),
    }
    for name, rows in tables.items():
        with (folder / f"{name}.xml").open("w", encoding="utf8") as file:
            file.write(f'<?xml version="1.0" encoding="utf-8"?>\n<{name.lower()}>\n')
            for row in rows:
                pairs = " ".join(f"{key}={quoteattr(str(value))}" for key, value in row.items())
                file.write(f"  <row {pairs} />\n")
            file.write(f"</{name.lower()}>\n")


def _at(number: int, scale: int) -> str:
    minutes = number * 400_000 // scale
    day, minute = divmod(minutes, 1440)
    month, day = divmod(day, 28)
    return f"{2018 + month // 12}-{month % 12 + 1:02}-{day + 1:02}T{minute // 60:02}:{minute % 60:02}:30.123"


def _text(chance: random.Random) -> str:
    paragraphs = (" ".join(chance.choices(WORDS, k=60)) for _ in range(chance.randint(1, 4)))
    return "".join(f"<p>{text}</p>\n" for text in paragraphs) + "<pre><code>H q[0]</code></pre>"


def _users(users: int) -> Iterator[Row]:
    for number in range(1, users + 1):
        yield {
            "Id": number,
            "Reputation": number,
            "CreationDate": "2018-01-01T00:00:00.000",
            "DisplayName": f"user {number}",
        }


def _posts(chance: random.Random, posts: int, questions: int, users: int) -> Iterator[Row]:
    for number in range(1, posts + 1):
        row: Row = {
            "Id": number,
            "CreationDate": _at(number, posts),
            "Score": chance.randint(0, 9),
            "Body": _text(chance),
            "OwnerUserId": chance.randint(1, users),
        }
        if number <= questions:
            yield {**row, "PostTypeId": 1, "Title": f"Question {number}", "Tags": "<gates><noise>"}
        else:
            yield {**row, "PostTypeId": 2, "ParentId": chance.randint(1, questions)}


def _comments(chance: random.Random, posts: int, users: int) -> Iterator[Row]:
    for number in range(1, posts + 1):
        at = _at(number, posts)
        yield {
            "Id": number,
            "PostId": number,
            "Text": "thanks",
            "CreationDate": at,
            "UserId": chance.randint(1, users),
        }


def _votes(chance: random.Random, posts: int) -> Iterator[Row]:
    for number in range(1, posts * 2 + 1):
        at = _at(number, posts * 2)[:10] + "T00:00:00.000"
        yield {"Id": number, "PostId": chance.randint(1, posts), "VoteTypeId": 2, "CreationDate": at}


if __name__ == "__main__":
    main()
