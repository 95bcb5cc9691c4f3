"""Foreign keys and templates keep to the floors, as imports do."""

from __future__ import annotations

import re
import tempfile
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["tool"]["importlinter"]
RIVER, COMMUNITY = (contract["layers"] for contract in CONTRACTS["contracts"])
INCLUDED = re.compile(r"""{%-?\s*(?:include|extends|import|from)\s+["']([a-z_]+)/[^"']+["']""")


def floor_of(package: str) -> tuple[int, int]:
    """(floor of the river, floor inside community); 0 is the ground."""
    parts = package.split(".")
    outer = next(n for n, layer in enumerate(reversed(RIVER)) if f"tiantang.{parts[1]}" in layer.split(" | "))
    inner = list(reversed(COMMUNITY)).index(parts[2]) if parts[1] == "community" else 0
    return outer, inner


def may_know(user: str, used: str) -> bool:
    (outer, inner), (used_outer, used_inner) = floor_of(user), floor_of(used)
    same_house = user.split(".")[1] == used.split(".")[1]
    return user == used or outer > used_outer or (same_house and inner > used_inner)


OURS = {config.label: config.name for config in apps.get_app_configs() if config.name.startswith("tiantang.")}
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]


def slice_of(path: Path) -> str:
    """The package of a template folder: the part, or the slice inside community."""
    parts = path.relative_to(ROOT).parts
    return ".".join(parts[: 3 if parts[1] == "community" else 2])


TEMPLATES = sorted(path for folder in settings.TEMPLATE_FOLDERS for path in folder.rglob("*.html"))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type[Model]) -> None:
    for field in model._meta.get_fields():
        related = getattr(field, "related_model", None)
        if related is None or field.auto_created or related._meta.app_label not in OURS:
            continue
        user, used = OURS[model._meta.app_label], OURS[related._meta.app_label]
        assert may_know(user, used), f"{model.__name__}.{field.name} points up to {related.__name__}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "tiantang")))
def test_templates_use_only_what_lies_below(path: Path) -> None:
    homes = {
        folder.name: slice_of(folder)
        for parent in settings.TEMPLATE_FOLDERS
        if parent.exists()
        for folder in parent.iterdir()
    }
    user = slice_of(path)
    for name in INCLUDED.findall(path.read_text(encoding="utf8")):
        assert may_know(user, homes[name]), f"{path.name} uses {name}/… from a floor above"


def test_order_of_the_floors_is_known() -> None:
    assert may_know("tiantang.community.forum", "tiantang.community.members")
    assert not may_know("tiantang.community.members", "tiantang.community.forum")
    assert not may_know("tiantang.community.forum", "tiantang.metrics")
    assert not may_know("tiantang.metrics", "tiantang.community.forum")
    assert may_know("tiantang.portal", "tiantang.community.moderation")


def test_tests_touch_no_installation_but_their_own() -> None:
    for folder in (settings.HOME, settings.LAKE, settings.MEDIA_ROOT):
        assert Path(folder).is_relative_to(tempfile.gettempdir())
        assert not Path(folder).is_relative_to(ROOT)
