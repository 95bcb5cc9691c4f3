"""Two real communities move in, and every total agrees with the files."""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tiantang.common.time import instant_of
from tiantang.community.forum.actions.recount import recount_forum
from tiantang.community.forum.models import Bookmark, Comment, Post, Topic
from tiantang.community.members.models import BadgeAward, Member
from tiantang.events.models import Act
from tiantang.importers.stackexchange.arrival import stackexchange_import

REAL = Path(os.environ.get("TIANTANG_REAL_DATA", "/nowhere"))
DUMPS = ("se-quantumcomputing-2018", "se-conlang-meta")
pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(not (REAL / DUMPS[0]).is_dir(), reason="TIANTANG_REAL_DATA is not set"),
]


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a file, read with nothing but a pattern: no code shared with the importer."""
    path = folder / f"{name}.xml"
    if not path.exists():
        return []
    lines = re.findall(r"<row [^>]*/>", path.read_text("utf-8-sig"))
    return [dict(re.findall(r'(\w+)="([^"]*)"', line)) for line in lines]


@pytest.mark.parametrize("name", DUMPS)
def test_totals_agree_with_the_files(name: str) -> None:
    folder = REAL / name
    tallies = stackexchange_import(folder).run()
    posts, votes = rows(folder, "Posts"), rows(folder, "Votes")
    kinds = Counter(row["PostTypeId"] for row in posts)
    here = {row["Id"] for row in posts if row["PostTypeId"] in "12"}
    upvotes = [row for row in votes if row["VoteTypeId"] == "2" and row["PostId"] in here]
    assert Member.objects.count() == len(rows(folder, "Users"))
    assert Topic.objects.count() == kinds["1"]
    assert Post.objects.count() == kinds["1"] + kinds["2"]
    assert Comment.objects.count() == len(rows(folder, "Comments"))
    assert BadgeAward.objects.count() == len(rows(folder, "Badges"))
    assert sum(Post.objects.values_list("unnamed_likes", flat=True)) == len(upvotes)
    assert Topic.objects.exclude(best_answer=None).count() == sum("AcceptedAnswerId" in row for row in posts)
    assert sum(Post.objects.values_list("score", flat=True)) == sum(
        int(row["Score"]) for row in posts if row["PostTypeId"] in "12"
    )
    favourites = {
        (r["UserId"], r["PostId"])
        for r in votes
        if r["VoteTypeId"] == "5" and "UserId" in r and r["PostId"] in here
    }
    assert Bookmark.objects.count() == len(favourites)
    for tally in tallies.values():
        assert tally.read == tally.imported + tally.updated + tally.skipped


@pytest.mark.parametrize("name", DUMPS)
def test_authors_per_site_day_agree_with_the_files(name: str) -> None:
    folder = REAL / name
    stackexchange_import(folder).run()
    zone = ZoneInfo("Asia/Shanghai")
    told: dict[str, set[int]] = {}
    for act in Act.objects.filter(event__in=(20, 21, 22), actor_class=1):
        told.setdefault(f"{instant_of(act.ts_us).astimezone(zone):%F}", set()).add(act.subject)
    expected: dict[str, set[str]] = {}
    written = [(row, row.get("OwnerUserId")) for row in rows(folder, "Posts") if row["PostTypeId"] in "12"]
    written += [(row, row.get("UserId")) for row in rows(folder, "Comments")]
    for row, author in written:
        if author and author != "-1":
            at = _instant(row["CreationDate"]).astimezone(zone)
            expected.setdefault(f"{at:%F}", set()).add(author)
    assert {day: len(some) for day, some in told.items()} == {day: len(s) for day, s in expected.items()}


def test_counters_on_pages_survive_a_recount() -> None:
    stackexchange_import(REAL / DUMPS[1]).run()
    recount_forum()
    answers = Counter(row["ParentId"] for row in rows(REAL / DUMPS[1], "Posts") if "ParentId" in row)
    assert sum(Topic.objects.values_list("replies_count", flat=True)) == answers.total()
    likes = sum(Post.objects.values_list("likes_count", flat=True))
    assert likes == sum(Post.objects.values_list("unnamed_likes", flat=True)) > 0


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
