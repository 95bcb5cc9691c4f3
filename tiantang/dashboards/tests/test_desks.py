from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tiantang.common.time import day_start
from tiantang.community.forum.tests.factory import make_board, make_member, make_post, make_topic
from tiantang.community.moderation.models import Report, ReportReason
from tiantang.dashboards import lent
from tiantang.dashboards.desks import content, counting, data, technology
from tiantang.dashboards.desks.places import DESKS, desk_of, duty_places
from tiantang.metrics.models import Target
from tiantang.metrics.rollup import catch_up

BACKEND = "tiantang.community.members.backend.MemberBackend"
DUTIES = ["lead", "content", "events", "members", "technology", "data"]


def enter(client: Client, role: str, language: str = "zh-hans") -> Client:
    client.force_login(make_member(role=role), backend=BACKEND)
    client.cookies["language"] = language
    return client


def hours_ago(hours: float):
    return timezone.now() - timedelta(hours=hours)


@pytest.mark.parametrize("role", DUTIES)
def test_everybody_begins_at_the_own_desk(client: Client, role: str) -> None:
    page = enter(client, role, "en").get(reverse("dashboards:home")).content.decode()
    assert f"<title>{DESKS[role].name()}" in page
    assert f'href="/console/duty/{role}/" aria-current="page"' in page
    assert page.count("> yours</span>") == 1


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("role", DUTIES)
def test_every_desk_opens_where_there_is_nothing_yet(client: Client, role: str, language: str) -> None:
    page = enter(client, "lead", language).get(reverse("dashboards:duty", args=[role]))
    assert page.status_code == 200
    assert 'class="empty' in page.content.decode() or 'class="due-list' in page.content.decode()


def test_no_such_duty_is_not_found(operator: Client) -> None:
    assert operator.get("/console/duty/nothing/").status_code == 404


def test_somebody_with_two_duties_begins_at_the_first() -> None:
    member = make_member(role="technology")
    member.roles.create(role="content", granted_at=timezone.now())
    assert desk_of(member).key == "content"


def test_a_topic_is_due_for_content_after_a_day_without_an_answer(client: Client) -> None:
    make_topic("刚刚问的", created_at=hours_ago(3))
    make_topic("昨天问的", created_at=hours_ago(30))
    answered = make_topic("有人回了", created_at=hours_ago(30))
    make_post(answered)
    answered.__class__.objects.filter(pk=answered.pk).update(replies_count=1)
    page = enter(client, "content").get(reverse("dashboards:home")).content.decode()
    assert [(one.count, one.late) for one in content.due()] == [(1, True)]
    assert "昨天问的" in page
    assert "刚刚问的" not in page


def test_lively_topics_of_the_week_are_worth_featuring() -> None:
    quiet, lively, featured = (make_topic(created_at=hours_ago(20)) for _ in range(3))
    rows = quiet.__class__.objects
    rows.filter(pk=quiet.pk).update(replies_count=1)
    rows.filter(pk=lively.pk).update(replies_count=9)
    rows.filter(pk=featured.pk).update(replies_count=9, featured_at=timezone.now())
    assert list(content.candidates()) == [lively, quiet]


def test_the_first_word_of_a_newcomer_waits_for_members(client: Client) -> None:
    newcomer = make_member("newcomer", joined_at=hours_ago(40))
    make_topic("大家好", author=newcomer, created_at=hours_ago(2))
    make_topic("老成员的主题", created_at=hours_ago(2))
    page = enter(client, "members").get(reverse("dashboards:home")).content.decode()
    assert "大家好" in page
    assert "老成员的主题" not in page


def test_an_open_report_is_due_for_members_and_said_at_the_lead(client: Client) -> None:
    reply = make_post(make_topic())
    Report.objects.create(
        post=reply, reporter=make_member(), reason=ReportReason.values[0], created_at=timezone.now()
    )
    page = enter(client, "lead").get(reverse("dashboards:home")).content.decode()
    assert "件要办：成员" in page
    assert {place.key: place.count for place in duty_places(make_member(role="members"))}["members"] == 1


def test_a_missed_target_of_last_month_is_due_for_data(community) -> None:
    last = data.this_month().previous()
    Target.objects.create(metric="posts", start=last.start, end=last.end, value=10**6)
    Target.objects.create(metric="topics", start=last.start, end=last.end, value=1)
    assert "target" in [one.icon for one in data.due()]
    assert [aim.metric for aim in data.aims(last)] == ["posts", "topics"]


def test_a_month_without_a_summary_is_due_until_there_is_one(monkeypatch) -> None:
    last = data.this_month().previous()
    make_topic()
    assert "presentation" not in [one.icon for one in data.due()]  # the community has only begun
    make_topic(created_at=day_start(last.start))
    assert "presentation" in [one.icon for one in data.due()]
    news = lent.LatestSummary(last.start, last.end, "定稿", timezone.now(), "/console/summaries/1/")
    monkeypatch.setitem(lent.LENT, "latest_summary", lambda: news)
    assert "presentation" not in [one.icon for one in data.due()]


class Finding:
    organ, state, text, mend = "worker", "ill", "No worker runs.", "tiantang up"


def test_what_is_broken_is_due_for_technology_with_its_mend(client: Client, monkeypatch) -> None:
    monkeypatch.setitem(lent.LENT, "checks", lambda: [Finding()])
    page = enter(client, "technology").get(reverse("dashboards:home")).content.decode()
    assert technology.due()[0].late
    assert "<code>tiantang up</code>" in page


def test_counts_are_as_old_as_a_minute_at_most_and_follow_the_open_desk(client: Client) -> None:
    assert counting.counts()["content"] == 0
    make_topic(created_at=hours_ago(30))
    assert counting.counts()["content"] == 0
    enter(client, "content").get(reverse("dashboards:home"))
    assert counting.counts()["content"] == 1
    cache.clear()
    assert counting.counts()["content"] == 1


def test_a_decided_report_leaves_the_count_at_once() -> None:
    post = make_post(make_topic())
    report = Report.objects.create(post=post, reason=ReportReason.SPAM, created_at=hours_ago(1))
    with_report = counting.counts()["members"]
    report.state = "rejected"
    report.save()
    assert counting.counts()["members"] == with_report - 1


def test_boards_with_most_new_topics_come_first() -> None:
    busy, calm = make_board("busy", name="热闹"), make_board("calm", name="安静")
    for board in (calm, busy, busy):
        make_topic(board=board, created_at=hours_ago(2))
    assert [(row.title, row.value) for row in content.board_rows()] == [("热闹", "2"), ("安静", "1")]


@pytest.mark.parametrize("role", DUTIES)
def test_a_desk_that_was_read_before_asks_little(
    client: Client, community, role: str, django_assert_max_num_queries
) -> None:
    catch_up()
    desk = reverse("dashboards:duty", args=[role])
    enter(client, role).get(desk)
    with django_assert_max_num_queries(26):
        client.get(desk)


def test_the_week_ends_with_today_so_far(operator: Client, community) -> None:
    page = operator.get(reverse("dashboards:home")).content.decode()
    assert page.count("今天至今") == 1
