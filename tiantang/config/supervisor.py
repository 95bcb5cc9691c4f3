"""Runs web and worker as children: starts them, restarts what falls over, stops them together."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from tiantang.config.processes import PARENT

log = logging.getLogger("tiantang.supervisor")

PATIENCE = 15.0
"""Seconds a child gets to finish its work after it was asked to stop."""
SETTLED = 60.0
"""A child that lived this many seconds starts with the shortest wait again."""
LONGEST_WAIT = 30.0
LOOK = 0.5
"""Seconds between two looks at the children."""


@dataclass
class Child:
    """One supervised process and how often it fell over lately."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    next_start: float = 0.0

    def start(self) -> None:
        """Start in a group of its own, so that Ctrl-C reaches the supervisor alone."""
        environment = {**os.environ, PARENT: str(os.getpid())}
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            self.command, env=environment, stdin=subprocess.DEVNULL, process_group=0
        )
        self.started = time.monotonic()

    def look(self, now: float) -> None:
        """Start the child again when it fell over, later each time it does so soon."""
        if self.process is None:
            if now >= self.next_start:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.falls = 1 if now - self.started > SETTLED else self.falls + 1
        wait = min(2.0 ** (self.falls - 1), LONGEST_WAIT)
        log.warning("%s stopped with code %s; starting it again in %.0f s", self.name, code, wait)
        self.process, self.next_start = None, now + wait

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def make_stop(self, until: float) -> None:
        """Wait for the child, then end its whole group."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s did not stop in time and was ended", self.name)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Supervisor:
    """Keeps ``children`` running until it is asked to stop by SIGINT or SIGTERM."""

    children: list[Child]
    ready: Callable[[], bool] = lambda: False
    announce: Callable[[], None] = lambda: None
    _stop_asked: threading.Event = field(default_factory=threading.Event, init=False)

    def run(self) -> None:
        """Start all children and watch over them; returns when every one has ended.

        ``announce`` is called once, as soon as ``ready`` says that the site answers.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        announced = False
        try:
            while not self._stop_asked.is_set():
                now = time.monotonic()
                for child in self.children:
                    child.look(now)
                if not announced and self.ready():
                    self.announce()
                    announced = True
                self._stop_asked.wait(LOOK if announced else LOOK / 5)
        finally:
            self._stop()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stop_asked.set()

    def _stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        until = time.monotonic() + PATIENCE
        for child in self.children:
            child.make_stop(until)


def own_command(*arguments: str) -> list[str]:
    """How to start ``tiantang ARGUMENTS`` with this very interpreter."""
    return [sys.executable, "-m", "tiantang.config.cli", *arguments]
