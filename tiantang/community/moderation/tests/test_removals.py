"""What the author reads of a removal, and how it is undone, through the verbs and through the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from tiantang.community.forum.actions.comment import publish_comment
from tiantang.community.forum.actions.publish import publish_topic
from tiantang.community.forum.actions.remove import remove_post, remove_topic, restore_post
from tiantang.community.forum.actions.steer import accept_answer
from tiantang.community.forum.models import Post, Removal, Topic
from tiantang.community.forum.refusals import NotAllowed
from tiantang.community.forum.tests.factory import (
    make_board,
    make_comment,
    make_member,
    make_post,
    make_topic,
)
from tiantang.community.forum.tests.test_pages import browser
from tiantang.community.forum.tests.test_publish import acts
from tiantang.community.members.models import Member
from tiantang.community.moderation.actions.decide import decide_report
from tiantang.community.moderation.actions.report import report_content
from tiantang.community.moderation.actions.take_back import take_back_decision
from tiantang.community.moderation.models import Report
from tiantang.community.notifications.actions import mark_all_read, notify
from tiantang.community.notifications.models import Notification

pytestmark = pytest.mark.django_db
RULE_2 = "Rule 2: Cover spoilers"


@pytest.fixture
def post() -> Post:
    return make_post(make_topic(title="塔顶见"), "剧透了结局")


def letters_to(member: object) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(recipient=member).order_by("id")
    return list(rows.values_list("kind", "address"))


def uphold(post: Post, **more: object) -> Report:
    report = report_content(reporter=make_member(), post=post, reason="spoiler")
    decider = make_member(role="moderator")
    return decide_report(decider=decider, report=report, upheld=True, remove=True, **more)


def test_author_hears_from_the_team_which_rule_was_broken(post: Post) -> None:
    uphold(post, note="请遮住剧透")
    letter = Notification.objects.get(recipient=post.author)
    assert (letter.kind, letter.actor, letter.from_the_team) == ("removed", None, True)
    assert letter.excerpt.startswith(RULE_2) and letter.excerpt.endswith("请遮住剧透")
    assert letter.sentence == "removed what you wrote in “塔顶见”"
    page = browser(post.author, "en").get("/inbox/").content.decode()
    assert "The team" in page and RULE_2 in page


def test_author_reads_the_letter_in_their_language(post: Post) -> None:
    post.author.language = "zh-hans"
    post.author.save()
    uphold(post)
    assert "第 2 条" in Notification.objects.get(recipient=post.author).excerpt


def test_moderator_may_name_another_rule_or_none(post: Post) -> None:
    uphold(post, rule=1)
    assert Removal.objects.get().rule == 1
    other = make_post(post.topic, "另一条")
    uphold(other, rule=0)
    assert Notification.objects.get(recipient=other.author).excerpt == ""


def test_author_reads_the_removed_text_and_others_do_not(post: Post) -> None:
    uphold(post)
    address = Notification.objects.get(recipient=post.author).address
    page = browser(post.author, "en").get(address)
    assert page.status_code == 200
    words = page.content.decode()
    assert "剧透了结局" in words and RULE_2 in words and "/rules/#rule-2" in words and "Removed" in words
    assert browser(make_member(role="moderator")).get(address).status_code == 200
    assert browser(make_member()).get(address).status_code == 404
    assert browser().get(address).status_code == 302
    place = browser(post.author).get(f"/p/{post.pk}/", follow=True).content.decode()
    assert "剧透了结局" not in place and 'class="post gone"' in place


def test_removed_topics_and_comments_have_such_a_page_too(post: Post) -> None:
    comment, moderator = make_comment(post), make_member(role="moderator")
    on_comment = report_content(reporter=make_member(), post=post, comment=comment, reason="abuse")
    decide_report(decider=moderator, report=on_comment, upheld=True, remove=True)
    [(_, address)] = letters_to(comment.author)
    assert address == f"/c/{comment.pk}/removed/"
    assert browser(comment.author).get(address).status_code == 200
    remove_topic(member=moderator, topic=post.topic)
    [(kind, address)] = letters_to(post.topic.author)
    assert kind == "removed" and browser(post.topic.author).get(address).status_code == 200


def test_nobody_is_told_of_what_they_removed_themselves(post: Post) -> None:
    remove_post(member=post.author, post=post)
    assert letters_to(post.author) == []
    assert Removal.objects.get().own
    words = browser(post.author, "en").get(f"/p/{post.pk}/removed/").content.decode()
    assert "You removed this" in words and "rules of the community" not in words
    moderator = browser(make_member(role="moderator"), "en")
    words = moderator.get(f"/p/{post.pk}/removed/").content.decode()
    assert "Its author removed this" in words and "Tell the author why" not in words
    assert moderator.post(f"/p/{post.pk}/removed/", {"rule": "1"}).status_code == 403
    assert letters_to(post.author) == []


def test_what_fell_with_its_topic_is_not_said_to_break_a_rule(post: Post) -> None:
    comment = make_comment(post)
    remove_topic(member=make_member(role="moderator"), topic=post.topic, rule=1)
    for author, address in ((post.author, f"/p/{post.pk}/"), (comment.author, f"/c/{comment.pk}/")):
        words = browser(author, "en").get(f"{address}removed/").content.decode()
        assert "it went along" in words and "The team removed this" not in words and "Rule 1" not in words


def test_removing_what_a_colleague_has_just_removed_is_one_removal(post: Post) -> None:
    comment, client = make_comment(post), browser(make_member(role="moderator"))
    for address in (f"/c/{comment.pk}/remove/", f"/p/{post.pk}/remove/"):
        assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    assert acts() == ["forum.comment_removed", "forum.post_removed"]
    assert browser(make_member()).post(f"/c/{comment.pk}/remove/").status_code == 404


def test_page_of_what_stands_leads_to_the_post(post: Post) -> None:
    assert browser(post.author).get(f"/p/{post.pk}/removed/")["Location"] == f"/p/{post.pk}/"


def test_putting_back_takes_the_letter_back_or_answers_it(post: Post) -> None:
    moderator = make_member(role="moderator")
    remove_post(member=moderator, post=post)
    restore_post(member=moderator, post=post)
    assert letters_to(post.author) == []
    remove_post(member=moderator, post=post)
    mark_all_read(member=post.author)
    restore_post(member=moderator, post=post)
    assert letters_to(post.author) == [("restored", f"/p/{post.pk}/")]


def test_putting_back_into_a_removed_topic_sends_nobody_to_a_missing_page(post: Post) -> None:
    moderator = make_member(role="moderator")
    remove_post(member=moderator, post=post)
    mark_all_read(member=post.author)
    remove_topic(member=moderator, topic=post.topic)
    restore_post(member=moderator, post=Post.objects.select_related("topic", "author").get(pk=post.pk))
    assert letters_to(post.author) == []


def test_best_answer_is_one_again_after_undo() -> None:
    topic = make_topic(is_question=True)
    post, moderator = make_post(topic, "答案"), make_member(role="moderator")
    accept_answer(member=topic.author, post=post)
    post = Post.objects.select_related("topic", "author").get(pk=post.pk)
    remove_post(member=moderator, post=post)
    assert Topic.objects.get().best_answer_id is None
    restore_post(member=moderator, post=post)
    assert Topic.objects.get().best_answer_id == post.pk


def test_taking_a_decision_back_restores_everything(post: Post) -> None:
    before = Topic.objects.values().get()
    twice = report_content(reporter=make_member(), post=post, reason="abuse")
    report = uphold(post)
    take_back_decision(member=make_member(role="lead"), report=report)
    assert Topic.objects.values().get() == before
    assert Post.objects.get(pk=post.pk).removed_at is None
    for one in (report, twice):
        one.refresh_from_db()
        assert (one.state, one.decided_by, one.decided_at, one.took_down) == ("open", None, None, False)
    assert not Notification.objects.exists()
    assert acts()[-3:] == ["forum.post_restored", *["moderation.report_reopened"] * 2]


def test_a_decision_that_removed_nothing_leaves_what_is_removed(post: Post) -> None:
    moderator = make_member(role="moderator")
    report = report_content(reporter=make_member(), post=post, reason="spam")
    remove_post(member=moderator, post=post)
    decide_report(decider=moderator, report=report, upheld=True, remove=True)
    take_back_decision(member=moderator, report=report)
    assert Post.objects.get(pk=post.pk).removed_at is not None


def test_taking_a_decision_back_leaves_what_was_removed_again_since(post: Post) -> None:
    moderator = make_member(role="moderator")
    report = uphold(post)
    restore_post(member=moderator, post=Post.objects.select_related("topic", "author").get(pk=post.pk))
    remove_post(member=post.author, post=Post.objects.select_related("topic", "author").get(pk=post.pk))
    report.refresh_from_db()
    take_back_decision(member=moderator, report=report)
    assert Post.objects.get(pk=post.pk).removed_at is not None


def test_a_colleagues_decision_stands_against_a_page_from_before_it(post: Post) -> None:
    report = report_content(reporter=make_member(), post=post, reason="spam")
    decide_report(decider=make_member(role="moderator"), report=report, upheld=False)
    report.refresh_from_db()
    decide_report(decider=make_member(role="moderator"), report=report, upheld=True, remove=True)
    client = browser(make_member(role="moderator"), "en")
    client.post("/console/reports/decide/", {"verdict": "remove", "reports": report.pk})
    page = client.get("/console/reports/").content.decode()
    assert "Somebody has decided on this already." in page and ">Undo</button>" not in page
    report.refresh_from_db()
    assert (report.state, report.took_down) == ("rejected", False)
    assert Post.objects.get(pk=post.pk).removed_at is None


@pytest.mark.parametrize("door", ["decide", "take-back"])
def test_numbers_no_report_can_have_find_none(door: str) -> None:
    client = browser(make_member(role="moderator"))
    for number in ("9" * 30, "9" * 5000, "²", "-1"):
        answer = client.post(f"/console/reports/{door}/", {"verdict": "remove", "reports": number})
        assert answer.status_code == 302


def test_open_reports_have_nothing_to_take_back_and_members_may_not(post: Post) -> None:
    report = report_content(reporter=make_member(), post=post, reason="spam")
    take_back_decision(member=make_member(role="lead"), report=report)
    assert acts() == ["moderation.post_reported"]
    with pytest.raises(NotAllowed):
        take_back_decision(member=make_member(), report=report)


def test_queue_offers_undo_after_a_decision(post: Post) -> None:
    report = report_content(reporter=make_member(), post=post, reason="spam")
    client = browser(make_member(role="moderator"), "en")
    client.post("/console/reports/decide/", {"verdict": "remove", "reports": report.pk, "rule": "8"})
    page = client.get("/console/reports/").content.decode()
    assert f'formaction="/console/reports/take-back/" name="reports" value="{report.pk}"' in page
    assert '<form id="acts"' in page
    assert "Take back" in client.get("/console/reports/?state=decided").content.decode()
    client.post("/console/reports/take-back/", {"reports": str(report.pk)})
    assert Post.objects.get(pk=post.pk).removed_at is None
    refused = browser(make_member()).post("/console/reports/take-back/", {"reports": str(report.pk)})
    assert refused.status_code == 403


def test_queue_proposes_the_rule_the_reason_speaks_of(post: Post) -> None:
    report_content(reporter=make_member(), post=post, reason="spoiler")
    page = browser(make_member(role="moderator"), "en").get("/console/reports/").content.decode()
    assert '<option value="2" selected>2. Cover spoilers</option>' in page


@pytest.mark.parametrize(("role", "offered"), [("moderator", True), ("", False)])
def test_removing_a_reply_on_its_page_offers_undo_to_moderators(post: Post, role: str, offered: bool) -> None:
    client = browser(make_member(role=role) if role else post.author, "en")
    client.post(f"/p/{post.pk}/remove/")
    page = client.get(f"/t/{post.topic_id}/").content.decode()
    assert (">Undo</button>" in page) is offered
    assert Post.objects.get(pk=post.pk).removed_at is not None
    if offered:
        client.post(f"/p/{post.pk}/remove/", {"off": "1"})
        assert Post.objects.get(pk=post.pk).removed_at is None


def test_removing_a_topic_offers_undo(post: Post) -> None:
    client = browser(make_member(role="moderator"), "en")
    answer = client.post(f"/t/{post.topic_id}/state/", {"act": "remove"}, follow=True)
    assert f'formaction="/t/{post.topic_id}/state/" name="act" value="restore"' in answer.content.decode()


def test_removing_a_comment_leaves_a_stub_with_undo(post: Post) -> None:
    comment, client = make_comment(post), browser(make_member(role="moderator"), "en")
    address, script = f"/c/{comment.pk}/remove/", {"HX-Request": "true"}
    piece = client.post(address, headers=script).content.decode()
    assert "Comment removed." in piece and f'hx-post="{address}"' in piece
    restored = client.post(address, {"off": "1"}, headers=script).content.decode()
    assert f'id="c{comment.pk}"' in restored and "Comment removed." not in restored


def test_moderator_names_the_rule_after_removing_on_the_page(post: Post) -> None:
    client = browser(make_member(role="moderator"), "en")
    client.post(f"/p/{post.pk}/remove/")
    assert f'href="/p/{post.pk}/removed/"' in client.get(f"/t/{post.topic_id}/").content.decode()
    assert "Tell the author why" in client.get(f"/p/{post.pk}/removed/").content.decode()
    client.post(f"/p/{post.pk}/removed/", {"rule": "2", "note": "请遮住剧透"})
    letter = Notification.objects.get(recipient=post.author)
    assert letter.excerpt.startswith(RULE_2) and letter.excerpt.endswith("请遮住剧透")
    own = browser(post.author, "en")
    assert "Tell the author why" not in own.get(f"/p/{post.pk}/removed/").content.decode()
    assert own.post(f"/p/{post.pk}/removed/", {"rule": "0"}).status_code == 403
    assert Removal.objects.get().rule == 2


@pytest.mark.parametrize("kind", ["topic", "reply", "comment"])
def test_moderators_do_not_put_back_what_the_team_took_down_of_theirs(kind: str) -> None:
    moderator, lead = make_member(role="moderator"), make_member(role="lead")
    reply = make_post(make_topic(author=moderator), author=moderator)
    opening, comment = reply.topic.posts.get(number=1), make_comment(reply, author=moderator)
    doors = {
        "topic": (f"/t/{reply.topic_id}/state/", {"act": "remove"}, {"act": "restore"}, reply.topic),
        "reply": (f"/p/{reply.pk}/remove/", {}, {"off": "1"}, reply),
        "comment": (f"/c/{comment.pk}/remove/", {}, {"off": "1"}, comment),
    }
    address, down, up, thing = doors[kind]
    assert opening.author == moderator
    browser(lead).post(address, down)
    refused = browser(moderator, "en").post(address, up)
    assert (refused.status_code, "somebody else of the team" in refused.content.decode()) == (403, True)
    thing.refresh_from_db()
    assert thing.removed_at is not None
    browser(make_member(role="moderator")).post(address, up)
    thing.refresh_from_db()
    assert thing.removed_at is None
    browser(moderator).post(address, down)  # what they removed themselves is theirs to put back
    browser(moderator).post(address, up)
    thing.refresh_from_db()
    assert thing.removed_at is None


def letter_about(post: Post, **decision: Any) -> Notification:
    """What a reporter is told, whose language is not the moderator's."""
    reporter = make_member(language="zh-hans")
    report = report_content(reporter=reporter, post=post, reason="abuse")
    with translation.override("en"):
        decide_report(decider=make_member(role="moderator"), report=report, **decision)
    return Notification.objects.get(recipient=reporter)


def test_reporter_reads_in_their_language_what_was_found(post: Post) -> None:
    assert letter_about(post, upheld=False).excerpt == "看过了，没有违反社区规则。"
    kept = letter_about(post, upheld=True, note="下不为例")
    assert kept.excerpt == "你说得对，不过这次可以留着。 下不为例"
    gone = letter_about(post, upheld=True, remove=True)
    assert gone.excerpt == "你说得对，已经移除。"
    assert 'class="post gone"' in browser(gone.recipient).get(gone.address, follow=True).content.decode()


def test_letter_about_a_removed_topic_leads_to_its_board(post: Post) -> None:
    letter = letter_about(post.topic.posts.get(number=1), upheld=True, remove=True)
    assert letter.address.startswith(post.topic.board.get_absolute_url())
    report = Report.objects.get(post__number=1)
    take_back_decision(member=make_member(role="lead"), report=report)
    assert not Notification.objects.exists()


def test_commenters_see_nothing_of_a_post_that_was_removed(post: Post) -> None:
    own, other = make_comment(post), make_comment(post, "别人的悄悄话")
    uphold(post)
    answer = browser(own.author).post(f"/c/{own.pk}/remove/", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert other.source not in answer.content.decode()


def inbox(member: Member) -> str:
    return browser(member, "en").get("/inbox/").content.decode()


@pytest.mark.parametrize("kind", ["topic", "reply", "comment"])
def test_inboxes_do_not_repeat_what_was_taken_down(kind: str) -> None:
    reader, troll, lead = make_member("reader"), make_member(), make_member(role="lead")
    topic = publish_topic(author=troll, board=make_board(), title="坏标题在此", source="坏开头 @reader")
    reply = make_post(topic, "坏回复", author=troll)
    comment = publish_comment(author=lead, post=make_post(topic, author=reader), source="坏点评")
    words = {"topic": "坏开头", "reply": "坏回复", "comment": "坏点评"}[kind]
    if kind == "reply":
        notify(
            recipient=reader,
            actor=troll,
            kind="reply",
            subject=topic.title,
            excerpt="坏回复",
            address=f"/p/{reply.pk}/",
        )
    assert words in inbox(reader)
    address, down, up = {
        "topic": (f"/t/{topic.pk}/state/", {"act": "remove"}, {"act": "restore"}),
        "reply": (f"/p/{reply.pk}/remove/", {}, {"off": "1"}),
        "comment": (f"/c/{comment.pk}/remove/", {}, {"off": "1"}),
    }[kind]
    browser(lead).post(address, down)
    assert words not in inbox(reader) and "What was written there is removed." in inbox(reader)
    assert ("坏标题在此" in inbox(reader)) is (kind != "topic")
    browser(lead).post(address, up)
    assert words in inbox(reader)


def test_taking_back_nothing_says_so(post: Post) -> None:
    report = report_content(reporter=make_member(), post=post, reason="spam")
    client = browser(make_member(role="moderator"), "en")
    answer = client.post("/console/reports/take-back/", {"reports": str(report.pk)}, follow=True)
    assert "nothing to take back" in answer.content.decode()
