"""CPU time of server processes, a load of many connections, and results as table and JSON."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Load:
    """What a load of requests cost. ``cpu_ms`` is of all server processes together."""

    requests: int
    cpu_ms: float
    per_second: float
    bytes: int
    failures: int

    @property
    def cpu_per_request(self) -> float:
        return self.cpu_ms / max(self.requests, 1)


def cpu_ms(pids: Iterable[int], *, ended: bool = False) -> float:
    """User and system time these processes have used so far, in ms; with ``ended`` children's too."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            total += sum(map(int, words[11 : 15 if ended else 13]))
    return total * 1000 / TICKS


def memory_mb(pids: Iterable[int]) -> float:
    """Memory of these processes, what they share counted once, in MB."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def descendants(pid: int) -> list[int]:
    """A process and everything it started."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = [pid]
    for parent in found:
        found += [child for child, its_parent in pairs if its_parent == parent]
    return found


def database_processes() -> list[int]:
    """The private PostgreSQL of bin/with-postgresql, when this script runs under it."""
    if not os.environ.get("TIANTANG_DATABASE_URL", "").startswith("postgres"):
        return []
    return [pid for pid in descendants(os.getppid()) if _name_of(pid) == "postgres"]


def _name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def hammer(
    port: int,
    addresses: Sequence[str],
    server: Callable[[], list[int]],
    *,
    connections: int = 16,
    headers: Sequence[dict[str, str]] = ({},),
    warm_up: int = 100,
) -> Load:
    """Ask for every address over ``connections`` kept-alive connections and count the servers' CPU time."""
    _ask_all(port, addresses[:warm_up], connections, headers)
    before, began = cpu_ms(server()), time.monotonic()
    sizes, failures = _ask_all(port, addresses, connections, headers)
    seconds = time.monotonic() - began
    spent = cpu_ms(server()) - before
    return Load(len(addresses), spent, len(addresses) / seconds, sum(sizes) // max(len(sizes), 1), failures)


def _ask_all(
    port: int, addresses: Sequence[str], connections: int, headers: Sequence[dict[str, str]]
) -> tuple[list[int], int]:
    queue = iter(list(enumerate(addresses)))
    lock = threading.Lock()
    sizes: list[int] = []
    failures = [0]

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                number, address = next(queue, (-1, ""))
            if number < 0:
                break
            connection.request("GET", address, headers=headers[number % len(headers)])
            answer = connection.getresponse()
            sizes.append(len(answer.read()))
            if answer.status != 200:
                failures[0] += 1
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sizes, failures[0]


PATHS_IN_TURN = """
local paths = {{{paths}}}
local turn = 0
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
done = function(summary)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write("counted ", summary.requests, " ", failures, " ", summary.bytes, " ", summary.duration, "\\n")
end
"""


def flood(
    port: int,
    addresses: Sequence[str],
    server: Callable[[], list[int]],
    *,
    connections: int = 16,
    headers: Mapping[str, str] | None = None,
    seconds: int = 4,
) -> Load:
    """The same with the program wrk, which asks faster than servers answer: for answers of micro-seconds.

    A server that waits for a slow client pays for every waking up; busy, it pays for the answers alone.
    """
    if shutil.which("wrk") is None:
        raise SystemExit("The load generator wrk is missing: apt install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf8") as script:
        script.write(PATHS_IN_TURN.format(paths=", ".join(f'"{address}"' for address in addresses)))
        script.flush()
        asking = ["wrk", "--threads", "1", "--connections", str(connections), "--script", script.name]
        for name, value in (headers or {}).items():
            asking += ["--header", f"{name}: {value}"]
        asking.append(f"http://127.0.0.1:{port}/")
        subprocess.run([*asking, "--duration", "1s"], capture_output=True, check=True)
        before = cpu_ms(server())
        said = subprocess.run(
            [*asking, "--duration", f"{seconds}s"], capture_output=True, text=True, check=True
        ).stdout
        spent = cpu_ms(server()) - before
    counted = said.partition("counted ")[2].split()
    requests, failures, size, lasted = map(int, counted[:4])
    return Load(requests, spent, requests * 1_000_000 / lasted, size // max(requests, 1), failures)


def report(name: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], **more: Any) -> None:
    """Print a table and write the same, with date and commit, to ``benchmarks/results/NAME.json``."""
    table = Table(title=title)
    for column in columns:
        table.add_column(column, justify="left" if column == columns[0] else "right")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console(width=130).print(table)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    RESULTS.mkdir(exist_ok=True)
    result = {
        "name": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit,
        "rows": [dict(zip(columns, row, strict=True)) for row in rows],
        **more,
    }
    text = json.dumps(result, ensure_ascii=False, indent=2)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf8")
