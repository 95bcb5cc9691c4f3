"""Forget a member: the person goes, what they wrote stays."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.common.errors import TiantangError
from tiantang.community.members.actions.roles import close_grant, is_last_lead
from tiantang.community.members.looks import looks_changed
from tiantang.community.members.models import Member
from tiantang.community.members.signals import member_forgotten
from tiantang.events.envelope import Event
from tiantang.events.record import record

ERASED = {
    "name": "",
    "email": "",
    "avatar": "",
    "about": "",
    "about_html": "",
    "region": "",
    "website": "",
    "language": "",
    "theme": "",
    "last_seen_at": None,
    "origin": "",
}


@transaction.atomic
def forget_member(*, member: Member) -> Member:
    """Delete what is known about a person and drop the key to their events; figures keep their rows.

    Posts stay and stand under “Deleted account”. Cannot be undone; doing it twice changes nothing.
    """
    if member.forgotten_at is not None:
        return member
    now = timezone.now()
    record(Event("members.account_forgotten", at=now, actor=member.as_actor()))
    picture = member.avatar.name
    names = (member.handle, member.email)
    _end_roles(member)
    _erase_row(member, now)
    _erase_access(member)
    _erase_sign_ins(names)
    member_forgotten.send(sender=Member, member=member)
    looks_changed()
    if picture:
        transaction.on_commit(lambda: member.avatar.storage.delete(picture))
    return member


class LeavingRefused(TiantangError):
    """Why an account cannot be deleted now."""


@transaction.atomic
def delete_account(*, member: Member) -> Member:
    """What ``forget_member`` does, on the member's own wish. Raises LeavingRefused for the only lead."""
    if is_last_lead(member):
        raise LeavingRefused(
            pgettext("deletion", "You are the only lead. Give the role to somebody else first, then leave.")
        )
    return forget_member(member=member)


def _end_roles(member: Member) -> None:
    """Nobody is left who could hold them; what was said about the person in them goes too."""
    for grant in member.roles.current():
        close_grant(grant)
    member.roles.update(grant_reason="", end_reason="")


def _erase_row(member: Member, now: datetime) -> None:
    for field, nothing in ERASED.items():
        setattr(member, field, nothing)
    member.handle = member.handle_look = f"~{member.pk}"
    member.subject = None
    member.is_active = False
    member.forgotten_at = now
    member.set_unusable_password()
    member.save()


def _erase_access(member: Member) -> None:
    member.badges.all().delete()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=member).delete()


def _erase_sign_ins(names: tuple[str, ...]) -> None:
    """Wrong passwords and sign-ins are noted under the name that was tried, with address and browser."""
    known = [name.strip().casefold() for name in names if name]
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(username__in=known).delete()
