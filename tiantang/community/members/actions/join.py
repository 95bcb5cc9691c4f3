"""Join: a new account, and coming back to it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from tiantang.common.errors import TiantangError
from tiantang.community.members.actions.naming import free_handle, free_name
from tiantang.community.members.actions.roles import grant_role
from tiantang.community.members.models import Member
from tiantang.events.catalog import Client
from tiantang.events.envelope import Event
from tiantang.events.record import record


@transaction.atomic
def join(
    *,
    handle: str,
    password: str | None,
    name: str = "",
    email: str = "",
    language: str = "",
    visitor: int = 0,
    client: Client = Client.UNKNOWN,
) -> Member:
    """Make an account and record ``members.signed_up`` with the browser it came from.

    Raises ValidationError for a handle or a name that cannot be had.
    """
    member = Member(
        handle=free_handle(handle),
        name=free_name(name),
        email=email.strip().lower(),
        language=language or get_language() or "",
        joined_at=timezone.now(),
    )
    member.set_password(password)
    member.save()
    record(
        Event("members.signed_up", at=member.joined_at, actor=member.as_actor(visitor=visitor), client=client)
    )
    return member


@transaction.atomic
def sign_in(*, member: Member, visitor: int = 0, client: Client = Client.UNKNOWN) -> Member:
    """Take note that a member came in: ``members.signed_in``."""
    member.last_seen_at = timezone.now()
    member.save(update_fields=["last_seen_at"])
    record(
        Event(
            "members.signed_in", at=member.last_seen_at, actor=member.as_actor(visitor=visitor), client=client
        )
    )
    return member


@transaction.atomic
def create_member(
    *, handle: str, password: str | None, name: str = "", email: str = "", role: str = ""
) -> Member:
    """Make an account from the command line, with a role when one is named. Raises TiantangError."""
    refuse_email(email.strip())
    longest = Member._meta.get_field("name").max_length
    if longest and len(name) > longest:
        raise TiantangError(f"{handle}: a name has at most {longest} letters.")
    try:
        member = join(
            handle=handle, password=password, name=name, email=email, language=settings.LANGUAGE_CODE
        )
    except ValidationError as error:
        raise TiantangError(f"{handle}: {' '.join(error.messages)}") from error
    if role:
        grant_role(member=member, role=role)
    return member


def refuse_email(email: str) -> None:
    """Raise TiantangError for an address that is none, or is somebody's already."""
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise TiantangError(f"{email} is no e-mail address. Write it like name@example.org.") from error
    if email and Member.objects.filter(email__iexact=email).exists():
        raise TiantangError(f"Somebody has the address {email} already. Choose another, or leave it out.")
