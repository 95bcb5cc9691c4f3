"""Forget a member: the person goes, what they wrote stays."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

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
    _erase_row(member, now)
    _erase_access(member, now)
    member_forgotten.send(sender=Member, member=member)
    looks_changed()
    if picture:
        transaction.on_commit(lambda: member.avatar.storage.delete(picture))
    return member


def _erase_row(member: Member, now: datetime) -> None:
    for field, nothing in ERASED.items():
        setattr(member, field, nothing)
    member.handle = member.handle_look = f"~{member.pk}"
    member.subject = None
    member.is_active = False
    member.forgotten_at = now
    member.set_unusable_password()
    member.save()


def _erase_access(member: Member, now: datetime) -> None:
    member.roles.current().update(ended_at=now)
    member.badges.all().delete()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=member).delete()
