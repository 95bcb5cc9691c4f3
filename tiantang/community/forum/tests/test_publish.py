"""Publishing topics and replies."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tiantang.community.forum.actions.publish import publish_reply, publish_topic
from tiantang.community.forum.models import Post, ReadMark, Topic
from tiantang.community.forum.refusals import NotAllowed, Refused
from tiantang.community.forum.tests.factory import make_board, make_member, make_post, make_tag, make_topic
from tiantang.community.members.models import Member
from tiantang.community.notifications.models import Notification
from tiantang.events.catalog import BY_CODE
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db


def acts() -> list[str]:
    """Names of the recorded acts, oldest first."""
    return [BY_CODE[code].name for code in Act.objects.order_by("id").values_list("event", flat=True)]


def test_topic_comes_with_its_opening_post_counts_and_event() -> None:
    author, board, tag = make_member(), make_board(), make_tag("雨天")
    topic = publish_topic(
        author=author, board=board, title="  雨天的  音乐 ", source="换了 **手风琴**", tags=["雨天", "BGM"]
    )
    post = topic.posts.get()
    assert (topic.title, topic.excerpt, topic.last_poster) == ("雨天的 音乐", "换了 手风琴", author)
    assert (post.number, post.body_html) == (1, "<p>换了 <strong>手风琴</strong></p>")
    for row in (board, author, tag):
        row.refresh_from_db()
    assert (board.topics_count, board.posts_count, board.last_topic) == (1, 1, topic)
    assert (author.posts_count, tag.topics_count) == (1, 1)
    assert {tag.slug for tag in topic.tags.all()} == {"雨天", "bgm"}
    act = Act.objects.get()
    assert (act.subject, act.object_id, act.topic, act.board) == (
        author.subject,
        topic.pk,
        topic.pk,
        board.pk,
    )


def test_reply_takes_the_next_floor_and_moves_the_topic_up() -> None:
    topic, author = make_topic(), make_member()
    make_post(topic)
    reply = publish_reply(author=author, topic=topic, source="同感")
    topic.refresh_from_db()
    assert reply.number == 3
    assert (topic.replies_count, topic.last_post_at, topic.last_poster) == (2, reply.created_at, author)
    act = Act.objects.get()
    assert (act.object_id, act.target) == (reply.pk, topic.author.subject)
    assert ReadMark.objects.get(member=author).number == 3


def test_reply_to_a_removed_last_floor_never_reuses_its_number() -> None:
    topic = make_topic()
    make_post(topic, removed_at=timezone.now())
    assert publish_reply(author=make_member(), topic=topic, source="补上").number == 3


@pytest.mark.parametrize("times", [2, 5])
def test_the_same_form_sent_again_gives_the_same_post(times: int) -> None:
    author, board = make_member(), make_board()
    topics = {
        publish_topic(author=author, board=board, title="只发一次", source="点快了", token="form-1").pk
        for _ in range(times)
    }
    topic, replier = Topic.objects.get(), make_member()
    replies = {
        publish_reply(author=replier, topic=topic, source="点快了", token="form-2").pk for _ in range(times)
    }
    assert (len(topics), len(replies), Post.objects.count()) == (1, 1, 2)
    assert acts() == ["forum.topic_published", "forum.reply_published"]


def test_two_forms_of_two_members_may_share_a_token() -> None:
    topic = make_topic()
    for member in (make_member(), make_member()):
        publish_reply(author=member, topic=topic, source="沙发", token="same")
    assert topic.posts.count() == 3


@pytest.mark.parametrize(
    ("title", "source", "field"),
    [("短", "够长的正文", "title"), ("长" * 101, "正文", "title"), ("合适的标题", " 短 ", "source")],
)
def test_refused_topic_names_the_field_and_writes_nothing(title: str, source: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        publish_topic(author=make_member(), board=make_board(), title=title, source=source)
    assert refusal.value.field == field
    assert (Topic.objects.count(), Act.objects.count()) == (0, 0)


def test_two_characters_are_enough_for_a_reply() -> None:
    assert publish_reply(author=make_member(), topic=make_topic(), source="沙发").body_html == "<p>沙发</p>"


def test_closed_topic_refuses_members_and_takes_moderators() -> None:
    topic = make_topic(closed_at=timezone.now())
    with pytest.raises(Refused, match="closed"):
        publish_reply(author=make_member(), topic=topic, source="还想说一句")
    assert publish_reply(author=make_member(role="moderator"), topic=topic, source="收个尾").number == 2


def test_removed_topic_takes_no_replies_even_from_moderators() -> None:
    with pytest.raises(NotAllowed):
        publish_reply(
            author=make_member(role="lead"), topic=make_topic(removed_at=timezone.now()), source="还在吗"
        )


def test_announcements_are_for_the_team() -> None:
    board = make_board("announcements")
    with pytest.raises(NotAllowed):
        publish_topic(author=make_member(role="moderator"), board=board, title="公告一则", source="内容")
    assert publish_topic(author=make_member(role="content"), board=board, title="公告一则", source="内容")


def test_questions_board_makes_questions() -> None:
    board = make_board(questions=True)
    assert publish_topic(author=make_member(), board=board, title="怎么办呢", source="求助").is_question


def test_posting_twice_at_once_is_refused_with_the_seconds_left() -> None:
    author, topic = make_member(), make_topic()
    publish_reply(author=author, topic=topic, source="第一句")
    with pytest.raises(Refused, match=r"again in \d second"):
        publish_reply(author=author, topic=topic, source="第二句")


def test_newcomer_links_little_on_the_first_day() -> None:
    links = "https://a.example/1 https://b.example/2 https://c.example/3"
    with pytest.raises(Refused, match="links"):
        publish_reply(author=make_member(joined_at=timezone.now()), topic=make_topic(), source=links)
    assert publish_reply(author=make_member(), topic=make_topic(), source=links)


def test_quoted_hears_of_the_quote_mentioned_of_the_mention_starter_of_the_reply() -> None:
    starter, quoted, called = make_member("楼主"), make_member("小满"), make_member("Night_Sail")
    topic = make_topic(author=starter)
    said = make_post(topic, author=quoted)
    source = f"> [小满 #2](/p/{said.pk}/)\n> 旧版\n\n@night_sail 和@小满看 这里"
    reply = publish_reply(author=make_member(), topic=topic, source=source)
    told = {letter.recipient: letter.kind for letter in Notification.objects.all()}
    assert told == {quoted: "quote", called: "mention", starter: "reply"}
    assert f'href="/m/{called.handle}/" class="mention"' in reply.body_html
    assert Notification.objects.filter(address=f"/p/{reply.pk}/").count() == 3


def test_nobody_is_told_of_their_own_reply() -> None:
    starter = make_member()
    publish_reply(author=starter, topic=make_topic(author=starter), source="自己顶一下")
    assert not Notification.objects.exists()


def test_a_quote_from_another_topic_tells_nobody() -> None:
    elsewhere = make_post(make_topic())
    publish_reply(
        author=make_member(),
        topic=make_topic(author=None),
        source=f"> [x #2](/p/{elsewhere.pk}/)\n> 旧版\n\n嗯",
    )
    assert not Notification.objects.exists()


def test_reply_fails_as_a_whole_when_its_event_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    topic = make_topic()

    def full_disk(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("tiantang.community.forum.actions.publish.record_act", full_disk)
    with pytest.raises(OSError, match="disk full"):
        publish_reply(author=make_member(), topic=topic, source="不会留下")
    topic.refresh_from_db()
    assert (topic.replies_count, topic.posts.count(), Member.objects.filter(posts_count__gt=0).count()) == (
        0,
        1,
        0,
    )
