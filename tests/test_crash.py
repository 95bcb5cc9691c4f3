"""Kill the mover and the web processes while members write: nothing acknowledged is lost or doubled.

Runs on SQLite, or on the PostgreSQL server of TIANTANG_DATABASE_URL when that is set.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.installation import ROOT, Installation, until

ROUNDS = 50
WRITERS = 4
SEED = 20_261_123
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0"
CSRF = "c" * 32


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Installation]:
    """An installation with a schema and no process yet."""
    with database() as address:
        settings = {"TIANTANG_PARENT": str(os.getpid()), **address}
        installation = Installation(tmp_path / "home", settings=settings)
        done = installation.run("migrate")
        assert done.returncode == 0, done.stderr
        try:
            yield installation
        finally:
            for pid in installation.processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            until(lambda: not installation.processes())


@contextlib.contextmanager
def database() -> Iterator[dict[str, str]]:
    """A database of its own on the PostgreSQL server of the environment, if there is one."""
    server = os.environ.get("TIANTANG_DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield {}
        return
    import psycopg

    name = f"crash_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {"TIANTANG_DATABASE_URL": server.rpartition("/")[0] + "/" + name}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def actor(site: Installation, *arguments: str, **options: object) -> subprocess.Popen[str]:
    """Start one of ``tests.crash_actors``, or the command line."""
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=site.environment,
        cwd=ROOT,
        text=True,
        start_new_session=True,
        **options,
    )


def ask(site: Installation, *arguments: str, said: object = None) -> dict:
    """Run one of ``tests.crash_actors`` to its end and read its answer."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash_actors", *arguments],
        env=site.environment,
        cwd=ROOT,
        input=json.dumps(said),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Writer:
    """A member who goes on writing, and repeats what was not acknowledged."""

    port: int
    session: str
    topic: int
    number: int
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    views: int = 0

    def write(self, stop: threading.Event) -> None:
        count = 0
        while not stop.is_set():
            count += 1
            token = f"w{self.number}n{count}"
            while not stop.is_set() and not self._reply(token):
                stop.wait(0.05)
            self._view(count)

    def _reply(self, token: str) -> bool:
        form = {"source": f"第 {token} 条回复", "token": token}
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        status = self._post(f"/t/{self.topic}/reply/", urlencode(form), headers)
        if status == 302:
            self.acknowledged.append(token)
        elif status and status < 500:
            self.refused.append(f"{token}: {status}")
        return status == 302

    def _view(self, count: int) -> None:
        """Tell a page view twice, as a browser does that got no answer. Its topic is a number of its own."""
        now = int(time.time() * 1000)
        view = {"id": str(uuid4()), "kind": "view", "at": now, "topic": self.number * 1_000_000 + count}
        headers = {
            "User-Agent": BROWSER,
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
            "X-Forwarded-For": "9.9.9.9",  # as behind a proxy: then one address is not one crowd
        }
        for _ in range(2):
            self.views += self._post("/e/visits", json.dumps({"now": now, "items": [view]}), headers) == 204

    def _post(self, path: str, body: str, headers: dict[str, str]) -> int:
        """The status of the answer, 0 when none came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", path, body.encode(), headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


@dataclass
class Stage:
    """The processes of an installation, and how to kill them."""

    site: Installation
    chance: random.Random
    web: subprocess.Popen[str] | None = None
    mover: subprocess.Popen[str] | None = None
    moving: list[int] = field(default_factory=list)
    kills: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.start_web()
        self.mover = actor(self.site, "tests.crash_actors", "move", stdout=subprocess.PIPE)
        threading.Thread(target=self._note_movers, daemon=True).start()
        assert until(lambda: self.site.answers() and bool(self.moving)), self.site.said()

    def start_web(self) -> None:
        with self.site.log.open("a") as log:
            self.web = actor(self.site, "tiantang.config.cli", "web", stdout=log, stderr=log)

    def _note_movers(self) -> None:
        for line in self.mover.stdout:
            self.moving.append(int(line))

    def kill_somebody(self) -> None:
        victim = self.chance.choices(["mover", "web process", "web"], [62, 30, 8])[0]
        self.kills.append(victim)
        if victim == "mover":
            kill(self.moving[-1])
        elif victim == "web process":
            workers = children(self.web.pid)
            kill(self.chance.choice(workers) if workers else self.web.pid)
        if victim == "web":
            self.kill_web()
        self.revived()

    def revived(self) -> bool:
        """Start the web again when it is gone: the server gives up when its processes die too often."""
        if self.web.poll() is not None:
            self.kill_web()
            self.start_web()
        return True

    def kill_web(self) -> None:
        workers = children(self.web.pid)
        kill(self.web.pid)
        self.web.wait()
        for pid in workers:
            kill(pid)

    def end(self) -> None:
        self.kill_web()
        kill(self.mover.pid)
        self.mover.wait()
        kill(self.moving[-1])
        self.mover.stdout.close()
        assert until(lambda: not self.site.processes()), "processes of the site live on"


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def wait_for_a_reply(writers: list[Writer]) -> None:
    """Until somebody's next reply is acknowledged, at most two seconds: kills should meet work."""

    def replies() -> int:
        return sum(len(writer.acknowledged) for writer in writers)

    before = replies()
    until(lambda: replies() > before, 2)


@pytest.mark.slow
def test_every_acknowledged_reply_is_there_exactly_once(site: Installation) -> None:
    cast = ask(site, "prepare", str(WRITERS))
    writers = [
        Writer(site.port, session, cast["topic"], number)
        for number, session in enumerate(cast["sessions"], 1)
    ]
    stage, stop = Stage(site, random.Random(SEED)), threading.Event()
    stage.start()
    threads = [threading.Thread(target=writer.write, args=[stop]) for writer in writers]
    for thread in threads:
        thread.start()
    for _ in range(ROUNDS):
        wait_for_a_reply(writers)
        stop.wait(stage.chance.uniform(0.0, 0.4))
        stage.kill_somebody()
    answered = until(lambda: stage.revived() and site.answers(), 60)
    stop.set()
    for thread in threads:
        thread.join()
    stage.end()

    assert answered, site.said()
    assert [line for writer in writers for line in writer.refused] == []
    acknowledged = [token for writer in writers for token in writer.acknowledged]
    verdict = ask(site, "judge", said=acknowledged)
    posts, visits = verdict.pop("posts"), verdict.pop("visits")
    assert {what: found for what, found in verdict.items() if found} == {}
    assert posts >= len(acknowledged) > ROUNDS // 5
    assert 0 < visits <= sum(writer.views for writer in writers)
    assert set(stage.kills) == {"mover", "web process", "web"}
