"""The versions of a post and what changed from one to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from tiantang.community.forum.models import Post
from tiantang.community.members.models import Member

WORD = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
COMPARED_MOST = 6000
"""Words compared one by one; longer texts are compared line by line."""


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a post. ``changes`` are (kind, text): "same", "added" or "taken"."""

    number: int
    editor: Member | None
    at: datetime
    title: str
    reason: str
    changes: list[tuple[str, str]]


def versions_of(post: Post) -> list[Version]:
    """Every version of a post, newest first; a post never edited has one."""
    kept = list(post.revisions.select_related("editor").order_by("number"))
    texts = [
        (kept_one.editor, kept_one.created_at, kept_one.title, kept_one.reason, kept_one.source)
        for kept_one in kept
    ]
    if not kept or kept[-1].source != post.source:
        editor = None if kept else post.author
        texts.append((editor, post.edited_at or post.created_at, "", "", post.source))
    versions, before = [], ""
    for number, (editor, at, title, reason, source) in enumerate(texts, 1):
        changes = list(compare(before, source)) if number > 1 else [("same", source)]
        versions.append(Version(number, editor, at, title, reason, changes))
        before = source
    return versions[::-1]


def compare(before: str, after: str) -> Iterator[tuple[str, str]]:
    """What was kept, added and taken away on the way from one text to the other, in reading order."""
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) + len(new) > COMPARED_MOST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(new[c:d])
            continue
        if b > a:
            yield "taken", "".join(old[a:b])
        if d > c:
            yield "added", "".join(new[c:d])
