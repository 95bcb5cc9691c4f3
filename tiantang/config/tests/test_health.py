"""Alive, ready, and why not."""

from __future__ import annotations

import os
import time

import pytest
from django.test import Client

from tiantang.config import health
from tiantang.config.worker import alive_file

pytestmark = pytest.mark.django_db(databases="__all__")


def test_live_needs_nothing(client: Client):
    assert client.get("/healthz/live").content == b"ok"


def test_ready_when_everything_is_there(client: Client):
    alive_file().touch()
    response = client.get("/healthz/ready")
    assert (response.status_code, response.json()) == (200, {"ready": True, "reasons": [], "remarks": []})


def test_full_disk_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 62)
    response = client.get("/healthz/ready")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response.json()["reasons"] == ["the disk is full"]


def test_unknown_migration_is_not_ready(client: Client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.create(app="forum", name="9999_future")
    assert "database default was written by a newer version" in client.get("/healthz/ready").json()["reasons"]


def test_silent_worker_is_remarked(client: Client):
    alive_file().touch()
    long_ago = time.time() - 1000
    os.utime(alive_file(), (long_ago, long_ago))
    response = client.get("/healthz/ready")
    assert response.status_code == 200
    assert response.json()["remarks"] == ["no worker for 1000 s"]
