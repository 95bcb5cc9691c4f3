"""Settings: from the environment, from the file, or their defaults; wrong ones say how to mend them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiantang.config.databases import databases
from tiantang.config.email import mail_settings
from tiantang.config.environment import SettingError, read_environment


def test_defaults_make_an_embedded_installation(tmp_path: Path):
    environment = read_environment({"TIANTANG_HOME": str(tmp_path / "home")})
    assert environment.time_zone == "Asia/Shanghai"
    assert environment.embedded
    assert not environment.strict
    assert environment.site_url == "http://127.0.0.1:8000"
    assert set(databases(environment)) == {"default", "visits"}


def test_file_is_read_and_the_environment_wins(tmp_path: Path):
    (tmp_path / "tiantang.env").write_text(
        "# ours\nTIANTANG_SITE_NAME='茶馆'\nTIANTANG_PORT=9000\n", encoding="utf8"
    )
    environment = read_environment({"TIANTANG_HOME": str(tmp_path), "TIANTANG_PORT": "9001"})
    assert (environment.site_name, environment.port) == ("茶馆", 9001)


def test_secret_is_made_once_and_is_the_owners_alone(tmp_path: Path):
    first = read_environment({"TIANTANG_HOME": str(tmp_path)}).secret_key
    assert read_environment({"TIANTANG_HOME": str(tmp_path)}).secret_key == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_postgresql_is_one_database_and_strict(tmp_path: Path):
    url = "postgresql://me:p%40ss@db.example:5433/site"
    environment = read_environment({"TIANTANG_HOME": str(tmp_path), "TIANTANG_DATABASE_URL": url})
    (only,) = databases(environment).values()
    assert (only["NAME"], only["PASSWORD"], only["HOST"], only["PORT"]) == (
        "site",
        "p@ss",
        "db.example",
        "5433",
    )
    assert environment.strict


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIME_ZONE", "Nowhere"),
        ("PORT", "-1"),
        ("PORT", "70000"),
        ("WORKERS", "0"),
        ("LANGUAGE", "fr"),
        ("ENGINE", "x"),
        ("DATABASE_URL", "oracle://x"),
        ("DEBUG", "yes"),
        ("TRUSTED_PROXIES", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("TIME_ZONE", "Asia"),
        ("PORT", "8²"),
        ("DATABASE_URL", "postgresql://me:secret@host:abc/site"),
        ("DATABASE_URL", "postgresql://[host/site"),
        ("DATABASE_URL", "postgresql:"),
        ("DATABASE_URL", "sqlite:"),
    ],
)
def test_wrong_setting_names_itself(tmp_path: Path, name: str, value: str):
    with pytest.raises(SettingError, match=f"^TIANTANG_{name}: .*"):
        read_environment({"TIANTANG_HOME": str(tmp_path), f"TIANTANG_{name}": value})


def test_mail_goes_nowhere_without_a_server():
    assert mail_settings("")["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


def test_mail_server_from_one_address():
    found = mail_settings("smtps://me:s%3Aecret@mail.example?from=site@example.org")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_SSL"]) == ("mail.example", 465, True)
    assert (found["EMAIL_HOST_PASSWORD"], found["DEFAULT_FROM_EMAIL"]) == ("s:ecret", "site@example.org")


@pytest.mark.parametrize(
    "url", ["smtp://mail.example:abc", "smtp://[mail", "mail.example", "ftp://mail.example"]
)
def test_wrong_mail_server_names_the_setting(url: str):
    with pytest.raises(SettingError, match=r"^TIANTANG_EMAIL_URL: use smtp"):
        mail_settings(url)


@pytest.mark.parametrize("name", ["tiantang.env", "secret.key"])
@pytest.mark.parametrize("kind", ["folder", "bytes"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, kind: str):
    path = tmp_path / name
    if kind == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"\xff\xfe=x\n")
    with pytest.raises(SettingError, match=f"{name} cannot be read"):
        read_environment({"TIANTANG_HOME": str(tmp_path)})
