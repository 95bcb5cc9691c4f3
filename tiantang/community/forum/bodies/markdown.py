"""Markdown as the community writes it: tables, strikethrough, spoilers, mentions, clickable addresses."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from django.utils.translation import pgettext
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, table
from markdown_it.rules_inline import StateInline

from tiantang.community.forum.bodies.mathematics import CLOSING, OPENING, formula_ends, with_mathematics
from tiantang.community.forum.bodies.mentions import People, mention_at
from tiantang.community.forum.bodies.sanitise import sanitise_html
from tiantang.community.forum.bodies.tongues import mark_line
from tiantang.community.forum.models.posts import SourceFormat
from tiantang.community.forum.refusals import Refused

SPOILERS = (("||", "||"), (">!", "!<"))
# Chinese text does not put a space after an address; its letters and punctuation end it.
ADDRESS = re.compile(
    r"https?://[^\s<>\"'`|\\^{}\u2018-\u201f\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]{3,2000}"
)
NOT_AT_THE_END = ".,;:!?*_~"
CELLS_MOST = 2_000
"""Table cells in one text: two hundred rows of ten. A few kilobytes could make a hundred thousand."""
QUOTES_DEEPEST = 6
"""Quotes within quotes; deeper ``>`` stay characters. Every level reads all lines within it again."""
HTML_LONGEST = 300_000
"""Characters of HTML one text may become; a page shows twenty."""


def render_body(source: str, source_format: str = SourceFormat.MARKDOWN, people: People | None = None) -> str:
    """The HTML of a post. ``people`` maps lower-case handles that exist to their addresses.

    Raises Refused when the text would become too large a page.
    """
    if source_format == SourceFormat.HTML:
        return with_mathematics(sanitise_html(source), from_outside=True)
    return _finished(POSTS.render(source, {"people": people or {}}))


def render_comment(source: str, people: People | None = None, *, from_outside: bool = False) -> str:
    """The HTML of a comment: one paragraph's worth of Markdown, lines kept.

    ``from_outside``: written elsewhere, where single dollars may hold mathematics.
    """
    text = source.strip()
    if not MARKS.search(text) and not (people and "@" in text):
        return mark_line(text)
    return mark_line(
        _finished(COMMENTS.renderInline(text, {"people": people or {}, "from_outside": from_outside}))
    )


def _finished(html: str) -> str:
    return with_mathematics(_within_reason(sanitise_html(html)), from_outside=False)


MARKS = re.compile(r"[`*_~\[\]<>&\\|$\x00-\x1f\x7f\xa0]|http")
"""What Markdown or HTML could take for more than itself. Most comments hold none and are their own HTML."""


def _formula(state: StateInline, silent: bool) -> bool:
    """TeX is no Markdown: it passes untouched, to be drawn after sanitising."""
    if state.src[state.pos] != "$":
        return False
    end = formula_ends(state.src, state.pos, single=bool(state.env.get("from_outside")))
    if not end or end > state.posMax:
        return False
    if not silent:
        state.push("text", "", 0).content = OPENING + state.src[state.pos : end] + CLOSING
    state.pos = end
    return True


def _within_reason(html: str) -> str:
    if len(html) > HTML_LONGEST:
        words = pgettext(
            "refusal", "This becomes too large a page. Take out some links or mentions, or split it in two."
        )
        raise Refused(words, "source")
    return html


def _spoiler(state: StateInline, silent: bool) -> bool:
    for opening, closing in SPOILERS:
        if state.src.startswith(opening, state.pos):
            return _cover(state, silent, opening, closing)
    return False


def _cover(state: StateInline, silent: bool, opening: str, closing: str) -> bool:
    start = state.pos + len(opening)
    end = state.src.find(closing, start, state.posMax)
    if end <= start or state.env.get("covered"):
        return False
    if not silent:
        highest, state.env["covered"] = state.posMax, True
        state.pos, state.posMax = start, end
        token = state.push("spoiler_open", "span", 1)
        token.attrs = {"class": "spoiler", "role": "button", "tabindex": "0"}
        state.md.inline.tokenize(state)
        state.push("spoiler_close", "span", -1)
        state.posMax = highest
        del state.env["covered"]
    state.pos = end + len(closing)
    return True


def _mention(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or state.linkLevel:
        return False
    found = mention_at(state.src, state.pos, state.env.get("people", {}))
    if found is None:
        return False
    address, end = found
    if not silent:
        _push_link(state, {"href": address, "class": "mention"}, state.src[state.pos : end])
    state.pos = end
    return True


def _address(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "h" or state.linkLevel:
        return False
    match = ADDRESS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    address = match[0].rstrip(NOT_AT_THE_END)
    surplus = address.count(")") - address.count("(")
    while surplus > 0 and address.endswith(")"):
        address, surplus = address[:-1].rstrip(NOT_AT_THE_END), surplus - 1
    href = state.md.normalizeLink(address)
    if not state.md.validateLink(href):
        return False
    if not silent:
        _push_link(state, {"href": href}, address)
    state.pos += len(address)
    return True


def _push_link(state: StateInline, attributes: dict[str, str | int | float], words: str) -> None:
    state.push("link_open", "a", 1).attrs = attributes
    state.push("text", "", 0).content = words
    state.push("link_close", "a", -1)


def _quote_unless_spoiler(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``>!`` at the start of a line covers, it does not quote; quotes nest only so deep."""
    at = state.bMarks[start] + state.tShift[start]
    depth = state.env.get("quotes", 0)
    if depth >= QUOTES_DEEPEST or state.src.startswith(">!", at):
        return False
    state.env["quotes"] = depth + 1
    quoted = blockquote(state, start, end, silent)
    state.env["quotes"] = depth
    return quoted


def _table_within_reason(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, as long as all tables of the text hold few enough cells. Raises Refused."""
    before = len(state.tokens)
    found = table(state, start, end, silent)
    cells = sum(token.type in ("td_open", "th_open") for token in state.tokens[before:])
    state.env["cells"] = state.env.get("cells", 0) + cells
    if state.env["cells"] > CELLS_MOST:
        words = pgettext(
            "refusal",
            "The tables of one text hold up to %(n)d cells. Shorten them or post them as a picture.",
        )
        raise Refused(words % {"n": CELLS_MOST}, "source")
    return found


def _align(self: Any, tokens: Any, index: int, options: Any, env: MutableMapping[str, Any]) -> str:
    """Table cells say their alignment as an attribute; the sanitiser passes no styles."""
    style = tokens[index].attrs.pop("style", "")
    if style:
        tokens[index].attrs["align"] = str(style).removeprefix("text-align:")
    return str(self.renderToken(tokens, index, options, env))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.inline.add_terminator_char("|")
    parser.inline.add_terminator_char("h")
    parser.inline.add_terminator_char("$")
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.inline.ruler.before("link", "spoiler", _spoiler)
    parser.inline.ruler.before("link", "mention", _mention)
    parser.inline.ruler.before("link", "address", _address)
    endings = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.at("blockquote", _quote_unless_spoiler, {"alt": endings})
    parser.block.ruler.at("table", _table_within_reason, {"alt": ["paragraph", "reference"]})
    parser.add_render_rule("th_open", _align)
    parser.add_render_rule("td_open", _align)
    return parser


POSTS = _parser()
COMMENTS = _parser().disable(["image"])
