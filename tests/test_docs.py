"""Documents that fall behind the program fail here."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from tiantang.config.cli import COMMANDS, main
from tiantang.config.environment import Environment
from tiantang.events.catalog import KINDS

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))
READMES = ["README.md", "README.zh-CN.md"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf8")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_event_is_documented(kind) -> None:
    assert f"`{kind.name}`" in read("docs/events.md")


def test_every_metric_is_documented() -> None:
    from tiantang.metrics.registry import METRICS

    text = read("docs/metrics.md")
    assert [name for name in METRICS if f"`{name}`" not in text] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_documented(readme: str) -> None:
    text = read(readme)
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        words = list(command.commands) if isinstance(command, click.Group) else []
        assert f"`{name}" in text
        for word in words:
            assert re.search(rf"`(?:{name} )?{word}\b", text), f"{name} {word} is not in {readme}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command.get_short_help_str()


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_documented(readme: str) -> None:
    derived = {"home": "HOME"}
    names = [derived.get(field.name, field.name.upper()) for field in fields(Environment)]
    assert [name for name in names if f"`TIANTANG_{name}`" not in read(readme)] == []


def test_every_setting_that_is_read_is_documented() -> None:
    sources = [*(ROOT / "tiantang").rglob("*.py")]
    found = {
        name
        for path in sources
        if "tests" not in path.parts
        for name in re.findall(r"TIANTANG_[A-Z]+(?:_[A-Z]+)*", path.read_text(encoding="utf8"))
    }
    internal = {"TIANTANG_PARENT"}
    text = read("README.md")
    assert sorted(name for name in found - internal if f"`{name}`" not in text) == []


def test_every_dependency_has_its_reason() -> None:
    text = read("docs/dependencies.md").lower()
    groups = PROJECT["dependency-groups"]
    wanted = [*PROJECT["project"]["dependencies"], *groups["dev"], *groups["build"]]
    names = [re.split(r"[\[<>=~; ]", entry)[0].lower() for entry in wanted]
    front = json.loads(read("frontend/package.json"))
    names += [*front.get("dependencies", {}), *front.get("devDependencies", {})]
    assert [name for name in names if f"| {name.lower()} |" not in text] == []


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{path.relative_to(ROOT)} → {target}"
        for path in documents
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_lock_files_pin_every_package_with_hashes() -> None:
    for name in ("run", "build", "dev"):
        text = read(f"requirements/{name}.txt")
        entries = re.split(r"\n(?=\S)", text.strip())
        assert entries and all("==" in entry and "--hash=sha256:" in entry for entry in entries), name


def test_english_and_chinese_readme_have_the_same_parts() -> None:
    english, chinese = (re.findall(r"^(#+) ", read(name), re.MULTILINE) for name in READMES)
    assert english == chinese
    blocks = [re.findall(r"^\| `", read(name), re.MULTILINE) for name in READMES]
    assert len(blocks[0]) == len(blocks[1])
