"""The forum's side of the event record: one envelope for all verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from tiantang.community.forum.models import Topic
from tiantang.community.members.models import Member
from tiantang.events.catalog import Client
from tiantang.events.envelope import Actor, Event
from tiantang.events.record import record
from tiantang.events.visitor import client_of, visitor_of


@dataclass(frozen=True, slots=True)
class Door:
    """Where an act came in: which browser and kind of client, and what led there."""

    visitor: int = 0
    client: Client = Client.UNKNOWN
    source: str = ""
    campaign: str = ""


NO_DOOR = Door()


def door_of(request: HttpRequest) -> Door:
    """The door of a request; ``?source=`` and ``?campaign=`` tell what led there."""
    source, campaign = request.GET.get("source", ""), request.GET.get("campaign", "")
    return Door(visitor_of(request), client_of(request), source[:80], campaign[:80])


def record_act(
    name: str,
    member: Member | None,
    topic: Topic,
    *,
    object_id: int = 0,
    target: Member | None = None,
    value: int = 0,
    at: datetime | None = None,
    door: Door = NO_DOOR,
) -> None:
    """Record what happened in a topic, inside the caller's transaction.

    ``object_id`` is the topic itself unless said otherwise, ``target`` the other person.
    """
    record(
        Event(
            name,
            at or timezone.now(),
            member.as_actor(door.visitor) if member else Actor(visitor=door.visitor),
            object_id=object_id or topic.pk,
            topic=topic.pk,
            board=topic.board_id,
            target=(target.subject or 0) if target else 0,
            value=value,
            source=door.source,
            campaign=door.campaign,
            client=door.client,
        )
    )
