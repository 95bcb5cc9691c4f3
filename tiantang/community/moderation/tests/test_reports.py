"""Reporting and deciding, through the verbs and through the pages."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tiantang.community.forum.models import Post, Topic
from tiantang.community.forum.refusals import NotAllowed, Refused
from tiantang.community.forum.tests.factory import make_comment, make_member, make_post, make_topic
from tiantang.community.forum.tests.test_pages import browser
from tiantang.community.forum.tests.test_publish import acts
from tiantang.community.moderation.actions import report as reporting
from tiantang.community.moderation.actions.decide import decide_report
from tiantang.community.moderation.actions.report import report_content
from tiantang.community.moderation.models import Report
from tiantang.community.notifications.models import Notification
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_post(make_topic(), "剧透了结局")


def test_reporting_the_same_thing_again_gives_the_open_report(post: Post) -> None:
    reporter = make_member()
    first = report_content(reporter=reporter, post=post, reason="spoiler")
    assert report_content(reporter=reporter, post=post, reason="spam") == first
    assert acts() == ["moderation.post_reported"]
    act = Act.objects.get()
    assert (act.object_id, act.target, act.topic) == (first.pk, post.author.subject, post.topic_id)


def test_own_and_removed_posts_cannot_be_reported(post: Post) -> None:
    with pytest.raises(NotAllowed):
        report_content(reporter=post.author, post=post, reason="spam")
    with pytest.raises(NotAllowed):
        gone = make_post(post.topic, removed_at=timezone.now())
        report_content(reporter=make_member(), post=gone, reason="spam")


@pytest.mark.parametrize(
    ("reason", "field"), [("nonsense", "reason"), ("other", "note"), ("illegal", "note")]
)
def test_reports_need_a_reason_that_says_something(post: Post, reason: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        report_content(reporter=make_member(), post=post, reason=reason)
    assert refusal.value.field == field


@pytest.mark.parametrize("note", ["   ", "\u200b\u2060", "……"])
def test_a_note_without_a_word_is_none(post: Post, note: str) -> None:
    with pytest.raises(Refused) as refusal:
        report_content(reporter=make_member(), post=post, reason="other", note=note)
    assert refusal.value.field == "note"
    assert report_content(reporter=make_member(), post=post, reason="other", note="引战").note == "引战"


def test_reports_a_day_are_limited(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "REPORTS_A_DAY", 1)
    reporter = make_member()
    report_content(reporter=reporter, post=post, reason="spam")
    with pytest.raises(Refused, match="tomorrow"):
        report_content(reporter=reporter, post=make_post(post.topic), reason="spam")


def test_upholding_with_removal_takes_the_post_down_and_tells_both(post: Post) -> None:
    reporter, moderator = make_member(), make_member(role="moderator")
    report = report_content(reporter=reporter, post=post, reason="spoiler")
    decide_report(decider=moderator, report=report, upheld=True, remove=True, note="请遮住剧透")
    post.refresh_from_db()
    assert post.removed_at is not None
    assert (report.state, report.decided_by, report.decision_note) == ("upheld", moderator, "请遮住剧透")
    told = {letter.recipient: letter.excerpt for letter in Notification.objects.filter(kind="report")}
    assert told == {reporter: "You were right: it is removed. 请遮住剧透"}
    assert acts() == ["moderation.post_reported", "moderation.report_upheld", "forum.post_removed"]


def test_one_decision_settles_all_open_reports_of_the_thing(post: Post) -> None:
    reports = [report_content(reporter=make_member(), post=post, reason="spam") for _ in range(3)]
    other = report_content(reporter=make_member(), post=make_post(post.topic), reason="spam")
    decide_report(decider=make_member(role="lead"), report=reports[0], upheld=False)
    states = list(Report.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["rejected"] * 3 + ["open"]
    decide_report(decider=make_member(role="lead"), report=reports[0], upheld=True)
    assert Report.objects.get(pk=reports[0].pk).state == "rejected"
    assert Report.objects.get(pk=other.pk).state == "open"


def test_opening_posts_go_with_their_topic_and_comments_alone(post: Post) -> None:
    lead, opening = make_member(role="lead"), post.topic.posts.get(number=1)
    comment = make_comment(post)
    on_comment = report_content(reporter=make_member(), post=post, comment=comment, reason="abuse")
    decide_report(decider=lead, report=on_comment, upheld=True, remove=True)
    comment.refresh_from_db()
    assert (comment.removed_at is not None, Post.objects.get(pk=post.pk).removed_at) == (True, None)
    on_topic = report_content(reporter=make_member(), post=opening, reason="spam")
    decide_report(decider=lead, report=on_topic, upheld=True, remove=True)
    assert Topic.objects.get(pk=post.topic_id).removed_at is not None


def test_members_do_not_decide(post: Post) -> None:
    report = report_content(reporter=make_member(), post=post, reason="spam")
    with pytest.raises(NotAllowed):
        decide_report(decider=make_member(), report=report, upheld=True)
    assert Report.objects.get().state == "open"


@pytest.mark.parametrize(
    ("role", "status"), [("", 403), ("moderator", 200), ("data", 200), ("lead", 200), (None, 302)]
)
def test_the_queue_opens_for_moderators_and_the_team(post: Post, role: str | None, status: int) -> None:
    report_content(reporter=make_member(), post=post, reason="spam", note="第三次了")
    client = browser(make_member(role=role) if role is not None else None)
    response = client.get("/console/reports/")
    assert response.status_code == status
    assert ("第三次了" in response.content.decode()) is (status == 200)
    decided = client.post(
        "/console/reports/decide/", {"verdict": "reject", "reports": Report.objects.get().pk}
    )
    assert Report.objects.get().state == ("rejected" if status == 200 else "open")
    assert decided.status_code == (302 if status in (200, 302) else 403)


def test_every_waiting_report_shows_what_was_reported_without_a_click() -> None:
    for words in ("先到的一句", "后到的一句"):
        report_content(reporter=make_member(), post=make_post(make_topic(), words), reason="spam")
    page = browser(make_member(role="moderator")).get("/console/reports/").content.decode()
    assert page.count("<details open>") == 2 and "后到的一句" in page


@pytest.mark.parametrize(("role", "decides"), [("moderator", False), ("members", False), ("lead", True)])
def test_nobody_but_the_lead_decides_about_their_own_words_nor_learns_who_reported(
    role: str, decides: bool
) -> None:
    author, reporter = make_member(role=role), make_member("告发的人")
    report = report_content(reporter=reporter, post=make_post(make_topic(), author=author), reason="spam")
    client = browser(author, "en")
    page = client.get("/console/reports/").content.decode()
    assert "告发的人" not in page and "A member reported what you wrote" in page
    assert ('value="reject"' in page) is decides
    client.post("/console/reports/decide/", {"verdict": "reject", "reports": report.pk})
    report.refresh_from_db()
    assert (report.state == "rejected") is decides
    if not decides:
        assert "Somebody else decides about what you wrote." in client.get("/").content.decode()
        decide_report(decider=make_member(role="moderator"), report=report, upheld=True)
        client.post("/console/reports/take-back/", {"reports": report.pk})
        report.refresh_from_db()
        assert report.state == "upheld"


def test_bulk_decisions_and_filters(post: Post) -> None:
    client = browser(make_member(role="moderator"))
    reports = [
        report_content(reporter=make_member(), post=make_post(post.topic, f"广告 {n}"), reason=reason)
        for n, reason in enumerate(["spam", "spam", "abuse"])
    ]
    ticked = [str(report.pk) for report in reports[:2]]
    response = client.post(
        "/console/reports/decide/",
        {"verdict": "remove", "reports": ticked, "note": "广告", "query": "reason=spam"},
    )
    assert response["Location"] == "/console/reports/?reason=spam"
    assert Post.objects.exclude(removed_at=None).count() == 2
    assert "广告 2" in client.get("/console/reports/?reason=abuse").content.decode()
    assert "广告 2" not in client.get("/console/reports/?state=decided").content.decode()
    assert "广告 0" in client.get("/console/reports/?state=decided&reason=spam").content.decode()
    nothing = client.post("/console/reports/decide/", {"verdict": "remove"})
    assert nothing.status_code == 302


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_reporting_through_the_page(post: Post, language: str) -> None:
    client, comment = browser(make_member(), language), make_comment(post)
    for address in (f"/report/post/{post.pk}/", f"/report/comment/{comment.pk}/"):
        assert client.get(address).status_code == 200
        refused = client.post(address, {"reason": "other", "note": ""})
        assert refused.status_code == 422
        assert client.post(address, {"reason": "abuse", "note": "骂人"})["Location"] == f"/p/{post.pk}/"
    assert set(Report.objects.values_list("comment", flat=True)) == {None, comment.pk}
    assert browser().get(f"/report/post/{post.pk}/").status_code == 302
    assert browser(post.author).get(f"/report/post/{post.pk}/").status_code == 403


@pytest.mark.parametrize("reason", ["other", "illegal"])
def test_a_rejected_report_keeps_what_was_typed_and_said_before_what_it_needs(
    post: Post, reason: str
) -> None:
    client, address = browser(make_member(), "en"), f"/report/post/{post.pk}/"
    shown = client.get(address).content.decode()
    assert "Needed for" in shown and 'data-needed-for="illegal other"' in shown
    refused = client.post(address, {"reason": reason, "note": "  "})
    assert refused.status_code == 422
    assert f'value="{reason}"' in refused.content.decode().split("checked", 1)[0].rsplit("<input", 1)[1]
    unchosen = client.post(address, {"note": "第三次了"})
    assert "第三次了" in unchosen.content.decode()


def test_a_report_beyond_the_days_limit_keeps_its_words(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "REPORTS_A_DAY", 0)
    refused = browser(make_member(), "en").post(
        f"/report/post/{post.pk}/", {"reason": "other", "note": "写了很久"}
    )
    assert refused.status_code == 422 and "写了很久" in refused.content.decode()


def test_reporting_is_offered_for_what_others_wrote(post: Post) -> None:
    address = f"/report/post/{post.pk}/"
    assert address in browser(make_member()).get(f"/t/{post.topic_id}/").content.decode()
    assert address not in browser(post.author).get(f"/t/{post.topic_id}/").content.decode()
    assert address not in browser().get(f"/t/{post.topic_id}/").content.decode()
