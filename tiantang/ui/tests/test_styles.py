"""What the built style sheets must hold, whatever else they say."""

from __future__ import annotations

import re

from tiantang.ui.assets import DIST


def sheet(name: str) -> str:
    """The built style sheet of that name, without white space."""
    path = next(DIST.glob(f"{name}-*.css"))
    return re.sub(r"\s+", "", path.read_text(encoding="utf8"))


def test_dictionary_is_styled_on_every_console_page() -> None:
    """The dictionary draws no chart, so it never loads the sheet that comes with the chart script."""
    assert ".entries" in sheet("app")
    assert ".find" in sheet("app")


def test_clamped_excerpt_is_not_stretched_by_the_picture_beside_it() -> None:
    assert "grid-column:1;align-self:start;" in sheet("app")
