"""The worker's round goes on whatever happens in it."""

from __future__ import annotations

import threading

from tiantang.config import worker
from tiantang.config.worker import alive_file, flow


class Clock(threading.Event):
    """Notes how long the worker would wait, and ends the work after so many rounds."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds = rounds
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        if len(self.waits) >= self.rounds:
            self.set()
        return self.is_set()


def test_steps_run_in_order_and_a_round_is_noted():
    alive_file().unlink(missing_ok=True)
    seen: list[str] = []
    flow(Clock(2), [lambda: seen.append("move"), lambda: seen.append("catch up")])
    assert seen == ["move", "catch up"] * 2
    assert alive_file().exists()


def test_waits_grow_after_failures_and_shrink_again(caplog):
    outcomes = iter([1, 1, 1, 1, 1, 1, 0, 0])

    def step() -> None:
        if next(outcomes):
            raise OSError("disk")

    clock = Clock(8)
    flow(clock, [step])
    assert clock.waits == [10, 20, 40, 60, 60, 60, worker.PAUSE, worker.PAUSE]
    assert "6 in a row" in caplog.text


def test_stop_between_two_steps_skips_the_second():
    stop = threading.Event()
    seen: list[str] = []
    flow(stop, [stop.set, lambda: seen.append("second")])
    assert seen == []
