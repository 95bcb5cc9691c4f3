"""Handles: what a member may be called in addresses and mentions."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from tiantang.community.members.likeness import likeness
from tiantang.community.members.names import BLANK
from tiantang.community.members.reserved import poses_as_team

SHORTEST, LONGEST = 2, 24
ALLOWED = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?|[^\W_]")
"""Letters and digits of any script; dot, hyphen and underscore inside."""

RESERVED_WORDS = """
help info contact abuse postmaster noreply everyone all here channel anonymous guest nobody null none
undefined me you settings login logout signup accounts api console static media 所有人 全体成员 匿名 游客
"""
"""Words of addresses and mentions that would mean something else as a handle."""


def clean_handle(text: str) -> str:
    """The handle as it will be stored. Raises ValidationError with a sentence that says how to mend it."""
    handle = unicodedata.normalize("NFKC", text).strip()
    if not SHORTEST <= len(handle) <= LONGEST:
        raise ValidationError(
            pgettext("handle", "Use %(low)d to %(high)d characters.") % {"low": SHORTEST, "high": LONGEST},
            code="length",
        )
    if not ALLOWED.fullmatch(handle) or not BLANK.isdisjoint(handle):
        raise ValidationError(
            pgettext("handle", "Use letters and digits; dot, hyphen and underscore only in between."),
            code="signs",
        )
    if handle.isdigit():
        raise ValidationError(pgettext("handle", "Add a letter, so that it is not taken for a number."))
    if likeness(handle) in _RESERVED_LOOKS or poses_as_team(handle):
        raise ValidationError(
            pgettext("handle", "This one could be mistaken for the team. Choose another."), code="reserved"
        )
    return handle


_RESERVED_LOOKS = frozenset(likeness(word) for word in RESERVED_WORDS.split())
