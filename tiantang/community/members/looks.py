"""The sign that somebody looks different: name, handle, picture, role or level.

What is drawn once and kept (posts, rails) takes ``looks_version()`` into its key, so that a change
is seen at once in every process. People change far less often than pages are read. Taking something
down, which is as rare, gives the sign too: what is kept may show it.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction

from tiantang.common.pages import Version, grow, pages_changed, pages_version
from tiantang.common.prepared import Prepared
from tiantang.community.members.levels import level_of
from tiantang.community.members.models import Member

COUNTS = Prepared(
    lambda member: Member.objects.filter(pk=member).only("posts_count", "likes_received_count"), member=int
)


def looks_changed() -> None:
    """Have everything that shows people drawn anew, once the transaction around this is committed."""
    transaction.on_commit(_raise_sign)


def looks_version() -> Version:
    """Size and time of the sign; read it before the people whom a drawing shows."""
    return pages_version(_sign())


def level_counted(member_id: int, *, posts: int = 0, likes: int = 0) -> None:
    """Posts or likes were just added to a member's counts, in this transaction: a new level is a new look."""
    member = COUNTS.first(member=member_id)
    if member is None:
        return
    before = level_of(member.posts_count - posts, member.likes_received_count - likes)
    if member.level.number != before.number:
        looks_changed()


def _raise_sign() -> None:
    grow(_sign())
    pages_changed()


def _sign() -> Path:
    return Path(settings.HOME) / "looks.version"
