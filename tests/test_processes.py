"""Starting, falling over and stopping, with the real processes."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.measure import cpu_ms
from tests.installation import Installation, running, until

pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running(Installation(tmp_path_factory.mktemp("processes") / "home")) as installation:
        yield installation


def test_started_site_is_ready(site: Installation) -> None:
    status, body, _ = site.get("/healthz/ready")
    assert (status, b'"ready": true' in body) == (200, True), body


def test_web_process_that_is_killed_comes_back(site: Installation) -> None:
    before = set(site.children("web"))
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: not before & set(site.children("web")) and site.answers())


def test_worker_that_is_killed_comes_back(site: Installation) -> None:
    assert until(lambda: len(site.children("worker")) >= 1)
    before = set(site.children("worker"))
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: bool(set(site.children("worker")) - before))


def test_second_start_is_quick_and_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    site = Installation(tmp_path / "home")
    site.start()
    assert site.stop(signal.SIGINT) == 0
    assert site.processes() == []
    site.start()
    spent = cpu_ms(site.processes())
    assert site.stop(signal.SIGTERM) == 0
    assert spent < 5000, f"{spent:.0f} ms"  # of all processes together: a busy machine takes longer, not more
    assert not site.answers()


def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    site = Installation(tmp_path / "home")
    site.start()
    assert site.children("web") and site.children("worker")
    site.process.kill()
    site.process.wait()
    assert until(lambda: site.processes() == [], 30)


def test_occupied_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        site = Installation(tmp_path / "home", port=taken.getsockname()[1])
        assert refusal(site, "up", "--empty") == (
            f"Error: Port {site.port} on 127.0.0.1 is taken. Choose another with --port or TIANTANG_PORT."
        )


def test_unwritable_folder_is_one_clear_line(tmp_path: Path) -> None:
    site = Installation(Path("/proc/tiantang"), folder=tmp_path.parent)
    site.folder = Path(__file__).resolve().parents[1]
    assert "cannot write to /proc/tiantang" in refusal(site, "up", "--empty")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TIME_ZONE", "Middle/Earth", "is no time zone"),
        ("PORT", "many", "is not a whole number"),
        ("ENGINE", "abacus", "is unknown"),
        ("DATABASE_URL", "mysql://x", "use sqlite:///PATH or postgresql://"),
        ("DATABASE_URL", "postgresql://a:b@127.0.0.1:1/none", "The database does not answer"),
        ("STRICT", "maybe", "is unknown"),
        ("EMAIL_URL", "pigeon://x", "use smtp://"),
    ],
)
def test_bad_setting_is_one_clear_line(tmp_path: Path, name: str, value: str, words: str) -> None:
    site = Installation(tmp_path / "home", settings={f"TIANTANG_{name}": value})
    assert words in refusal(site, "migrate")


def test_missing_font_is_one_clear_line(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "fc-list").write_text("#!/bin/sh\n", encoding="ascii")
    (programs / "fc-list").chmod(0o755)
    site = Installation(tmp_path / "home", settings={"PATH": f"{programs}:{os.environ['PATH']}"})
    assert "No font with Chinese letters. apt install fonts-noto-cjk" in refusal(site, "up", "--empty")


def test_newer_schema_is_refused_and_untouched(tmp_path: Path) -> None:
    import sqlite3

    site = Installation(tmp_path / "home")
    assert site.run("migrate").returncode == 0
    with sqlite3.connect(site.home / "tiantang.sqlite3") as rows:
        rows.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('forum', '9999_future', '2030-01-01')"
        )
    rows.close()
    for command in ("migrate", "worker"):
        assert "written by a newer version" in refusal(site, command)


def refusal(site: Installation, *arguments: str) -> str:
    """The one line that a refused command says; it leaves with 1 and without a traceback."""
    done = site.run(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]
