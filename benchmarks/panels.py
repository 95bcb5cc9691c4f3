"""CPU time of the console's panels: ``.venv/bin/python -m benchmarks.panels [--home FOLDER]``.

Without --home a sample community is made first. Each panel is asked for as the data home asks for it, over
HTTP and signed in: made new for each of the last forty weeks and twelve months, kept for the months.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks.measure import descendants, hammer, report
from tests.installation import Installation
from tiantang.metrics.periods import Grain

MONTHS, WEEKS = 12, 40
PERIODS: tuple[tuple[Grain, int], ...] = (("week", WEEKS), ("month", MONTHS))
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
    warm = ["/console/data/?period=7d", "/console/data/panels/retention/?period=7d"]
    hammer(site.port, warm * 20, lambda: web, headers=[{**headers, "HX-Request": "true"}])
    rows: list[tuple[object, ...]] = []
    for title, address in addresses.items():
        asked = [{**headers, **({"HX-Request": "true"} if title.startswith("panel") else {})}]
        pages = [f"{address}?period={code}" for code in periods()]
        new = hammer(site.port, pages, lambda: web, headers=asked, connections=2, warm_up=0)
        again = pages[-MONTHS:] * ROUNDS
        kept = hammer(site.port, again, lambda: web, headers=asked, warm_up=MONTHS * 8)
        failures = new.failures + kept.failures
        rows.append((title, f"{new.cpu_per_request:.1f}", f"{kept.cpu_per_request:.1f}", failures))
    return rows


def periods() -> list[str]:
    """The last whole weeks and months, as addresses name them."""
    from tiantang.metrics import clock
    from tiantang.metrics.periods import Period, period_of

    found: list[Period] = []
    for grain, count in PERIODS:
        period = period_of(clock.today(), grain)
        for _ in range(count):
            period = period.previous()
            found.append(period)
    return [period.code for period in found]


if __name__ == "__main__":
    main()
