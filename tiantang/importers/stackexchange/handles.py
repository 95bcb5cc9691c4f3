"""Unique handles for people who come with nothing but a display name."""

from __future__ import annotations

import re
import unicodedata

from django.db.models.functions import Lower

from tiantang.community.members.models import Member

LONGEST = 30


def handle_from(name: str) -> str:
    """A display name as a handle: letters and digits of any script, joined by hyphens."""
    plain = unicodedata.normalize("NFKC", name)
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:LONGEST].strip("-")


def free_handles(wanted: list[tuple[str, int]]) -> list[str]:
    """A free handle for each (name, old id), in order; a taken one gets the old id behind it."""
    plain = [handle_from(name) or f"user{old}" for name, old in wanted]
    lowered = Member.objects.annotate(lowered=Lower("handle"))
    fallback = [f"{handle}-{abs(old)}" for handle, (_, old) in zip(plain, wanted, strict=True)]
    options = {handle.lower() for handle in (*plain, *fallback)}
    taken = set(lowered.filter(lowered__in=options).values_list("lowered", flat=True))
    chosen = []
    for handle, second in zip(plain, fallback, strict=True):
        free = handle if handle.lower() not in taken else second
        while free.lower() in taken:
            free = f"{free}-2"[-40:]
        taken.add(free.lower())
        chosen.append(free)
    return chosen
