"""Children that stop when asked and never outlive the process that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PARENT = "TIANTANG_PARENT"
"""Environment variable that holds the process id a child must not outlive."""


def die_with_parent() -> None:
    """Ask to be stopped when the process that started this one is gone, even by ``kill -9``.

    Does nothing in a process that nobody supervises.
    """
    if not os.environ.get(PARENT):
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1: PR_SET_PDEATHSIG
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()


def keep_memory_together() -> None:
    """Let threads share two heaps instead of growing one each (glibc), which keeps processes small."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL(None).mallopt(-8, 2)  # -8: M_ARENA_MAX
        except AttributeError:  # another C library
            return


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(2)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
    os._exit(1)
