"""What the outside may set: read once, typed, checked with clear messages.

Values come from the process environment, else from the file ``$TIANTANG_HOME/tiantang.env``
(``NAME=value`` lines), else from the defaults below.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ENGINES = ("duckdb",)
LANGUAGES = ("zh-hans", "en")


class SettingError(ValueError):
    """A setting that cannot be used; the text says which and how to mend it."""


@dataclass(frozen=True)
class Environment:
    """One installation's settings. Paths are absolute; time zones are IANA names.

    ``strict`` asks operators to sign in in two steps. ``trusted_proxies`` stand in front and name the client.
    """

    home: Path
    time_zone: str
    database_url: str
    engine: str
    language: str
    site_name: str
    site_url: str
    host: str
    port: int
    workers: int
    secret_key: str
    debug: bool
    fast_hashing: bool
    email_url: str
    strict: bool
    trusted_proxies: int

    @property
    def embedded(self) -> bool:
        """True when rows live in SQLite inside ``home``."""
        return self.database_url.startswith("sqlite")


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Read and check every setting.

    Raises SettingError with one sentence that names the variable and the mend.
    """
    outside = dict(os.environ if variables is None else variables)
    home = Path(outside.get("TIANTANG_HOME") or _default_home()).expanduser().absolute()
    values = {**_read_file(home / "tiantang.env"), **outside}

    def value(name: str, default: str) -> str:
        return values.get(f"TIANTANG_{name}") or default

    database_url = _database_url(value("DATABASE_URL", f"sqlite:///{home / 'tiantang.sqlite3'}"))
    port = _number("TIANTANG_PORT", value("PORT", "8000"), 0, 65535)
    return Environment(
        home=_ready_home(home),
        time_zone=_time_zone(value("TIME_ZONE", "Asia/Shanghai")),
        database_url=database_url,
        engine=_one_of("TIANTANG_ENGINE", value("ENGINE", "duckdb"), ENGINES),
        language=_one_of("TIANTANG_LANGUAGE", value("LANGUAGE", "zh-hans"), LANGUAGES),
        site_name=value("SITE_NAME", "天堂社区"),
        site_url=value("SITE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        host=value("HOST", "127.0.0.1"),
        port=port,
        workers=_number("TIANTANG_WORKERS", value("WORKERS", "2"), 1, 64),
        secret_key=value("SECRET_KEY", "") or _own_secret(home),
        debug=_switch("TIANTANG_DEBUG", value("DEBUG", "0")),
        fast_hashing=_switch("TIANTANG_FAST_HASHING", value("FAST_HASHING", "0")),
        email_url=value("EMAIL_URL", ""),
        strict=_switch("TIANTANG_STRICT", value("STRICT", "0" if database_url.startswith("sqlite") else "1")),
        trusted_proxies=_number("TIANTANG_TRUSTED_PROXIES", value("TRUSTED_PROXIES", "0"), 0, 9),
    )


def _default_home() -> str:
    checkout = Path(__file__).resolve().parents[2]
    in_checkout = (checkout / "pyproject.toml").exists()
    return str(checkout / "var") if in_checkout else str(Path.cwd() / "tiantang-home")


def _read_file(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingError(
            f"{path} cannot be read ({reason}). Make it a text file of NAME=value lines."
        ) from error
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): text.strip().strip("\"'") for name, text in pairs}


def _ready_home(home: Path) -> Path:
    """Make the folder when it is missing. Raises SettingError where that is not allowed."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(home, error) from error
    return home


def _cannot_write(home: Path, error: OSError) -> SettingError:
    return SettingError(f"TIANTANG_HOME: cannot write to {home} ({error.strerror}). Choose a folder you own.")


def _own_secret(home: Path) -> str:
    """A random key made at first start and kept in ``home`` with owner-only access."""
    path = home / "secret.key"
    if path.exists():
        return _kept_secret(path)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_secret(path)
    except OSError as error:
        raise _cannot_write(home, error) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _kept_secret(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"{path} cannot be read. Run as the account that owns it, or set TIANTANG_SECRET_KEY."
        ) from error


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # a folder of zones is no zone
        raise SettingError(
            f"TIANTANG_TIME_ZONE: {name!r} is no time zone. Use a name such as Asia/Shanghai."
        ) from error
    return name


def _database_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        kind, named, _ = parts.scheme, parts.path.strip("/"), parts.port
    except ValueError:  # brackets without a partner, a port that is no number
        kind, named = "", ""
    if kind not in ("sqlite", "postgresql", "postgres") or not named:
        raise SettingError(
            "TIANTANG_DATABASE_URL: use sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."
        )
    return url


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise SettingError(f"{name}: {text!r} is unknown. Use one of: {', '.join(allowed)}.")
    return text


def _switch(name: str, text: str) -> bool:
    return _one_of(name, text, ("0", "1")) == "1"


def _number(name: str, text: str, low: int, high: int) -> int:
    if not text.isdecimal() or not low <= int(text) <= high:
        raise SettingError(f"{name}: {text!r} is not a whole number from {low} to {high}.")
    return int(text)
