"""A link with which somebody who cannot sign in sets a new password."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext

from tiantang.common.errors import TiantangError
from tiantang.community.members.access import may_make_password_link
from tiantang.community.members.models import Member, PasswordLink
from tiantang.events.envelope import NOBODY, Event
from tiantang.events.record import record


class PasswordLinkRefused(TiantangError):
    """No link for this person; the text says why."""


class MadeLink(NamedTuple):
    """The address, to be passed on once, and until when it works."""

    address: str
    until: datetime


@transaction.atomic
def make_password_link(*, member: Member, made_by: Member | None = None) -> MadeLink:
    """A link that works once, until it expires, the member signs in or holds other roles.

    ``made_by`` is empty on the command line. The address itself is kept nowhere; that it was made, for whom
    and by whom, is. Raises PasswordLinkRefused.
    """
    if not member.is_active or member.is_bot:
        words = pgettext("role", "%(member)s has no account any more.")
        raise PasswordLinkRefused(words % {"member": member.handle})
    if made_by is not None and not may_make_password_link(made_by, member):
        raise PasswordLinkRefused(
            pgettext(
                "team", "You may not set the password of somebody with roles that are not yours to give."
            )
        )
    now = timezone.now()
    PasswordLink.objects.create(member=member, made_by=made_by, made_at=now)
    actor = made_by.as_actor() if made_by else NOBODY
    record(Event("members.password_link_made", at=now, actor=actor, target=member.subject or 0))
    names = {"uidb36": user_pk_to_url_str(member), "key": default_token_generator.make_token(member)}
    address = settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=names)
    return MadeLink(address, now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
