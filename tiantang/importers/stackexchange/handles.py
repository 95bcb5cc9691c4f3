"""Unique handles for people who come with nothing but a display name."""

from __future__ import annotations

import re
import unicodedata
from itertools import count

from tiantang.community.members.likeness import likeness
from tiantang.community.members.models import Member

LONGEST = 30


def handle_from(name: str) -> str:
    """A display name as a handle: letters and digits of any script, joined by hyphens."""
    plain = unicodedata.normalize("NFKC", name)
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:LONGEST].strip("-")


def free_handles(wanted: list[tuple[str, int]]) -> list[str]:
    """A free handle for each (name, old id), in order; a taken one gets the old id behind it."""
    plain = [handle_from(name) or f"user{old}" for name, old in wanted]
    fallback = [f"{handle}-{abs(old)}" for handle, (_, old) in zip(plain, wanted, strict=True)]
    looks = {likeness(handle) for handle in (*plain, *fallback)}  # indexed, and equal for equal handles
    alike = Member.objects.filter(handle_look__in=looks).values_list("handle", flat=True)
    taken = {handle.lower() for handle in alike}
    chosen = []
    for handle, second in zip(plain, fallback, strict=True):
        free = handle if handle.lower() not in taken else second
        if free.lower() in taken:
            free = _numbered(second, taken)
        taken.add(free.lower())
        chosen.append(free)
    return chosen


def _numbered(handle: str, taken: set[str]) -> str:
    """The first of ``handle-2``, ``handle-3`` … that nobody has."""
    for number in count(2):
        free = f"{handle}-{number}"
        if free.lower() not in taken and not Member.objects.filter(handle_look=likeness(free)).exists():
            return free
    raise AssertionError("numbers do not end")
