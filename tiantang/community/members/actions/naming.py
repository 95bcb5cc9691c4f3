"""A handle or a name that is free: nobody goes by it, and it passes for nobody of the team."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from tiantang.community.members.handles import clean_handle
from tiantang.community.members.likeness import likeness_of_name
from tiantang.community.members.models import Member
from tiantang.community.members.names import clean_name
from tiantang.community.members.reserved import poses_as_team


def free_handle(text: str) -> str:
    """The handle as it would be stored, when nobody has it or one that looks like it.

    Raises ValidationError with a sentence that says how to mend it.
    """
    handle = clean_handle(text)
    if Member.objects.looking_like(handle).exists() or _is_of_team(handle, None):
        raise ValidationError(
            pgettext(
                "handle", "Somebody here is called this, or something that looks the same. Try another."
            ),
            code="taken",
        )
    return handle


def free_name(text: str, member: Member | None = None) -> str:
    """The name as it would be stored beside ``member``'s words (None: somebody new); may be empty.

    The team may call itself what it is; nobody may go by the handle or name of somebody of the team.
    Raises ValidationError with a sentence that says how to mend it.
    """
    name = clean_name(text)
    if not name:
        return name
    if poses_as_team(name) and not (member is not None and member.role_names):
        raise ValidationError(
            pgettext("name", "This name could be mistaken for the team. Choose another."), code="reserved"
        )
    kept = member is not None and name == member.name  # somebody of that name may join the team later
    if not kept and _is_of_team(name, member):
        raise ValidationError(
            pgettext("name", "Somebody of the team goes by this name. Choose another."), code="taken"
        )
    return name


def _is_of_team(text: str, member: Member | None) -> bool:
    """Whether somebody of the team, not ``member``, goes by this or what looks the same."""
    look = likeness_of_name(text)
    team = Member.objects.team().exclude(pk=member.pk or 0 if member else 0)
    names = {called for pair in team.values_list("handle", "name") for called in pair if called}
    return bool(look) and look in {likeness_of_name(called) for called in names}
