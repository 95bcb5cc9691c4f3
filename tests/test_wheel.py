"""The wheel, installed into a fresh environment, is a whole installation."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import ROOT, Installation, running

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The wheel in an environment of its own; the dependencies are those of the locked environment."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder / "environment", with_pip=False, symlinks=True)
    python = folder / "environment" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    packages = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    locked = sysconfig.get_path("purelib")
    (Path(packages) / "locked.pth").write_text(locked + "\n", encoding="utf8")
    command = (str(python.parent / "tiantang"),)
    with running(Installation(folder / "home", tiantang=command, folder=folder)) as installation:
        yield installation


def test_wheel_brings_what_was_built_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(re.search(r"ui/dist/.*\.css$", name) for name in names)
    assert any(re.search(r"ui/dist/.*\.css\.(br|gz)$", name) for name in names)
    assert any(name.endswith("django.mo") for name in names)
    assert any(name.endswith(".sql") for name in names)
    assert [name for name in names if "/tests/" in name] == []


def test_installed_site_shows_its_front_page_and_assets(site: Installation) -> None:
    status, body, headers = site.get("/", **{"Accept-Language": "zh-CN"})
    page = body.decode("utf8")
    assert status == 200
    assert "default-src 'self'" in headers["content-security-policy"]
    assets = set(re.findall(r"/static/[^\"'#? )]+", page))
    assert any(asset.endswith(".css") for asset in assets)
    for asset in assets:
        status, body, headers = site.get(asset)
        assert (status, bool(body)) == (200, True), asset
        assert "immutable" in headers["cache-control"], asset


def test_installed_command_line_knows_its_version_and_program(site: Installation) -> None:
    said = site.run("--version").stdout.strip()
    assert re.fullmatch(r"\d+\.\d+\.\d+", said)
    where = site.run("doctor", "--json")
    assert '"organ": "front end",\n    "state": "well"' in where.stdout, where.stderr
