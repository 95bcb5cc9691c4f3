"""What a handle or a name looks like at a glance, so that nobody passes for somebody else."""

from __future__ import annotations

import unicodedata
from functools import cache

from opencc import OpenCC

LATIN = "abcdefghijklmnopqrstuvwxyz"
LOOKALIKES = str.maketrans(
    {
        # Cyrillic
        "а": "a", "в": "b", "с": "c", "е": "e", "ё": "e", "н": "h", "і": "i", "ї": "i", "ј": "j", "к": "k",
        "м": "m", "о": "o", "р": "p", "ѕ": "s", "т": "t", "у": "y", "х": "x", "ԁ": "d", "ԛ": "q", "ԝ": "w",
        # Greek
        "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "u", "ν": "v", "ο": "o", "ρ": "p",
        "τ": "t", "υ": "u", "χ": "x", "γ": "y", "ω": "w",
        # small capitals
        "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴊ": "j",
        "ᴋ": "k", "ʟ": "i", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ʀ": "r", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u",
        "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z",
        # digits and Latin pairs that read alike
        "0": "o", "1": "i", "l": "i", "|": "i", "5": "s", "ı": "i",
        # Japanese and Chinese signs that read alike
        "ロ": "口", "エ": "工", "ニ": "二", "ー": "一", "力": "カ", "夕": "タ", "卜": "ト", "八": "ハ",
        # letters drawn as white on black, and as flags
        **{chr(first + place): letter.replace("l", "i") for first in (0x1F150, 0x1F170, 0x1F1E6)
           for place, letter in enumerate(LATIN)},
    }
)  # fmt: skip
VOICED = "\u3099\u309a"
"""か and が are different letters."""


def likeness(handle: str) -> str:
    """What a handle looks like at a glance: two that share this cannot both be taken."""
    folded = unicodedata.normalize("NFKD", handle.casefold())
    bare = "".join(sign for sign in folded if sign not in "._-~" and not _is_accent(sign))
    simplified: str = _simplifier().convert(bare)
    alike = simplified.translate(LOOKALIKES)
    return alike.replace("rn", "m").replace("vv", "w")


def likeness_of_name(name: str) -> str:
    """The same for a shown name, where spaces, emoji and signs beside the letters change nothing."""
    letters = (sign for sign in likeness(name) if sign.isalnum() or sign in VOICED)
    return likeness("".join(letters))


@cache
def _simplifier() -> OpenCC:
    """Traditional into simplified writing: 掌櫃 and 掌柜 read alike."""
    return OpenCC("t2s")


def _is_accent(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) and sign not in VOICED
