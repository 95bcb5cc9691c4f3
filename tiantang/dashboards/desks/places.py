"""The desks as places in the console's navigation."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from tiantang.community.members.models import Member
from tiantang.dashboards.desks.counting import DUTIES, counts
from tiantang.dashboards.desks.desk import Desk
from tiantang.dashboards.desks.lead import LEAD

DESKS: dict[str, Desk] = {LEAD.key: LEAD, **DUTIES}


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation; ``mine`` when the reader holds this duty."""

    key: str
    name: str
    icon: str
    address: str
    mine: bool
    count: int


def desk_of(member: Member) -> Desk:
    """The desk at which this person begins: the lead's, else that of the first duty held."""
    return next((desk for key, desk in DESKS.items() if key in member.role_names), LEAD)


def duty_places(member: Member) -> list[Place]:
    """Overview and duties with what is due in each."""
    due = counts()
    return [
        Place(
            key,
            desk.name(),
            desk.icon,
            reverse("dashboards:duty", args=[key]),
            key in member.role_names,
            due.get(key, 0),
        )
        for key, desk in DESKS.items()
    ]
