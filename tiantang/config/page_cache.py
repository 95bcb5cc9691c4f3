"""Pages for anonymous readers, kept in memory in front of Django.

A page is kept under its path, language, theme and the few query parameters that choose what it shows; only
when the view is one of ``KEPT_VIEWS``, the answer is a complete HTML page, and Django set no cookie with it.
It is served until something changed on the pages (``tiantang.common.pages``) or ``MAX_AGE`` passed.
Whoever has a session, a message waiting or an unknown parameter goes to Django.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.cookie import parse_cookie
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from tiantang.common.pages import Version, pages_version, version_file

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

KEPT_VIEWS = frozenset(
    {
        "portal:home",
        "forum:boards",
        "forum:board",
        "forum:topic",
        "forum:tag",
        "members:profile",
        "rules:rules",
    }
)
"""Views whose pages hold nothing of one visitor's own when nobody is signed in."""
PARAMETERS = frozenset({"page", "tab", "sort", "filter", "period"})
"""Query parameters that choose what a page shows; a page asked with any other is not kept."""
THEMES = frozenset({"light", "dark"})
MAX_AGE = 60.0
"""Seconds; the pages say how long ago things happened."""
CAPACITY = 48 * 1024 * 1024
"""Bytes of kept pages in one process."""
LARGEST = 1024 * 1024
KEEP = "tiantang.keep_page"
"""Key in the request's environ under which Django says that the answer may be kept."""

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """One kept answer: compressed, with the headers it is sent with."""

    version: Version
    made: float
    body: bytes
    etag: str
    headers: Headers
    not_modified: Headers


class PageCache:
    """WSGI middleware; one store per process, shared by its threads."""

    def __init__(self, application: Application, capacity: int = CAPACITY) -> None:
        self.application = application
        self.capacity = capacity
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._sign = version_file()
        self.hits = 0

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        version = pages_version(
            self._sign
        )  # read before Django reads rows: a change in between drops the page
        page = self._pages.get(key)
        if page is None or page.version != version or time.monotonic() - page.made > MAX_AGE:
            return self._make(key, version, environ, start_response)
        self.hits += 1
        return _send(page, environ, start_response)

    def _make(
        self, key: Key, version: Version, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        answer: list[Any] = []

        def remember(status: str, headers: Headers, *rest: Any) -> None:
            answer[:] = [status, headers]

        chunks = self.application(environ, remember)
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        status, headers = answer
        if not _may_be_kept(environ, status, headers, body):
            start_response(status, headers)
            return [body]
        page = _page_of(version, headers, body)
        self._keep(key, page)
        return _send(page, environ, start_response)

    def _keep(self, key: Key, page: Page) -> None:
        with self._lock:
            old = self._pages.pop(key, None)
            self._bytes += len(page.body) - (len(old.body) if old else 0)
            self._pages[key] = page
            while self._bytes > self.capacity:
                _, dropped = self._pages.popitem(last=False)
                self._bytes -= len(dropped.body)


def key_of(environ: dict[str, Any]) -> Key | None:
    """Under what the answer to this request may be kept, or None when it must come from Django."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_HX_REQUEST" in environ:
        return None
    cookies = _cookies(environ.get("HTTP_COOKIE", ""))
    if cookies is None:
        return None
    query = environ.get("QUERY_STRING", "")
    if query:
        ordered = _ordered(query)
        if ordered is None:
            return None
        query = ordered
    chosen, theme = cookies
    language = chosen or _spoken(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    return (environ.get("HTTP_HOST", ""), environ["PATH_INFO"], query, language, theme)


@lru_cache(maxsize=4096)
def _cookies(header: str) -> tuple[str, str] | None:
    """Language and theme chosen by cookies ("" for none); None when a cookie stands for one person."""
    if not header:
        return ("", "")
    jar = parse_cookie(header)  # as Django reads them, so that both see the same person
    if settings.SESSION_COOKIE_NAME in jar or "messages" in jar:
        return None
    theme = jar.get("theme", "")
    return (_variant(jar.get(settings.LANGUAGE_COOKIE_NAME, "")), theme if theme in THEMES else "")


@lru_cache(maxsize=1024)
def _ordered(query: str) -> str | None:
    """The query in one order, or None when a parameter is not among those that choose the page.

    Written as it was read: ``filter=a%26page%3D2`` is one value and never the key of two. Which of two values
    of one name counts is for Django to say.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    if any(name not in PARAMETERS or len(value) > 20 for name, value in pairs):
        return None
    if len({name for name, _ in pairs}) < len(pairs):
        return None
    return urlencode(sorted(pairs))


@lru_cache(maxsize=1024)
def _spoken(header: str) -> str:
    """The site's language that fits an Accept-Language header, chosen as Django chooses."""
    for code, _ in parse_accept_lang_header(header):
        if code == "*":
            break
        if variant := _variant(code):
            return variant
    return _variant(settings.LANGUAGE_CODE)


def _variant(code: str) -> str:
    if not code:
        return ""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return ""


def _may_be_kept(environ: dict[str, Any], status: str, headers: Headers, body: bytes) -> bool:
    names = {name.lower(): value for name, value in headers}
    return (
        environ.get(KEEP) is True
        and environ["REQUEST_METHOD"] == "GET"
        and status.startswith("200")
        and names.get("content-type", "").startswith("text/html")
        and "set-cookie" not in names
        and "content-encoding" not in names
        and 0 < len(body) <= LARGEST
    )


def _page_of(version: Version, headers: Headers, body: bytes) -> Page:
    packed = gzip.compress(body, compresslevel=6, mtime=0)
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    replaced = {"content-length", "etag", "cache-control", "vary", "content-encoding"}
    common = [(name, value) for name, value in headers if name.lower() not in replaced]
    common += [
        ("ETag", etag),
        ("Cache-Control", "private, no-cache"),
        ("Vary", "Cookie, Accept-Language, Accept-Encoding"),
    ]
    return Page(version, time.monotonic(), packed, etag, common, common)


def _send(page: Page, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", list(page.not_modified))
        return []
    headers, body = list(page.headers), page.body
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = gzip.decompress(body)
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
