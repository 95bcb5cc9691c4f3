"""Shown names: what a member may be called beside their words."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U0001d159")
"""Letters and marks that show nothing, though Unicode does not call them spaces."""
JOINER = "\u200d"
"""Holds the parts of an emoji together; between letters it only hides."""
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls and formats (turning the direction of writing, zero width), and what no font can draw."""


def clean_name(text: str) -> str:
    """The name as it will be stored, without what cannot be seen; may be empty.

    Raises ValidationError when nothing of it would be seen, with a sentence that says how to mend it.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(
        sign
        for place, sign in enumerate(composed)
        if (sign not in BLANK and unicodedata.category(sign) not in UNSEEN) or _joins(composed, place)
    )
    name = " ".join(kept.split())
    if name and not any(_shows(sign) for sign in name):
        raise ValidationError(
            pgettext("name", "Add a letter, a number or an emoji, so that there is something to read."),
            code="unseen",
        )
    return name


def _shows(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind[0] in "LN" or kind == "So"


def _joins(text: str, place: int) -> bool:
    """Whether this is the joiner inside an emoji such as a family."""
    if text[place] != JOINER:
        return False
    before, after = (
        text[:place].rstrip("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"),
        text[place + 1 :],
    )
    return all(bool(side) and unicodedata.category(side) == "So" for side in (before[-1:], after[:1]))
