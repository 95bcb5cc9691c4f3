"""The worker: seals events, keeps figures current, runs tasks and clockwork."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from django.apps import apps
from django.conf import settings
from django.db import close_old_connections

from tiantang.common.tasks import queue
from tiantang.config.processes import die_with_parent

log = logging.getLogger("tiantang.worker")

PAUSE = 5.0
"""Seconds between two rounds of the river."""
LONGEST_PAUSE = 60.0


def alive_file() -> Path:
    """Touched after every round; its age tells whether a worker is at work."""
    return Path(settings.HOME) / "worker.alive"


def run_worker() -> None:
    """Work until SIGTERM or SIGINT; the task at hand is finished first."""
    die_with_parent()
    stop = threading.Event()
    load_tasks()
    logging.getLogger("huey").setLevel(logging.WARNING)
    consumer = queue.create_consumer(workers=1, periodic=True, max_delay=2.0, check_worker_health=True)
    consumer.start()
    _stop_on_signals(stop)
    log.info("worker at work")
    try:
        flow(stop, [move_events, catch_up_figures], rest=close_old_connections)
    finally:
        consumer.stop(graceful=True)
    log.info("worker stopped")


def load_tasks() -> None:
    """Import every application's ``tasks`` module, so that the queue knows its tasks."""
    for configuration in apps.get_app_configs():
        name = f"{configuration.name}.tasks"
        if configuration.name.startswith("tiantang.") and importlib.util.find_spec(name):
            importlib.import_module(name)


def flow(
    stop: threading.Event, steps: list[Callable[[], None]], rest: Callable[[], None] = lambda: None
) -> None:
    """Run the steps again and again, then ``rest``; after a failure wait longer each time, up to a minute."""
    failures = 0
    while not stop.is_set():
        try:
            for step in steps:
                if stop.is_set():
                    return
                step()
            alive_file().touch()
            failures = 0
        except Exception:
            failures += 1
            log.exception("a round of the river failed (%s in a row)", failures)
        rest()
        stop.wait(min(PAUSE * 2**failures, LONGEST_PAUSE))


def move_events() -> None:
    """Seal waiting events into the lake."""
    from tiantang.events.mover import move_all

    started = time.monotonic()
    report = move_all()
    if report.moved:
        log.info("sealed %s events in %.1f s", report.moved, time.monotonic() - started)


def catch_up_figures() -> None:
    """Bring rollups and KPI tables up to date."""
    from tiantang.metrics.rollup import catch_up

    catch_up()


def _stop_on_signals(stop: threading.Event) -> None:
    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
