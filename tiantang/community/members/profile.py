"""The tabs of a member's page: slices above hang theirs in, this one knows only “about”."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tiantang.community.members.models import Member

Load = Callable[[Member, Member | None, int], dict[str, Any]]
"""(whose page, who reads or None, page number) → what the tab's template shows."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; ``own`` is shown to the member alone. ``place`` orders them."""

    key: str
    label: str | Promise
    template: str
    load: Load
    place: int
    own: bool = False


TABS: dict[str, Tab] = {}


def add_tab(tab: Tab) -> None:
    """Hang a tab into every member's page; call it from an app's ``ready()``."""
    TABS[tab.key] = tab


def tabs_for(member: Member, reader: Member | None) -> list[Tab]:
    """The tabs this reader sees, in order."""
    own = reader is not None and reader.pk == member.pk
    return sorted((tab for tab in TABS.values() if own or not tab.own), key=lambda tab: tab.place)


def _load_nothing(member: Member, reader: Member | None, page: int) -> dict[str, Any]:
    return {}


add_tab(Tab("about", pgettext_lazy("profile tab", "About"), "members/_about.html", _load_nothing, 90))
