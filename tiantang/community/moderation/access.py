"""Who may report, and who decides."""

from __future__ import annotations

from tiantang.community.forum.models import Comment, Post
from tiantang.community.members.access import User, has_duty, is_moderator
from tiantang.community.members.models import Member


def may_report(user: User, thing: Post | Comment) -> bool:
    """Members, anything that is not their own and still stands."""
    if not isinstance(user, Member) or not user.is_active:
        return False
    return thing.author_id != user.pk and thing.removed_at is None


def may_decide(user: User) -> bool:
    """The team and volunteer moderators."""
    return is_moderator(user)


def may_decide_on(user: User, thing: Post | Comment) -> bool:
    """They, but not about what they wrote; the lead, above whom nobody is, about everything."""
    return may_decide(user) and (thing.author_id != user.pk or has_duty(user))
