"""How a member appears beside their words, from a model object or a lean row alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from tiantang.community.members.levels import Level, level_of
from tiantang.community.members.models import Member, Role


def level_for(member: Member | Mapping[str, Any]) -> Level:
    """The level of a member object or of a row with ``posts_count`` and ``likes_received_count``."""
    if isinstance(member, Mapping):
        return level_of(member.get("posts_count") or 0, member.get("likes_received_count") or 0)
    return member.level


def role_title(member: Member | Mapping[str, Any]) -> str:
    """The title worn beside the name: from the row's ``role``, or the member's roles when already read.

    Never asks the database: whoever lists people reads ``RoleGrant.objects.worn_by(ids)`` once.
    """
    if isinstance(member, Mapping):
        role = member.get("role") or ""
    else:
        role = first_role(member.__dict__.get("role_names", ()))
    return str(Role(role).label) if role else ""


def sends_letters() -> bool:
    """Whether this installation has a way to send e-mail."""
    return bool(settings.ENVIRONMENT.email_url)


def first_role(roles: Any) -> str:
    """The one role shown when somebody holds several: the order of Role decides."""
    return next((role for role in Role.values if role in roles), "")
