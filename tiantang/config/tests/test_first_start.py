"""What a first start says: sign-ins and files once, by the greeting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tiantang.community.forum.tests.factory import make_member
from tiantang.config import first_start
from tiantang.config.commands import demo, summary
from tiantang.config.environment import read_environment
from tiantang.config.greeting import greet
from tiantang.demo.accounts import PASSWORD, SAMPLE_SIGN_INS
from tiantang.demo.pipeline import Sample


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation whose sample and summary take no time to make."""
    settings.HOME = tmp_path
    counts = dict.fromkeys(Sample.__dataclass_fields__, 7)
    monkeypatch.setattr(demo, "_run", lambda plan, force, quiet: Sample(**counts))
    monkeypatch.setattr(summary, "write_summary", lambda period, folder: write(folder / "summary.pdf"))
    monkeypatch.setattr(first_start, "STEPS", first_start.STEPS[1:])
    return tmp_path


def write(path: Path) -> None:
    path.parent.mkdir()
    path.touch()


def test_sign_ins_and_files_are_told_once(
    home: Path, db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    first_start.first_start(Console(), with_sample=True)
    greet(Console(), read_environment({"TIANTANG_HOME": str(home)}))
    said = capsys.readouterr().out
    assert said.count(PASSWORD) == len(SAMPLE_SIGN_INS)
    assert said.count("summary.pdf") == 1
    assert "7 members" in said


def test_an_empty_installation_tells_how_to_lead_it_until_somebody_does(
    home: Path, db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setenv("TIANTANG_HOME", str(home))
    environment = read_environment({"TIANTANG_HOME": str(home)})
    greet(Console(), environment)
    assert f"TIANTANG_HOME={home} " in (said := capsys.readouterr().out)
    assert "tiantang member create NAME --role lead" in said
    make_member(role="lead")
    greet(Console(), environment)
    assert "member create" not in capsys.readouterr().out


def test_demo_by_hand_tells_the_sign_ins(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo.command.main([], standalone_mode=False)
    assert capsys.readouterr().out.count(PASSWORD) == len(SAMPLE_SIGN_INS)


def test_steps_done_before_are_not_done_again(
    home: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert first_start.first_start(Console(), with_sample=True)
    capsys.readouterr()
    assert not first_start.first_start(Console(), with_sample=True)
    assert capsys.readouterr().out == ""
