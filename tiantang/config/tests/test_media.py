"""Uploaded files are shown or saved, never run, and nothing outside the folder is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def folder() -> Path:
    path = Path(settings.MEDIA_ROOT) / "pictures"
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.mark.parametrize(
    ("name", "kind", "attached"),
    [
        ("a.png", "image/png", False),
        ("a.JPG", "image/jpeg", False),
        ("a.webp", "image/webp", False),
        ("a.svg", "application/octet-stream", True),
        ("a.html", "application/octet-stream", True),
        ("a.pdf", "application/octet-stream", True),
        ("a", "application/octet-stream", True),
    ],
)
def test_only_pictures_are_shown_in_place(client: Client, folder: Path, name: str, kind: str, attached: bool):
    (folder / name).write_bytes(b"<script>alert(1)</script>")
    response = client.get(f"/media/pictures/{name}")
    assert b"".join(response.streaming_content)
    assert response["Content-Type"] == kind
    assert response.get("Content-Disposition", "").startswith("attachment") == attached
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../secret.key", "%2e%2e/secret.key", "pictures", "none.png", ".hidden", "a%00b", "a" * 5_000]
)
def test_nothing_else_is_given(client: Client, folder: Path, name: str):
    (Path(settings.HOME) / "secret.key").write_text("secret", encoding="ascii")
    (folder.parent / ".hidden").write_text("secret", encoding="ascii")
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.django_db
def test_files_are_only_read(client: Client, folder: Path):
    assert client.post("/media/pictures/a.png").status_code in (403, 405)
