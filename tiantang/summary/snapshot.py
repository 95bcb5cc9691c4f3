"""The document as JSON and back: the very text that a frozen release keeps."""

from __future__ import annotations

import hashlib
import json
import types
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from tiantang.common.errors import TiantangError
from tiantang.summary.document import SCHEMA, Summary


def to_json(summary: Summary) -> str:
    """The document as one line of JSON; the same document always gives the same text."""
    return json.dumps(_plain(summary), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Summary:
    """Read a document back. Raises TiantangError for one written by a newer version."""
    held = json.loads(text)
    if held.get("schema", 0) > SCHEMA:
        raise TiantangError("This summary was written by a newer version of Tiantang; upgrade to read it.")
    read: Summary = _typed(held, Summary)
    return read


def figures_digest(summary: Summary) -> str:
    """A fingerprint of the figures alone: it changes exactly when a number in the summary changes."""
    return _digest(plain_figures(summary))


def content_digest(summary: Summary) -> str:
    """A fingerprint of everything but the cover, which tells the release's number and day."""
    held = _plain(summary)
    del held["cover"]
    return _digest(held)


def plain_figures(summary: Summary) -> dict[str, Any]:
    """The figures with their proofs as plain values."""
    return {key: _plain(facts) for key, facts in summary.figures.items()}


def _digest(held: Any) -> str:
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        named = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {"is": type(value).__name__, **named}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(value: Any, kind: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(value, get_args(kind))
    if origin is tuple:
        inner = get_args(kind)
        of = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_typed(item, each) for item, each in zip(value, of, strict=True))
    if origin is dict:
        return {key: _typed(item, get_args(kind)[1]) for key, item in value.items()}
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        known = {name: _typed(item, hints[name]) for name, item in value.items() if name in hints}
        return kind(**known)  # type: ignore[operator]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return value


def _one_of(value: Any, kinds: tuple[Any, ...]) -> Any:
    if value is None:
        return None
    if isinstance(value, dict):
        return _typed(value, next(kind for kind in kinds if kind.__name__ == value["is"]))
    return value
