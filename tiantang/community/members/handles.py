"""Handles: what a member may be called in addresses and mentions, and which ones look alike."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

SHORTEST, LONGEST = 2, 24
ALLOWED = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?|[^\W_]")
"""Letters and digits of any script; dot, hyphen and underscore inside."""

RESERVED_WORDS = """
admin administrator root system sysadmin support staff team official moderator mod operator webmaster owner
security help info contact abuse postmaster noreply everyone all here channel anonymous guest nobody null none
undefined me you settings login logout signup accounts api console static media tiantang
管理员 管理 版主 官方 客服 运营 站长 系统 系统消息 天堂 天堂社区 天堂官方 所有人 全体成员 匿名 游客 已注销成员
工作人员
"""
RESERVED = frozenset(RESERVED_WORDS.split())

LOOKALIKES = str.maketrans(
    {
        # Cyrillic
        "а": "a", "в": "b", "с": "c", "е": "e", "ё": "e", "н": "h", "і": "i", "ї": "i", "ј": "j", "к": "k",
        "м": "m", "о": "o", "р": "p", "ѕ": "s", "т": "t", "у": "y", "х": "x", "ԁ": "d", "ԛ": "q", "ԝ": "w",
        # Greek
        "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "u", "ν": "v", "ο": "o", "ρ": "p",
        "τ": "t", "υ": "u", "χ": "x", "γ": "y", "ω": "w",
        # digits and Latin pairs that read alike
        "0": "o", "1": "i", "l": "i", "|": "i", "5": "s", "ı": "i",
        # Japanese and Chinese signs that read alike
        "ロ": "口", "エ": "工", "ニ": "二", "ー": "一", "力": "カ", "夕": "タ", "卜": "ト", "八": "ハ",
    }
)  # fmt: skip


def clean_handle(text: str) -> str:
    """The handle as it will be stored. Raises ValidationError with a sentence that says how to mend it."""
    handle = unicodedata.normalize("NFKC", text).strip()
    if not SHORTEST <= len(handle) <= LONGEST:
        raise ValidationError(
            pgettext("handle", "Use %(low)d to %(high)d characters.") % {"low": SHORTEST, "high": LONGEST},
            code="length",
        )
    if not ALLOWED.fullmatch(handle):
        raise ValidationError(
            pgettext("handle", "Use letters and digits; dot, hyphen and underscore only in between."),
            code="signs",
        )
    if handle.isdigit():
        raise ValidationError(pgettext("handle", "Add a letter, so that it is not taken for a number."))
    if likeness(handle) in _RESERVED_LOOKS:
        raise ValidationError(
            pgettext("handle", "This one could be mistaken for the team. Choose another."), code="reserved"
        )
    return handle


def likeness(handle: str) -> str:
    """What a handle looks like at a glance: two that share this cannot both be taken."""
    folded = unicodedata.normalize("NFKD", handle.casefold())
    bare = "".join(sign for sign in folded if sign not in "._-~" and not _is_accent(sign))
    return bare.translate(LOOKALIKES).replace("rn", "m").replace("vv", "w")


def _is_accent(sign: str) -> bool:
    voiced = "\u3099\u309a"  # か and が are different letters
    return bool(unicodedata.combining(sign)) and sign not in voiced


_RESERVED_LOOKS = frozenset(likeness(word) for word in RESERVED)
