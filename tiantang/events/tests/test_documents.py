from __future__ import annotations

from pathlib import Path

from tiantang.events.bots import Drop
from tiantang.events.catalog import KINDS

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs/events.md").read_text(encoding="utf8")


def test_catalogue_stands_in_the_document_row_by_row():
    rows = [f"| `{kind.name}` | {kind.code} | {kind.sentence} |" for kind in KINDS]
    assert [row for row in rows if row not in DOCUMENT] == []


def test_every_reason_to_drop_a_visit_is_explained():
    assert [reason for reason in Drop if f"| `{reason.value}` |" not in DOCUMENT] == []


def test_every_module_has_its_line():
    folder = Path(__file__).resolve().parents[1]
    quiet = {"__init__", "apps", "models", "urls", "routers", "tasks", "locks"}
    names = {path.stem for path in folder.glob("*.py")} - quiet
    assert sorted(name for name in names if f"`{name}`" not in DOCUMENT) == []
