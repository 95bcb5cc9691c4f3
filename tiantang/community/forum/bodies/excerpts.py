"""Short forms of a body for lists: its first words and its first picture."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tiantang.community.forum.bodies.mathematics import formulas_as_text
from tiantang.community.forum.bodies.sanitise import own_picture

COVERED = re.compile(r'<(span|blockquote) class="spoiler"[^>]*>(.*?)</\1>', re.DOTALL)
QUOTE = re.compile(r"<blockquote>.*?</blockquote>", re.DOTALL)
CODE = re.compile(r"<(pre|figcaption)[^>]*>.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
BREAK = re.compile(r"</(?:p|li|h\d|td|th|tr|dt|dd|figcaption)>|<br>")
BLANK = re.compile(r"\s+")
PICTURE = re.compile(r'<img src="([^"]+)"')
COVER = "▇▇▇"


def excerpt_of(body_html: str, length: int = 200) -> str:
    """The first ``length`` characters of a sanitised body in its author's own words.

    Quotes, code and captions are left out, spoilers stay covered.
    """
    words = plain_text(_own_words(body_html), length * 12)
    if len(words) <= length:
        return words
    return words[: length - 1].rstrip() + "…"


def _own_words(body_html: str) -> str:
    body_html = formulas_as_text(body_html)
    if ' class="spoiler"' in body_html:
        body_html = COVERED.sub(COVER, body_html)
    if "<blockquote>" in body_html:
        body_html = QUOTE.sub(" ", body_html)
    if "<pre" in body_html or "<figcaption" in body_html:
        body_html = CODE.sub(" ", body_html)
    return body_html


def plain_text(body_html: str, most: int = 0) -> str:
    """The text of a sanitised body on one line; only the first ``most`` characters of HTML when given."""
    body_html = formulas_as_text(body_html)
    start = body_html[:most] if most else body_html
    if len(start) < len(body_html):
        start = start[: start.rfind("<")] if start.rfind("<") > start.rfind(">") else start
    return BLANK.sub(" ", html.unescape(TAG.sub("", BREAK.sub(" ", start)))).strip()


def words_to_quote(body_html: str, most: int) -> str:
    """The first ``most`` characters of a body as a quote takes them: spoilers between ``||`` again."""
    words = plain_text(COVERED.sub(r"||\2||", body_html))[:most]
    return f"{words}||" if words.count("||") % 2 else words


def thumbnail_of(body_html: str) -> str:
    """Stored name of the small form of the first uploaded picture, or an empty string."""
    return next(thumbnails_of(body_html), "")


def thumbnails_of(body_html: str) -> Iterator[str]:
    """Stored names of the small forms of all uploaded pictures that no spoiler covers."""
    for address in PICTURE.findall(COVERED.sub("", body_html)):
        name = own_picture(address)
        if name.startswith("pictures/"):
            yield f"thumbs/{name.removeprefix('pictures/')}"
