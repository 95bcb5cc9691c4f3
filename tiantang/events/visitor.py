"""The browser's random number and what kind of client it is."""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from hashlib import blake2b, sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from tiantang.events.catalog import Client

COOKIE = "visitor"
LIFETIME_S = 400 * 24 * 60 * 60
"""Seconds; browsers keep no cookie longer."""

_SIGNED = re.compile(r"([0-9a-f]{16})\.([0-9a-f]{16})")
_PHONE = re.compile(r"Mobi|Android|iPhone|iPad|HarmonyOS|MicroMessenger")


def visitor_of(request: HttpRequest) -> int:
    """The number in the browser's cookie; 0 when there is none, or one that we did not give."""
    match = _SIGNED.fullmatch(request.COOKIES.get(COOKIE, ""))
    if match is None or not secrets.compare_digest(match[2], _signature(match[1], settings.SECRET_KEY)):
        return 0
    return int(match[1], 16)


def cookie_of(visitor: int) -> str:
    """The number as the browser keeps it: signed, so that nobody makes up browsers."""
    number = f"{visitor:016x}"
    return f"{number}.{_signature(number, settings.SECRET_KEY)}"


def _signature(number: str, secret: str) -> str:
    return blake2b(number.encode(), digest_size=8, key=_key(secret)).hexdigest()


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return sha256(b"visitor:" + secret.encode()).digest()


def new_visitor() -> int:
    """A number that stands for a browser and nothing else: 63 random bits."""
    return secrets.randbits(63) or 1


def remember_visitor(response: HttpResponseBase, visitor: int) -> None:
    """Give the browser its number."""
    response.set_cookie(
        COOKIE,
        cookie_of(visitor),
        max_age=LIFETIME_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def wants_no_number(request: HttpRequest) -> bool:
    """Whether the browser asks not to be recognised again (Global Privacy Control)."""
    return request.headers.get("Sec-GPC") == "1"


def client_of(request: HttpRequest) -> Client:
    """What kind of client sent the request, by its own hint, else by its user agent."""
    if request.path.startswith("/api/"):
        return Client.API
    agent = request.headers.get("User-Agent", "")
    hint = request.headers.get("Sec-CH-UA-Mobile", "")
    if hint == "?1" or _PHONE.search(agent):
        return Client.PHONE
    return Client.DESKTOP if agent else Client.UNKNOWN
