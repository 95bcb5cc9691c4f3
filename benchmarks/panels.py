"""CPU time of the console's panels: ``.venv/bin/python -m benchmarks.panels [--home FOLDER]``.

Without --home a sample community is made first. Each panel is asked for as the data home asks for it, over
HTTP and signed in, for each of the last twelve months: made new the first time, kept the second.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.measure import descendants, hammer, report
from tests.installation import Installation

MONTHS = 12
ROUNDS = 20


def main() -> None:
    """Serve the community and ask for every panel."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path)
    chosen = options.parse_args().home
    with tempfile.TemporaryDirectory(prefix="tiantang-panels-") as folder:
        site = Installation(chosen or Path(folder) / "home", settings={"TIANTANG_STRICT": "0"})
        if chosen is None:
            assert site.run("migrate").returncode == 0
            assert site.run("demo", seconds=600).returncode == 0
        cookie, addresses = prepare(site)
        site.start("web")
        try:
            rows = measure(site, cookie, addresses)
        finally:
            site.stop()
    columns = ("page", "made new, CPU ms", "kept, CPU ms", "failures")
    report("panels", "Console panels, a whole request each", columns, rows)


def prepare(site: Installation) -> tuple[str, dict[str, str]]:
    """The lead's cookie, and what to ask for: title and address."""
    os.environ.update(site.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tiantang.config.settings"
    import django

    django.setup()
    from benchmarks.community import sign_in
    from tiantang.community.members.models import Member
    from tiantang.dashboards.panels import PANELS

    lead = Member.objects.filter(roles__role="lead").first()
    assert lead is not None, "nobody is lead of this installation"
    addresses = {f"panel {key}": f"/console/data/panels/{key}/" for key in PANELS}
    return sign_in(lead), {**addresses, "the whole data home": "/console/data/"}


def measure(site: Installation, cookie: str, addresses: dict[str, str]) -> list[tuple[object, ...]]:
    """One row for each address."""
    assert site.process is not None
    web = descendants(site.process.pid)
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip", "Accept-Language": "zh-CN"}
    hammer(site.port, ["/console/data/?period=7d"] * 20, lambda: web, headers=[headers])
    rows: list[tuple[object, ...]] = []
    for title, address in addresses.items():
        asked = [{**headers, **({"HX-Request": "true"} if title.startswith("panel") else {})}]
        pages = [f"{address}?period=custom&from={first}&to={last}" for first, last in months()]
        new = hammer(site.port, pages, lambda: web, headers=asked, connections=2, warm_up=0)
        kept = hammer(site.port, pages * ROUNDS, lambda: web, headers=asked, warm_up=MONTHS * 8)
        failures = new.failures + kept.failures
        rows.append((title, f"{new.cpu_per_request:.1f}", f"{kept.cpu_per_request:.1f}", failures))
    return rows


def months() -> list[tuple[str, str]]:
    """First and last day of each of the last twelve whole months."""
    found = []
    last = datetime.now(UTC).date().replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS):
        first = last.replace(day=1)
        found.append((first.isoformat(), last.isoformat()))
        last = first - timedelta(days=1)
    return found


if __name__ == "__main__":
    main()
