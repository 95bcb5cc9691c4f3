"""Dumps with slips, gaps and files that come later: counted, never fatal, nothing lost, nothing doubled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db.models import Sum

from tiantang.common.errors import TiantangError
from tiantang.common.time import instant_of
from tiantang.community.forum.models import Bookmark, Post, PostRevision, Topic, TopicLink
from tiantang.community.members.models import BadgeAward, Member
from tiantang.config.commands.import_ import command
from tiantang.events.models import Act
from tiantang.importers.stackexchange.arrival import stackexchange_import
from tiantang.importers.tally import Tally
from tiantang.importers.tests.dump import answer, comment, community, question, user, vote, write_dump

pytestmark = pytest.mark.django_db(databases="__all__")


def bring(folder: Path, **options: str) -> dict[str, Tally]:
    return stackexchange_import(folder, **options).run()


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00.000", "1965-03-01T00:00:00", "9999-12-31T23:59:59.999"]
)
def test_a_date_no_figure_can_count_is_no_usable_date(tmp_path: Path, when: str) -> None:
    tables = {
        "Users": [user(1, CreationDate=when), user(2, LastAccessDate=when)],
        "Posts": [question(1, CreationDate=when), question(2, owner=2, LastEditDate=when, ClosedDate=when)],
        "Comments": [comment(1, 2, CreationDate=when)],
        "Votes": [vote(1, 2, 2, CreationDate=when)],
    }
    tallies = bring(write_dump(tmp_path, **tables))
    for kind in ("users", "posts", "comments"):
        assert tallies[kind].reasons == {"without a usable Id or CreationDate": 1}, kind
    assert tallies["votes"].reasons == {"without a usable date": 1}
    assert Topic.objects.get().closed_at is None
    assert {instant_of(at).year for at in Act.objects.values_list("ts_us", flat=True)} == {2018}


def test_a_date_that_names_its_offset_is_read_with_it(tmp_path: Path) -> None:
    bring(write_dump(tmp_path, Posts=[question(1, CreationDate="2018-03-12T23:30:00+08:00")]))
    assert Topic.objects.get().created_at == datetime(2018, 3, 12, 15, 30, tzinfo=UTC)


def test_a_website_that_is_no_address_does_not_stop_the_import(tmp_path: Path) -> None:
    bring(
        write_dump(tmp_path, Users=[user(1, WebsiteUrl="http://["), user(2, WebsiteUrl="https://a.example")])
    )
    assert sorted(Member.objects.values_list("website", flat=True)) == ["", "https://a.example"]


@pytest.mark.parametrize("late", ["Posts", "Users"])
def test_a_file_that_comes_later_loses_nothing_that_hangs_on_it(tmp_path: Path, late: str) -> None:
    tables = community()
    bring(write_dump(tmp_path / "whole", **tables), site_key="whole")
    expected = kept()
    bring(write_dump(tmp_path / "part", **{name: rows for name, rows in tables.items() if name != late}))
    bring(write_dump(tmp_path / "part", **tables))
    assert kept() == {name: 2 * count for name, count in expected.items()}
    bring(write_dump(tmp_path / "again", **tables))
    assert kept() == {name: 2 * count for name, count in expected.items()}


def kept() -> dict[str, int]:
    """How much there is of what leaves no old id behind."""
    posts = Post.objects.aggregate(likes=Sum("unnamed_likes"), edits=Sum("edits_count"))
    best, models = Topic.objects.exclude(best_answer=None), (Bookmark, BadgeAward, TopicLink, PostRevision)
    return {**posts, "best": best.count(), **{model.__name__: model.objects.count() for model in models}}


def test_rows_given_twice_or_without_an_id_are_counted_and_not_doubled(tmp_path: Path) -> None:
    tables = community()
    bring(write_dump(tmp_path / "whole", **tables))
    expected = kept()
    nameless = {name: rows + [{**row, "Id": None} for row in rows] for name, rows in tables.items()}
    doubled = {name: rows + rows for name, rows in nameless.items()}
    for _ in range(2):
        tallies = bring(write_dump(tmp_path / "doubled", **doubled), site_key="other")
        assert all(tally.read == tally.imported + tally.updated + tally.skipped for tally in tallies.values())
        assert kept() == {name: 2 * count for name, count in expected.items()}
    assert tallies["votes"].reasons["without a usable Id"] == 2 * len(tables["Votes"])


def test_best_answers_are_known_without_the_votes(tmp_path: Path) -> None:
    asked = [question(1, AcceptedAnswerId=4), question(2, AcceptedAnswerId=3)]
    bring(write_dump(tmp_path, Posts=[*asked, answer(3, 1), answer(4, 1)]))  # 3 is no answer to question 2
    assert [topic.title for topic in Topic.objects.exclude(best_answer=None)] == ["Question 1"]


def test_all_rows_before_a_damaged_place_are_imported(tmp_path: Path) -> None:
    whole = (write_dump(tmp_path, Posts=[question(1), question(2), question(3)]) / "Posts.xml").read_text()
    (tmp_path / "Posts.xml").write_text(whole[: whole.index("Body of 3")])
    with pytest.raises(TiantangError, match="damaged at line 5"):
        bring(tmp_path)
    assert sorted(Topic.objects.values_list("title", flat=True)) == ["Question 1", "Question 2"]
    (tmp_path / "Posts.xml").write_text(whole)
    assert bring(tmp_path)["posts"].imported == 1


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write_dump(tmp_path, Users=[user(1)])
    (tmp_path / "Posts.xml").mkdir()
    with pytest.raises(TiantangError, match=r"Posts.xml cannot be read \(Is a directory\)"):
        bring(tmp_path)


def test_many_communities_with_the_same_people_can_arrive(tmp_path: Path) -> None:
    folder = write_dump(tmp_path, Users=[user(-1, "Community"), user(1, "Ada"), user(2, "Ada")])
    for site in ("one", "two", "three", "four", "five"):
        bring(folder, site_key=site)
    handles = sorted(Member.objects.filter(handle__startswith="Ada").values_list("handle", flat=True))
    assert len(handles) == 10 and handles[:3] == ["Ada", "Ada-1", "Ada-1-2"]


@pytest.mark.parametrize(
    "option", [("--site", ""), ("--site", "s" * 41), ("--site", "a/b"), ("--board", "b" * 61)]
)
def test_names_that_fit_nowhere_are_wrong_usage(tmp_path: Path, option: tuple[str, str]) -> None:
    refused = CliRunner().invoke(
        command, ["stackexchange", str(write_dump(tmp_path, Users=[user(1)])), *option]
    )
    assert (refused.exit_code, Member.objects.count()) == (2, 0)
