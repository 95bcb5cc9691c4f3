"""Users become members; badges hang on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tiantang.common.rows import allot_keys, insert_rows
from tiantang.community.forum.bodies import sanitise_html
from tiantang.community.members.likeness import likeness
from tiantang.community.members.models import BadgeAward, Member
from tiantang.events.envelope import Event
from tiantang.events.record import new_subjects, record_many
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, instant, number, sound_rows
from tiantang.importers.stackexchange.handles import free_handles
from tiantang.importers.stackexchange.site import (
    COMMUNITY_USER,
    ORIGIN,
    Person,
    Site,
    happened,
    person,
)
from tiantang.importers.tally import Tally

UPDATED_FIELDS = ["name", "joined_at", "last_seen_at", "region", "website", "about", "about_html"]


@dataclass
class BringUsers:
    """Users.xml: one member each, with the original date of joining."""

    dump: Dump
    site: Site
    name: str = "users"
    kind: str = "users"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("Users")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        sound = sound_rows(batch, tally)
        known = self.site.arrived("user", (int(row["Id"]) for row in sound))
        fresh = [row for row in sound if int(row["Id"]) not in known]
        self._make(fresh)
        tally.bring(len(fresh))
        self._update([row for row in sound if int(row["Id"]) in known], known, tally)

    def finish(self) -> None:
        """Nothing remains."""

    def _make(self, rows: list[Row]) -> None:
        handles = free_handles([(row.get("DisplayName", ""), int(row["Id"])) for row in rows])
        ids, subjects = allot_keys(Member, len(rows)), new_subjects(len(rows))
        columns = ("id", "subject", "handle", "handle_look", "is_bot", "password", "origin", *UPDATED_FIELDS)
        facts = [facts_of(row, self.site) for row in rows]
        bots = [int(row["Id"]) == COMMUNITY_USER for row in rows]
        whole = zip(ids, subjects, handles, map(likeness, handles), bots, strict=True)
        # "!" is the mark of an unusable password
        made = ((*own, "!", ORIGIN, *told.values()) for own, told in zip(whole, facts, strict=True))
        insert_rows(Member, columns, made)
        self.site.remember("user", zip((int(row["Id"]) for row in rows), ids, strict=True))
        people = map(person, ids, subjects, bots)
        record_many(e for who, told in zip(people, facts, strict=True) for e in arrival_events(who, told))

    def _update(self, rows: list[Row], known: dict[int, int], tally: Tally) -> None:
        members = Member.objects.only("pk", *UPDATED_FIELDS).in_bulk([known[int(row["Id"])] for row in rows])
        changed = []
        for row in rows:
            member = members.get(known[int(row["Id"])])
            if member is None or not _change(member, facts_of(row, self.site)):
                tally.skip("already here")
            else:
                changed.append(member)
        Member.objects.bulk_update(changed, UPDATED_FIELDS)
        tally.updated += len(changed)


def facts_of(row: Row, site: Site) -> dict[str, Any]:
    """A user's row as fields of a member."""
    about = row.get("AboutMe", "")
    website = row.get("WebsiteUrl", "")
    return {
        "name": row.get("DisplayName", "")[:60],
        "joined_at": instant(row),
        "last_seen_at": instant(row, "LastAccessDate"),
        "region": row.get("Location", "")[:120],
        "website": website if is_web_address(website) else "",
        "about": about,
        "about_html": site.localise(sanitise_html(about)) if about else "",
    }


def is_web_address(text: str) -> bool:
    """Whether a member's page may link there."""
    try:
        return urlsplit(text).scheme in ("http", "https") and len(text) <= 200
    except ValueError:  # such as http://[
        return False


def _change(member: Member, facts: dict[str, Any]) -> bool:
    changed = {name: value for name, value in facts.items() if getattr(member, name) != value}
    for name, value in changed.items():
        setattr(member, name, value)
    return bool(changed)


def arrival_events(who: Person, facts: dict[str, Any]) -> Iterator[Event]:
    """What the numbers must know of a member who moved in: when they joined, and where they live."""
    at, region = facts["joined_at"], facts["region"]
    yield happened("members.signed_up", at, who, object_id=who.id)
    if region:
        yield happened("members.profile_changed", at, who, object_id=who.id, payload={"region": region})


@dataclass
class BringBadges:
    """Badges.xml: badges as they were given."""

    dump: Dump
    site: Site
    name: str = "badges"
    kind: str = "badges"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("Badges")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        known = self.site.arrived("user", filter(None, (number(row, "UserId") for row in batch)))
        awards = []
        for row in batch:
            member, at = known.get(number(row, "UserId") or 0), instant(row, "Date")
            if member is None or at is None or not row.get("Name"):
                tally.skip("without a known user, a name or a date")
                continue
            grade = number(row, "Class") or 3
            awards.append((member, row["Name"][:80], grade, at))
        insert_rows(BadgeAward, ("member_id", "name", "grade", "awarded_at"), awards)
        tally.bring(len(awards))

    def finish(self) -> None:
        """Nothing remains."""
