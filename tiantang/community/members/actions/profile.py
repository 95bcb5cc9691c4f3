"""Edit one's own profile."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.html import linebreaks, urlize

from tiantang.community.members.actions.naming import free_name
from tiantang.community.members.looks import looks_changed
from tiantang.community.members.models import Member
from tiantang.events.envelope import Event
from tiantang.events.record import record

DIMENSIONS = ("region", "language")
"""What figures are split by: a change of these is an event, so the past keeps the value it had."""


@transaction.atomic
def edit_profile(
    *,
    member: Member,
    name: str,
    about: str,
    region: str,
    website: str,
    language: str = "",
    theme: str = "",
) -> Member:
    """Store what a member says about themselves; ``about`` is plain text, its addresses become links.

    Raises ValidationError for a name that cannot be had.
    """
    before = {key: getattr(member, key) for key in DIMENSIONS}
    member.name = free_name(name, member)
    if about != member.about:
        member.about = about.strip()
        member.about_html = linebreaks(urlize(member.about, nofollow=True, autoescape=True))
    member.region = region.strip()
    member.website = website
    member.language = language or member.language
    member.theme = theme or member.theme
    member.save()
    looks_changed()
    after = {key: getattr(member, key) for key in DIMENSIONS}
    if after != before:
        record(Event("members.profile_changed", at=timezone.now(), actor=member.as_actor(), payload=after))
    return member
