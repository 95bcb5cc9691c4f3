"""Markdown as the community writes it: tables, strikethrough, spoilers, mentions, clickable addresses."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_inline import StateInline

from tiantang.community.forum.bodies.mathematics import CLOSING, OPENING, formula_ends, with_mathematics
from tiantang.community.forum.bodies.mentions import People, mention_at
from tiantang.community.forum.bodies.sanitise import sanitise_html
from tiantang.community.forum.bodies.tongues import mark_line
from tiantang.community.forum.models.posts import SourceFormat

SPOILERS = (("||", "||"), (">!", "!<"))
# Chinese text does not put a space after an address; its letters and punctuation end it.
ADDRESS = re.compile(
    r"https?://[^\s<>\"'`|\\^{}\u2018-\u201f\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]{3,2000}"
)
NOT_AT_THE_END = ".,;:!?*_~"


def render_body(source: str, source_format: str = SourceFormat.MARKDOWN, people: People | None = None) -> str:
    """The HTML of a post. ``people`` maps lower-case handles that exist to their addresses."""
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
    return with_mathematics(sanitise_html(html), from_outside=False)


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
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(NOT_AT_THE_END)
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
    """``>!`` at the start of a line covers, it does not quote."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src.startswith(">!", at):
        return False
    return blockquote(state, start, end, silent)


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
    parser.add_render_rule("th_open", _align)
    parser.add_render_rule("td_open", _align)
    return parser


POSTS = _parser()
COMMENTS = _parser().disable(["image"])
