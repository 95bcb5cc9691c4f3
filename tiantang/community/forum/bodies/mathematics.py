"""Mathematics: TeX between dollar signs becomes MathML, which browsers draw without any script.

Members write ``$$…$$``. In bodies from elsewhere ``$…$`` counts too where it can be nothing else:
"$5 and $10" stays text. What cannot be read as TeX stays as it was written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

import nh3
from latex2mathml.converter import convert

OPENING, CLOSING = "\ue0f0", "\ue0f1"
"""Around TeX that Markdown has recognised: private signs, so that nothing else is taken for it."""
LONGEST, MOST = 2000, 400
"""Signs of one formula, formulas of one body; what is beyond stays text."""

TAGS = """
math mrow mi mo mn mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts
mprescripts none mtable mtr mtd mstyle mpadded mphantom menclose merror
"""
LOOKS = """
mathvariant stretchy fence form separator accent accentunder displaystyle scriptlevel linethickness width
height depth lspace rspace minsize maxsize columnalign rowspacing columnspacing movablelimits notation largeop
symmetric
"""
CLEANER = nh3.Cleaner(
    tags=set(TAGS.split()),
    attributes={tag: set(LOOKS.split()) for tag in TAGS.split()} | {"math": {"display", "alttext"}},
    link_rel=None,
)

PIECE = re.compile(r'(</?[a-z][^"<>]*(?:"[^"]*"[^"<>]*)*>)')
WRITTEN_AS_IS = re.compile(r"<(/?)(?:pre|code|a|kbd|samp)\b")
RECOGNISED = re.compile(f"{OPENING}([^{CLOSING}]*){CLOSING}")
DOLLARS = re.compile(
    r"(?<![\\$])\$\$(?P<display>[^$]+)\$\$|(?<![\\$\w])\$(?P<inline>[^\s$](?:[^$]*[^\s\\$])?)\$"
)
SURE_SIGNS = re.compile(r"[\\^_{}=|<>]")
PLAIN = re.compile(r"[A-Za-z0-9](?:[+\-*/,'!()]?[A-Za-z0-9(),']){0,6}'?")
FORMULA = re.compile(r'<math[^>]*? alttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)


def with_mathematics(clean: str, *, from_outside: bool) -> str:
    """Sanitised HTML with its formulas drawn. ``from_outside``: single dollars count as well."""
    sign = "$" if from_outside else OPENING
    if sign not in clean:
        return clean
    return "".join(_pieces(clean, DOLLARS if from_outside else RECOGNISED))


def formula_ends(text: str, start: int, *, single: bool) -> int:
    """Where the formula ends that opens at ``start`` of a text, 0 when none does."""
    match = DOLLARS.match(text, start)
    if match is None or not (match["display"] or (single and _is_formula(match))):
        return 0
    return match.end()


def formulas_as_text(body_html: str) -> str:
    """A body with its formulas as they were written."""
    return FORMULA.sub(r"$\1$", body_html) if "<math" in body_html else body_html


def _pieces(clean: str, pattern: re.Pattern[str]) -> Iterator[str]:
    depth, left = 0, MOST
    for number, piece in enumerate(PIECE.split(clean)):
        if number % 2:
            fence = WRITTEN_AS_IS.match(piece)
            depth += 0 if fence is None else -1 if fence[1] else 1
            yield piece
        elif depth == 0 and left > 0 and pattern.search(piece):
            left -= len(pattern.findall(piece))
            yield pattern.sub(_drawn, piece)
        else:
            yield RECOGNISED.sub(r"\1", piece)


def _drawn(match: re.Match[str]) -> str:
    if match.re is RECOGNISED:
        written = html.unescape(match[1])
        display = written.startswith("$$")
        drawn = mathml(written.strip("$"), display)
        return drawn or html.escape(written, quote=False)
    if not match["display"] and not _is_formula(match):
        return match[0]
    return mathml(html.unescape(match["display"] or match["inline"]), bool(match["display"])) or match[0]


def _is_formula(match: re.Match[str]) -> bool:
    """Whether single dollars can only mean mathematics."""
    tex = match["inline"]
    after = match.string[match.end() : match.end() + 1]
    if after.isdigit() or "\n\n" in tex or len(tex) > LONGEST:
        return False
    if after.isascii() and after.isalpha():
        return len(tex) == 1  # the $n$th, but not $HOME/$USER
    return bool(SURE_SIGNS.search(html.unescape(tex)) or PLAIN.fullmatch(tex))


@lru_cache(5000)
def mathml(tex: str, display: bool) -> str:
    """TeX as MathML, or an empty string when it cannot be read."""
    if len(tex) > LONGEST or not tex.strip():
        return ""
    try:
        drawn = convert(tex, display="block" if display else "inline")
    except Exception:  # the library raises many kinds, Python's own among them, for what it cannot read
        return ""
    if re.search(r"<mi>(?:&#x0005C;|\\)[A-Za-z]", drawn):  # a command it does not know
        return ""
    clean = CLEANER.clean(drawn)
    return clean.replace("<math", f'<math alttext="{html.escape(tex.strip())}"', 1)
