"""Every icon named in a template or kept for data stands in the built sprite."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tiantang.ui.assets import DIST

ROOT = Path(__file__).resolve().parents[3]
CALL = re.compile(r"\bicon\(\s*[\"']([a-z0-9-]+)[\"']")


def sprite_names() -> set[str]:
    names = json.loads((DIST / "assets.json").read_text())
    return set(re.findall(r'<symbol id="([^"]+)"', (DIST / names["icons.svg"]).read_text()))


def test_every_icon_of_the_templates_is_drawn() -> None:
    used = {
        name
        for path in (ROOT / "tiantang").rglob("*.html")
        for name in CALL.findall(path.read_text(encoding="utf8"))
    }
    assert used - sprite_names() == set()


def test_every_icon_kept_for_data_is_drawn() -> None:
    assert set(json.loads((ROOT / "frontend" / "icons.json").read_text())) <= sprite_names()


def test_creatures_and_marks_are_drawn() -> None:
    assert {"mark", "torn", *(f"creature-{number}" for number in range(10))} <= sprite_names()


def test_page_weight_stays_below_sixty_kilobytes() -> None:
    import gzip

    names = json.loads((DIST / "assets.json").read_text())
    weight = sum(
        len(gzip.compress((DIST / names[name]).read_bytes())) for name in ("app.css", "app.js", "icons.svg")
    )
    assert weight < 60_000
