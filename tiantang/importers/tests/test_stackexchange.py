"""A Stack Exchange community moves in whole, once, and can be taken up again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from tiantang.common.errors import TiantangError
from tiantang.community.forum.models import Bookmark, Comment, Post, PostRevision, Tag, Topic, TopicLink
from tiantang.community.members.models import BadgeAward, Member
from tiantang.events.catalog import BY_CODE
from tiantang.events.models import Act
from tiantang.importers.models import ImportRun, WaitingLikes
from tiantang.importers.pipeline import BATCH
from tiantang.importers.stackexchange.arrival import stackexchange_import
from tiantang.importers.stackexchange.topics import BringQuestions
from tiantang.importers.tally import Tally
from tiantang.importers.tests.dump import (
    Rows,
    answer,
    comment,
    community,
    question,
    user,
    vote,
    write_dump,
)

pytestmark = pytest.mark.django_db(databases="__all__")


def bring(folder: Path, **options: str) -> dict[str, Tally]:
    return stackexchange_import(folder, **options).run()


def recorded() -> Counter[str]:
    return Counter(BY_CODE[code].name for code in Act.objects.values_list("event", flat=True))


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    tables = community()
    tallies = bring(write_dump(tmp_path, **tables))
    kinds = {"Users": "users", "PostLinks": "post_links", "PostHistory": "post_history"}
    for table, rows in tables.items():
        tally = tallies[kinds.get(table, table.lower())]
        assert tally.read == len(rows), table
        assert tally.read == tally.imported + tally.updated + tally.skipped, table
    assert tallies["posts"].of_which == {"questions": 2, "answers": 3, "tag texts": 2}
    assert tallies["posts"].reasons == {
        "without a usable Id or CreationDate": 1,
        "answer to a question that is not in the dump": 1,
        "a kind of post without a counterpart here": 1,
    }
    assert tallies["votes"].of_which == {"likes": 3, "best answers": 1, "bookmarks": 1}
    assert tallies["badges"].reasons == {"without a known user, a name or a date": 1}


def test_posts_keep_people_dates_floors_and_answers(tmp_path: Path) -> None:
    bring(write_dump(tmp_path, **community()))
    topic = Topic.objects.get(title="Question 10")
    assert topic.created_at == datetime(2018, 3, 12, 10, 10, 0, 123000, tzinfo=UTC)
    assert topic.author is not None and topic.author.name == "Ada"
    assert topic.closed_at == datetime(2018, 4, 1, tzinfo=UTC)
    posts = list(topic.posts.order_by("number"))
    assert [post.number for post in posts] == [1, 2, 3]
    assert topic.best_answer == posts[1]
    assert (posts[2].author, posts[2].author_name) == (None, "user77")
    assert posts[0].likes_count == posts[0].unnamed_likes == 2
    assert posts[0].score == 3
    assert {tag.slug for tag in topic.tags.all()} == {"gates", "error-correction"}
    assert Comment.objects.get(post=posts[1]).author_name == "gone"
    assert Bookmark.objects.get().topic == topic
    assert TopicLink.objects.get().kind == "duplicate"
    assert BadgeAward.objects.get().member == topic.author


def test_answer_standing_before_its_question_finds_it(tmp_path: Path) -> None:
    bring(write_dump(tmp_path, **community()))
    late = Topic.objects.get(title="Question 14")
    assert [post.source for post in late.posts.order_by("number")] == [
        "<p>Body of 14</p>",
        "<p>Answer 13</p>",
    ]


def test_people_are_safe_unique_and_cannot_sign_in_yet(tmp_path: Path) -> None:
    bring(write_dump(tmp_path, **community()))
    handles = set(Member.objects.values_list("handle", flat=True))
    assert handles == {"Community", "Ada", "Ada-2", "数数"}
    ada = Member.objects.get(handle="Ada")
    assert "<script" not in ada.about_html and "Hi" in ada.about_html
    assert not ada.has_usable_password()
    assert Member.objects.get(handle="数数").website == ""
    assert Member.objects.get(handle="Community").is_bot
    assert len(set(Member.objects.values_list("subject", flat=True))) == 4


def test_tags_get_their_texts(tmp_path: Path) -> None:
    bring(write_dump(tmp_path, **community()))
    tag = Tag.objects.get(slug="gates")
    assert tag.description == "On gates."
    assert "Long." in tag.description_html


def test_history_keeps_what_a_post_said_before(tmp_path: Path) -> None:
    bring(write_dump(tmp_path, **community()))
    revision = PostRevision.objects.get()
    assert (revision.number, revision.source) == (1, "first")
    assert revision.post.edits_count == 1


def test_events_carry_original_times_and_classes(tmp_path: Path) -> None:
    bring(write_dump(tmp_path, **community()))
    assert recorded() == {
        "members.signed_up": 4,
        "members.profile_changed": 1,
        "forum.topic_published": 2,
        "forum.topic_closed": 1,
        "forum.reply_published": 3,
        "forum.comment_published": 2,
        "forum.post_liked": 3,
        "forum.answer_accepted": 1,
        "forum.topic_bookmarked": 1,
        "forum.post_edited": 1,
    }
    reply = Act.objects.filter(event=21).order_by("ts_us").first()
    assert reply is not None
    assert reply.ts_us == 1_520_939_460_456_000
    assert reply.target == Member.objects.get(name="Ada", handle="Ada").subject
    assert Act.objects.get(event=20, actor_class=3).subject == Member.objects.get(handle="Community").subject


def test_second_run_brings_nothing_twice(tmp_path: Path) -> None:
    folder = write_dump(tmp_path, **community())
    bring(folder)
    before, likes = recorded(), sum(Post.objects.values_list("likes_count", flat=True))
    again = bring(folder)
    assert recorded() == before
    assert sum(Post.objects.values_list("likes_count", flat=True)) == likes
    assert {kind: tally.imported for kind, tally in again.items()} == dict.fromkeys(again, 0)
    assert {kind: tally.updated for kind, tally in again.items()} == dict.fromkeys(again, 0)
    assert all(tally.read == tally.skipped for tally in again.values())
    assert Post.objects.get(topic__title="Question 10", number=1).edits_count == 1


def test_newer_dump_updates_and_adds(tmp_path: Path) -> None:
    tables = community()
    bring(write_dump(tmp_path / "old", **tables))
    tables["Posts"][0]["Body"] = "<p>Rewritten</p>"
    tables["Posts"].append(answer(30, 10, owner=3))
    tables["Votes"].append(vote(9, 30, 2))
    tallies = bring(write_dump(tmp_path / "new", **tables))
    assert (tallies["posts"].imported, tallies["posts"].updated) == (1, 1)
    assert tallies["votes"].imported == 1
    post = Post.objects.get(topic__title="Question 10", number=1)
    assert "Rewritten" in post.body_html
    assert list(post.revisions.order_by("number").values_list("source", flat=True)) == [
        "first",
        "<p>Body of 10</p>",
    ]
    assert Post.objects.get(source="<p>Answer 30</p>").number == 4


def test_interrupted_run_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = community()
    tables["Posts"] = [question(old) for old in range(1, 2 * BATCH + 200)]
    folder = write_dump(tmp_path, **tables)
    whole = BringQuestions.bring
    calls = []

    def breaks_in_the_second_batch(step: BringQuestions, batch: Rows, tally: Tally) -> None:
        calls.append(len(batch))
        whole(step, batch, tally)  # type: ignore[arg-type]
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(BringQuestions, "bring", breaks_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        bring(folder)
    assert Topic.objects.count() == BATCH
    tallies = bring(folder)
    assert calls == [BATCH, BATCH, BATCH, 199]
    assert Topic.objects.count() == 2 * BATCH + 199
    assert (tallies["users"].read, tallies["posts"].read, tallies["posts"].imported) == (
        4,
        2 * BATCH + 199,
        2 * BATCH + 199,
    )
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize("missing", sorted(community()))
def test_any_file_may_be_missing(tmp_path: Path, missing: str) -> None:
    tables = community()
    del tables[missing]
    bring(write_dump(tmp_path, **tables))
    assert (Topic.objects.count() > 0) == (missing != "Posts")
    if missing == "Users":
        assert Topic.objects.get(title="Question 10").author.handle == "user1"  # type: ignore[union-attr]
        assert recorded()["members.signed_up"] == 0


def test_users_that_come_later_fill_their_bare_accounts(tmp_path: Path) -> None:
    tables = community()
    bring(write_dump(tmp_path / "first", Posts=tables["Posts"]))
    bring(write_dump(tmp_path / "second", **tables))
    author = Topic.objects.get(title="Question 10").author
    assert author is not None and (author.name, author.region) == ("Ada", "Paris")


def test_another_community_under_the_same_name_is_refused(tmp_path: Path) -> None:
    bring(write_dump(tmp_path / "one", **community()))
    other = {"Users": [user(old, CreationDate=f"2011-01-0{old}T00:00:00.000") for old in (1, 2, 3)]}
    folder = write_dump(tmp_path / "two", **other)
    with pytest.raises(TiantangError, match="--site NAME"):
        bring(folder)
    bring(folder, site_key="two")
    assert Member.objects.count() == 7


def test_damaged_file_says_where_and_keeps_what_came_before(tmp_path: Path) -> None:
    folder = write_dump(tmp_path, **community())
    path = folder / "Comments.xml"
    path.write_text(path.read_text("utf8").replace("</comments>", "<row Id="), "utf8")
    with pytest.raises(TiantangError, match=r"Comments.xml is damaged at line \d+"):
        bring(folder)
    assert (Topic.objects.count(), Comment.objects.count()) == (2, 2)
    write_dump(tmp_path, Comments=community()["Comments"])
    assert bring(folder)["comments"].reasons["already here"] == 2


def test_folder_without_a_dump_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TiantangError, match=r"holds none of"):
        bring(tmp_path)
    with pytest.raises(TiantangError, match=r"is no folder"):
        bring(tmp_path / "nowhere")


def test_links_to_the_old_address_stay_inside(tmp_path: Path) -> None:
    body = '<p><a href="https://qc.example/questions/14/x">there</a> <a href="https://qc.example.org/">no</a></p>'
    bring(write_dump(tmp_path, Posts=[question(10, Body=body), question(14)]), address="qc.example")
    html = Post.objects.get(topic__title="Question 10").body_html
    assert 'href="/questions/14/x"' in html
    assert 'href="https://qc.example.org/"' in html


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/questions/10", "/t/{topic}/"),
        ("/questions/10/some-title", "/t/{topic}/"),
        ("/questions/10/some-title/11", "/p/{answer}/"),
        ("/q/10/3", "/t/{topic}/"),
        ("/a/11", "/p/{answer}/"),
        ("/users/1/ada", "/m/Ada/"),
        ("/questions/tagged/gates", "/tags/gates/"),
    ],
)
def test_old_addresses_lead_to_the_new_place(client: Client, tmp_path: Path, old: str, new: str) -> None:
    bring(write_dump(tmp_path, **community()))
    topic = Topic.objects.get(title="Question 10")
    answered = client.get(old)
    assert answered.status_code == 301
    assert answered["Location"] == new.format(topic=topic.pk, answer=topic.best_answer_id)


def test_unknown_old_address_is_not_found(client: Client) -> None:
    assert client.get("/questions/123456/x").status_code == 404


def test_signs_that_xml_escapes_arrive_as_they_were(tmp_path: Path) -> None:
    body = "<p>a &amp; b &lt; c \"d\" 'e'</p><pre><code>x &amp;&amp; y\n\tz</code></pre>"
    bring(write_dump(tmp_path, Posts=[question(1, Body=body, Title="R&D <3")]))
    post = Post.objects.get()
    assert post.source == body.replace("\n", " ").replace("\t", " ") or post.source == body
    assert "a &amp; b &lt; c" in post.body_html
    assert Topic.objects.get().title == "R&D <3"


def test_entities_of_a_hostile_file_open_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    (tmp_path / "dump").mkdir()
    (tmp_path / "dump" / "Users.xml").write_text(
        f'<!DOCTYPE users [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n<users>\n'
        '<row Id="1" CreationDate="2018-01-01T00:00:00" DisplayName="Ada" />&x;\n</users>'
    )
    with pytest.raises(TiantangError, match="damaged at line 3") as refusal:
        bring(tmp_path / "dump")
    assert "SECRET" not in str(refusal.value)


def test_a_second_run_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder = write_dump(tmp_path, **community())
    bring(folder)
    before = list(Post.objects.order_by("pk").values())
    again = bring(folder)
    assert list(Post.objects.order_by("pk").values()) == before
    assert {kind: (tally.imported, tally.updated) for kind, tally in again.items()} == dict.fromkeys(
        again, (0, 0)
    )


def test_an_id_given_twice_or_too_large_is_counted(tmp_path: Path) -> None:
    rows = [question(1), question(1), question(10**30), question(2, Score="many", ViewCount=10**12)]
    tally = bring(write_dump(tmp_path, Posts=rows))["posts"]
    assert Topic.objects.count() == 2
    assert tally.reasons == {"an Id given twice": 1, "without a usable Id or CreationDate": 1}


def test_formulas_of_the_old_site_are_drawn(tmp_path: Path) -> None:
    row = question(1, Body="<p>State $|0\\rangle$, and $$a &amp; b$$ for $5 or $6.</p>")
    bring(write_dump(tmp_path, Posts=[row], Comments=[comment(1, 1, Text="so $x_1$ is _it_")]))
    post = Post.objects.get()
    assert post.body_html.count("<math ") == 2
    assert "for $5 or $6." in post.body_html
    assert "$|0\\rangle$" in Topic.objects.get().excerpt
    assert "<msub><mi>x</mi><mn>1</mn></msub>" in Comment.objects.get().body_html


def test_likes_reach_their_posts_after_all_votes(tmp_path: Path) -> None:
    votes = [vote(old, 1 + old % 2, 2) for old in range(1, 12)]
    bring(write_dump(tmp_path, Posts=[question(1), question(2)], Votes=votes))
    assert dict(Post.objects.values_list("topic__title", "unnamed_likes")) == {
        "Question 1": 5,
        "Question 2": 6,
    }
    assert not WaitingLikes.objects.exists()
