"""What a whole work summary costs: ``.venv/bin/python -m benchmarks.summary --home FOLDER PERIOD``.

Without --home a sample community is made first.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.measure import report
from tests.installation import Installation


def main() -> None:
    """Write web page, PDF, slides and Markdown in both languages."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path)
    options.add_argument("period", nargs="?", default="")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="tiantang-summary-") as folder:
        site = Installation(chosen.home or Path(folder) / "home")
        rows = []
        if chosen.home is None:
            assert site.run("migrate").returncode == 0
            rows.append(("sample community", *cost_of(site, "demo")))
        period = chosen.period or last_month()
        for language in ("zh", "en"):
            out = Path(folder) / language
            formats = "html,pdf,pptx,md"
            arguments = ("summary", period, "--lang", language, "--format", formats, "--out", str(out))
            rows.append((f"work summary of {period}, {language}", *cost_of(site, *arguments)))
    columns = ("what", "seconds", "CPU s", "most memory so far MB")
    report("summary", "Work summary: web page, PDF, PPTX, Markdown", columns, rows)


def cost_of(site: Installation, *arguments: str) -> tuple[str, str, str]:
    """Seconds, CPU seconds and memory of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = site.run(*arguments, seconds=1800)
    assert done.returncode == 0, done.stderr[-2000:]
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{seconds:.1f}", f"{cpu:.1f}", f"{after.ru_maxrss / 1024:.0f}"


def last_month() -> str:
    from datetime import UTC, datetime, timedelta

    return (datetime.now(UTC).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


if __name__ == "__main__":
    main()
