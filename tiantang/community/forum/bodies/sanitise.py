"""The sanitiser: a short list of elements passes, everything else leaves its text behind."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import nh3
from django.conf import settings

from tiantang.community.forum.bodies.tongues import mark_languages

LISTED = """
a b blockquote br code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre rp rt
ruby s samp small span strong sub sup table tbody td th thead tr u ul
"""
CLEANER = nh3.Cleaner(
    tags=set(LISTED.split()),
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt", "title"},
        "ol": {"start"},
        "th": {"colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
    },
    tag_attribute_values={
        "span": {"role": {"button"}, "tabindex": {"0"}},
        "th": {"align": {"left", "center", "right"}},
        "td": {"align": {"left", "center", "right"}},
    },
    allowed_classes={
        "a": {"mention"},
        "span": {"spoiler"},
        "blockquote": {"spoiler"},
        "figcaption": {"post-cap"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
)

# The serialiser escapes quotes inside attributes, so these read its output exactly.
ATTRIBUTE = r'(?:\s+[a-z]+="[^"]*")*'
PICTURE_OR_LINK = re.compile(rf"<a{ATTRIBUTE}>|</a>|<img({ATTRIBUTE})>")
NAMED = re.compile(r'([a-z]+)="([^"]*)"')
HEADING = re.compile(r"<(/?)h([1-6])>")
OWN_PICTURE = re.compile(
    r"(?:pictures|thumbs)/(?:\d{4}/\d{2}|sample)/[\w-]{1,120}\.(?:webp|avif|png|jpe?g|gif)", re.ASCII
)
"""Names of uploaded pictures below the media folder, and of nothing else: a reader's browser fetches them."""
SIZE_IN_NAME = re.compile(r"-(\d{1,5})x(\d{1,5})(?:_\w+)?\.\w+$")
LONE_PICTURE = re.compile(rf"<p>\s*(<img({ATTRIBUTE})>)\s*</p>")


def sanitise_html(source: str) -> str:
    """HTML from anywhere as HTML for our pages.

    Unknown elements lose their tags, not their words; links are marked as written by members; pictures of
    other hosts become links, because pages call no third party; headings step below the page's own.
    """
    clean = CLEANER.clean(source)
    if "<h" in clean:
        clean = HEADING.sub(_lower_heading, clean)
    if "<img" in clean:
        clean = "".join(_own_pictures(clean))
        clean = LONE_PICTURE.sub(_as_figure, clean)
    return mark_languages(clean.strip())


def own_picture(address: str) -> str:
    """The stored name of a picture of ours at this address, or an empty string.

    Only names as we write them: no dots that climb, nothing percent-encoded, no query. An address such as
    ``/media/../theme/dark`` would make every reader's browser go where the writer wants.
    """
    name = address.removeprefix(settings.MEDIA_URL)
    return name if name != address and OWN_PICTURE.fullmatch(name) else ""


def _lower_heading(match: re.Match[str]) -> str:
    return f"<{match[1]}h{min(max(int(match[2]) + 1, 3), 5)}>"


def _own_pictures(clean: str) -> Iterator[str]:
    position, inside_link = 0, False
    for match in PICTURE_OR_LINK.finditer(clean):
        yield clean[position : match.start()]
        position = match.end()
        if match[0].startswith("<img"):
            yield _picture(dict(NAMED.findall(match[1] or "")), inside_link)
        else:
            inside_link = match[0] != "</a>"
            yield match[0]
    yield clean[position:]


def _picture(attributes: dict[str, str], inside_link: bool) -> str:
    source, words = attributes.get("src", ""), attributes.get("alt", "")
    if own_picture(source):
        title = f' title="{attributes["title"]}"' if attributes.get("title") else ""
        return f'<img src="{source}" alt="{words}"{title}{_size(source)} loading="lazy" decoding="async">'
    name = words or source.rsplit("/", 1)[-1]
    if inside_link or not source:
        return name
    return f'<a href="{source}" rel="nofollow ugc noopener">{name or source}</a>'


def _size(source: str) -> str:
    """Uploaded pictures carry their size in the name, so that a page keeps still while they load."""
    match = SIZE_IN_NAME.search(source)
    return f' width="{match[1]}" height="{match[2]}"' if match else ""


def _as_figure(match: re.Match[str]) -> str:
    title = dict(NAMED.findall(match[2])).get("title", "")
    caption = (
        f'<figcaption class="post-cap">{html.escape(html.unescape(title))}</figcaption>' if title else ""
    )
    return f"<figure>{match[1]}{caption}</figure>"
