"""Pieces of pages are drawn once per key, and the store stays within its room."""

from __future__ import annotations

import pytest
from django.template import engines
from markupsafe import Markup

from tiantang.ui import kept as room
from tiantang.ui.kept import Kept


@pytest.fixture(autouse=True)
def empty() -> None:
    room.KEPT.clear()


def draw(source: str, **context: object) -> str:
    return engines["jinja2"].env.from_string(source).render(**context)  # type: ignore[attr-defined]


def test_block_is_drawn_once_for_each_key() -> None:
    drawn: list[str] = []
    source = '{% call kept("piece", name) %}<b>{{ draw(name) }}</b>{% endcall %}'
    seen = [draw(source, name=name, draw=lambda name: drawn.append(name) or name) for name in "aba"]
    assert (seen, drawn) == (["<b>a</b>", "<b>b</b>", "<b>a</b>"], ["a", "b"])


def test_kept_piece_stays_escaped_once() -> None:
    source = '{% call kept("piece") %}{{ name }}{% endcall %}'
    assert [draw(source, name="<i>") for _ in range(2)] == ["&lt;i&gt;", "&lt;i&gt;"]


def test_least_recently_used_make_room() -> None:
    store: Kept[Markup] = Kept(room=10)
    for key in ("a", "b"):
        store.put((key,), Markup("12345"), 5)
    assert store.get(("a",)) is not None
    store.put(("c",), Markup("12345"), 5)
    assert [store.get((key,)) is None for key in "abc"] == [False, True, False]
    assert store.used == 10


def test_piece_replaced_counts_once() -> None:
    store: Kept[Markup] = Kept(room=10)
    for _ in range(3):
        store.put(("a",), Markup("12345"), 5)
    assert store.used == 5


def test_old_piece_is_drawn_anew() -> None:
    store: Kept[Markup] = Kept(room=10, seconds=-1)
    store.put(("a",), Markup("x"), 1)
    assert store.get(("a",)) is None
