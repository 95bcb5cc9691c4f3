"""Rows and events of the sample community."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db.models import Count, Q
from django.test import override_settings
from django.urls import reverse

from tiantang.common.errors import TiantangError
from tiantang.common.time import day_start
from tiantang.community.forum.bodies import excerpt_of, render_body, render_comment
from tiantang.community.forum.models import (
    Board,
    Bookmark,
    Comment,
    Like,
    Picture,
    Post,
    Removal,
    Share,
    Topic,
)
from tiantang.community.members.models import Member, RoleGrant
from tiantang.community.moderation.models import Report, ReportState
from tiantang.community.notifications.models import Notification
from tiantang.community.rules.models import RulesAcceptance, RulesVersion
from tiantang.config.commands.demo import command
from tiantang.demo.accounts import PASSWORD, SAMPLE_SIGN_INS
from tiantang.demo.pipeline import Sample, build
from tiantang.demo.plan import make_plan
from tiantang.demo.tests.conftest import small_plan
from tiantang.events import stream
from tiantang.events.catalog import kind_of
from tiantang.metrics.models import Target

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def sample(tmp_path):
    with override_settings(LAKE=tmp_path / "lake", MEDIA_ROOT=tmp_path / "media"):
        yield list(build(small_plan()))[-1]


@pytest.fixture
def talkative(tmp_path):
    """So many posts that some were taken down."""
    with override_settings(LAKE=tmp_path / "lake", MEDIA_ROOT=tmp_path / "media"):
        yield list(build(replace(small_plan(), posts=4000)))[-1]


def events() -> Counter[int]:
    connection = stream.connect()
    stream.attach(connection)
    return Counter(dict(connection.execute("SELECT event, COUNT(*) FROM events GROUP BY 1").fetchall()))


def test_every_row_has_its_event_and_every_event_its_row(sample: Sample) -> None:
    counted = events()
    rows = {
        "members.signed_up": Member.objects.count(),
        "members.role_granted": RoleGrant.objects.count(),
        "forum.topic_published": Topic.objects.exclude(author=None).count(),
        "forum.reply_published": Post.objects.filter(number__gt=1).count(),
        "forum.comment_published": Comment.objects.count(),
        "forum.post_liked": Like.objects.count(),
        "forum.topic_bookmarked": Bookmark.objects.count(),
        "forum.topic_shared": Share.objects.count(),
        "forum.share_followed": sum(Share.objects.values_list("follows_count", flat=True)),
        "forum.answer_accepted": Topic.objects.exclude(best_answer=None).count(),
        "forum.post_edited": sum(Post.objects.values_list("edits_count", flat=True)),
        "forum.topic_featured": Topic.objects.exclude(featured_at=None).count(),
        "forum.topic_closed": Topic.objects.exclude(closed_at=None).count(),
        "forum.post_removed": Post.objects.exclude(removed_at=None).count(),
        "forum.comment_removed": Comment.objects.exclude(removed_at=None).count(),
        "forum.topic_removed": Topic.objects.exclude(removed_at=None).count(),
        "moderation.post_reported": Report.objects.count(),
        "moderation.report_upheld": Report.objects.filter(state=ReportState.UPHELD).count(),
        "moderation.report_rejected": Report.objects.filter(state=ReportState.REJECTED).count(),
    }
    assert {name: counted[kind_of(name).code] for name in rows} == rows
    assert sample.events == sum(counted.values())


def fingerprint() -> tuple[str, str]:
    posts = Post.objects.order_by("id").values_list("id", "topic_id", "author_id", "created_at", "body_html")
    connection = stream.connect()
    stream.attach(connection)
    rows = connection.execute("SELECT * EXCLUDE (seq, lag_s) FROM events ORDER BY ALL").fetchall()
    return tuple(hashlib.sha256(repr(list(found)).encode()).hexdigest() for found in (posts, rows))


def test_same_seed_and_day_give_the_same_rows_and_lake(tmp_path) -> None:
    prints = []
    for place in ("one", "two"):
        call_command("flush", interactive=False, reset_sequences=True)
        with override_settings(LAKE=tmp_path / place, MEDIA_ROOT=tmp_path / "media"):
            list(build(small_plan()))
            prints.append(fingerprint())
    assert prints[0] == prints[1]


def test_bodies_are_what_the_forum_itself_would_render(sample: Sample) -> None:
    handles = Member.objects.values_list("handle", flat=True)
    people = {handle.lower(): reverse("members:profile", args=[handle]) for handle in handles}
    posts = list(Post.objects.exclude(author=None).select_related("topic"))
    chosen = random.Random(4).sample(posts, 200) + [post for post in posts if "|" in post.source][:20]
    for post in chosen:
        assert post.body_html == render_body(post.source, people=people)
        if post.number == 1:
            assert post.topic.excerpt == excerpt_of(post.body_html)
    for comment in Comment.objects.all()[:200]:
        assert comment.body_html == render_comment(comment.source, {})


def test_counters_agree_with_the_rows(sample: Sample) -> None:
    topics = Topic.objects.annotate(
        found=Count("posts", filter=Q(posts__number__gt=1, posts__removed_at=None))
    )
    assert all(topic.replies_count == topic.found for topic in topics)
    assert sum(Board.objects.values_list("topics_count", flat=True)) == topics.filter(removed_at=None).count()


def test_sample_accounts_can_sign_in_and_hold_their_roles(sample: Sample) -> None:
    for account in SAMPLE_SIGN_INS:
        member = Member.objects.get(handle=account.handle)
        assert member.check_password(PASSWORD)
        assert member.role_names == ({account.role} if account.role else set())


def test_rules_hold_since_the_first_day(sample: Sample) -> None:
    version = RulesVersion.objects.get()
    assert version.published_at == day_start(small_plan().first_day)
    accepted = RulesAcceptance.objects.order_by("accepted_at").first()
    assert accepted is not None and accepted.accepted_at >= version.published_at


def test_what_decisions_took_down_has_its_reason_and_can_be_taken_back(talkative: Sample) -> None:
    gone = sum(model.objects.exclude(removed_at=None).count() for model in (Topic, Post, Comment))
    assert 0 < gone == Removal.objects.count() == Report.objects.filter(took_down=True).count()
    assert not Removal.objects.filter(note="").exists()


def test_reports_wait_in_the_queue(sample: Sample) -> None:
    waiting = Report.objects.filter(state=ReportState.OPEN, post__removed_at=None)
    assert waiting.count() >= 5
    noted = waiting.filter(created_at__gt=day_start(small_plan().until - timedelta(days=7)))
    assert noted.exclude(note="").count() >= 5
    assert not Report.objects.filter(reason__in=("other", "illegal"), state="open", note="").exists()


def test_every_sample_account_has_unread_letters(sample: Sample) -> None:
    for account in SAMPLE_SIGN_INS:
        letters = Notification.objects.filter(recipient__handle=account.handle)
        assert letters.filter(read_at=None).count() >= 3, account.handle


def test_announcements_come_from_the_team(sample: Sample) -> None:
    topics = Topic.objects.filter(board__slug="announcements").exclude(author=None)
    assert topics.exists()
    for topic in topics.select_related("author"):
        assert topic.author.roles.filter(granted_at__lte=topic.created_at).exclude(role="moderator").exists()


def test_pictures_are_stored_with_thumbnails_and_shown_in_lists(sample: Sample, tmp_path) -> None:
    assert Picture.objects.exists()
    for picture in Picture.objects.all():
        assert (tmp_path / "media" / picture.file.name).stat().st_size > 1000
        assert (tmp_path / "media" / picture.thumbnail.name).stat().st_size < 40_000
    assert Topic.objects.exclude(thumbnail="").exists()


def test_targets_cover_the_running_month_and_the_last(sample: Sample) -> None:
    starts = set(Target.objects.filter(metric="active_members").values_list("start", flat=True))
    assert {small_plan().until.replace(day=1)} < starts


def test_a_house_with_people_is_refused(sample: Sample) -> None:
    with pytest.raises(TiantangError, match="already holds"):
        list(build(small_plan(), force=True))


def test_command_refuses_a_future_day_in_one_line() -> None:
    result = CliRunner().invoke(command, ["--until", "2999-01-01"])
    assert isinstance(result.exception, TiantangError)
    assert "has not come yet" in str(result.exception)


def test_too_small_a_community_is_refused() -> None:
    with pytest.raises(TiantangError, match="at least 40 members"):
        make_plan(members=3, posts=10)
