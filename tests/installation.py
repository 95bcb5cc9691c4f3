"""A real installation in a folder of its own, started and stopped as a person would."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port of the loopback address that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Ask again and again until it is true; False when the time is over."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not true():
        if time.monotonic() > end:
            return False
        pause.wait(0.05)
    return True


@dataclass
class Installation:
    """``home`` holds everything; ``tiantang`` is how its command line is called."""

    home: Path
    port: int = field(default_factory=free_port)
    tiantang: tuple[str, ...] = (sys.executable, "-m", "tiantang.config.cli")
    folder: Path = ROOT
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("TIANTANG_")}
        own = {"TIANTANG_HOME": str(self.home), "TIANTANG_PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        return {**kept, **own, "COLUMNS": "200", **self.settings}

    def run(self, *arguments: str, seconds: float = 300) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [*self.tiantang, *arguments],
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def start(self, *arguments: str, seconds: float = 120) -> float:
        """Start ``up`` and wait until the site answers; returns the seconds that took."""
        self.home.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.tiantang, *(arguments or ("up", "--empty"))],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        up = until(lambda: self.answers() or self.process.poll() is not None, seconds)
        assert up and self.answers(), f"the site did not start:\n{self.said()}"
        return time.monotonic() - began

    @property
    def log(self) -> Path:
        return self.home.with_suffix(".log")

    def said(self) -> str:
        return self.log.read_text(encoding="utf8", errors="replace")[-4000:] if self.log.exists() else ""

    def answers(self) -> bool:
        try:
            return self.get("/healthz/live")[0] == 200
        except OSError:
            return False

    def get(self, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers (names in lower case) of one page."""
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                names = {name.lower(): value for name, value in answer.headers.items()}
                return answer.status, answer.read(), names
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read(), dict(refusal.headers)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask the supervisor to stop; returns its exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(40)
        finally:
            for pid in self.processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def processes(self) -> list[int]:
        """Process ids of everything that runs for this installation, told by its home in the environment."""
        mark = f"TIANTANG_HOME={self.home}\0".encode()
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and mark in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
        return [pid for pid in found if pid != os.getpid()]

    def children(self, name: str) -> list[int]:
        """Process ids of ``tiantang NAME`` among them, parents before children."""
        found = []
        for pid in sorted(self.processes()):
            with contextlib.suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if name.encode() in words:
                    found.append(pid)
        return found


@contextlib.contextmanager
def running(installation: Installation, *arguments: str) -> Iterator[Installation]:
    """Start, hand over, stop."""
    try:
        installation.start(*arguments)
        yield installation
    finally:
        installation.stop()
