"""Verbs of the rules: publish a version, accept it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tiantang.common.pages import pages_changed
from tiantang.community.members.models import Member
from tiantang.community.rules.models import RulesAcceptance, RulesVersion
from tiantang.community.rules.text import render_rules
from tiantang.events.catalog import Client
from tiantang.events.envelope import Event
from tiantang.events.record import record


@transaction.atomic
def publish_rules(*, text_zh: str, text_en: str, published_by: Member | None = None) -> RulesVersion:
    """Publish the next version; members are asked to accept it when they read it."""
    last = RulesVersion.objects.aggregate(last=Max("number"))["last"] or 0
    version = RulesVersion.objects.create(
        number=last + 1,
        text_zh=text_zh,
        text_en=text_en,
        html_zh=render_rules(text_zh),
        html_en=render_rules(text_en),
        published_at=timezone.now(),
        published_by=published_by,
    )
    transaction.on_commit(pages_changed)
    return version


@transaction.atomic
def accept_rules(
    *, member: Member, version: RulesVersion, visitor: int = 0, client: Client = Client.UNKNOWN
) -> RulesAcceptance:
    """A member accepts a version, once; records ``rules.version_accepted`` the first time."""
    now = timezone.now()
    acceptance, first = RulesAcceptance.objects.get_or_create(
        member=member, version=version, defaults={"accepted_at": now}
    )
    if first:
        actor = member.as_actor(visitor=visitor)
        record(Event("rules.version_accepted", at=now, actor=actor, value=version.number, client=client))
    return acceptance


def has_accepted(member: Member, version: RulesVersion) -> bool:
    """Whether the member accepted this version."""
    return RulesAcceptance.objects.filter(member=member, version=version).exists()
