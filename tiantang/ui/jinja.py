"""The Jinja2 environment all pages share."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.template import engines
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from tiantang.ui import words
from tiantang.ui.assets import asset, has_asset
from tiantang.ui.kept import kept
from tiantang.ui.tongues import spoken

PROVIDED: dict[str, Callable[..., Any]] = {}
"""Functions that upper floors lend to the templates; see ``provide``."""


def provide(name: str, function: Callable[..., Any]) -> None:
    """Lend a function to every template, from an app's ``ready()``: the interface imports nobody above it."""
    PROVIDED[name] = function


def environment(**options: Any) -> Environment:
    """Build the environment: translations with context, addresses, assets, words for numbers and times."""
    options.setdefault("undefined", StrictUndefined)
    built = Environment(  # noqa: S701 - Django switches autoescape on in the options
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, **options
    )
    built.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    built.globals.update(
        static=static,
        url=address,
        url_if=address_if,
        with_query=with_query,
        asset=asset,
        has_asset=has_asset,
        media=media,
        short_count=words.short_count,
        ago=words.ago,
        moment_text=words.moment_text,
        day_text=words.day_text,
        page_numbers=page_numbers,
        icon=icon,
        kept=kept,
        spoken=spoken,
        **PROVIDED,
    )
    return built


@lru_cache(maxsize=8)
def parts_in(language: str) -> Any:
    """The components of ``ui/parts.html`` for pages in this language, made once and not for every page."""
    templates: Any = engines["jinja2"]
    return templates.env.get_template("ui/parts.html").make_module({"language": language})


@lru_cache(maxsize=16_384)
def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page: ``url("forum:topic", topic.id)``. Raises NoReverseMatch.

    Addresses never change while the program runs; a list page asks for a hundred, 20 µs each.
    """
    return reverse(name, args=args, kwargs=kwargs)


@lru_cache(maxsize=1024)
def icon(name: str, small: bool = False) -> Markup:
    """A Tabler outline icon; python instead of a macro, for a page shows a hundred."""
    size = " s" if small else ""
    return Markup(  # noqa: S704 - the name is escaped
        f'<svg class="icon{size}" aria-hidden="true"><use href="{asset("icons.svg")}#{escape(name)}"/></svg>'
    )


def address_if(name: str, *args: Any) -> str:
    """The address of a page, or nothing when this installation has no such page."""
    try:
        return address(name, *args)
    except NoReverseMatch:
        return ""


def with_query(location: str, **changes: Any) -> str:
    """The same address with query values changed; None takes one away."""
    parts = urlsplit(location)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query.update({key: str(value) for key, value in changes.items() if value is not None})
    for key in (key for key, value in changes.items() if value is None):
        query.pop(key, None)
    return urlunsplit(parts._replace(query=urlencode(query)))


def media(name: Any) -> str:
    """The address of an uploaded file, from its stored name or file field."""
    return settings.MEDIA_URL + quote(str(name))


def page_numbers(current: int, last: int) -> list[int]:
    """Numbers a pager shows; 0 stands for a gap: 1 0 4 5 6 0 20."""
    near = {1, last, *range(current - 1, current + 2)}
    shown: list[int] = []
    for number in sorted(n for n in near if 1 <= n <= last):
        if shown and number - shown[-1] == 2:
            shown.append(number - 1)
        elif shown and number - shown[-1] > 2:
            shown.append(0)
        shown.append(number)
    return shown
