"""Editing keeps what was said; removing takes it away from all but moderators."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tiantang.community.forum.actions.edit import edit_post
from tiantang.community.forum.actions.publish import publish_reply, publish_topic
from tiantang.community.forum.actions.recount import recount_forum
from tiantang.community.forum.actions.remove import (
    remove_comment,
    remove_post,
    remove_topic,
    restore_comment,
    restore_post,
    restore_topic,
)
from tiantang.community.forum.history import compare, versions_of
from tiantang.community.forum.models import Board, PostRevision, Tag, Topic
from tiantang.community.forum.refusals import NotAllowed, Refused
from tiantang.community.forum.tests.factory import (
    make_board,
    make_comment,
    make_member,
    make_post,
    make_topic,
)
from tiantang.community.forum.tests.test_publish import acts
from tiantang.community.members.models import Member
from tiantang.community.notifications.models import Notification

pytestmark = pytest.mark.django_db


def test_edit_keeps_the_first_text_and_each_later_one() -> None:
    topic = make_topic("旧标题了", source="第一版")
    post, moderator = topic.posts.get(), make_member(role="moderator")
    edit_post(editor=topic.author, post=post, source="第二版", title="新标题了", tags=["雨天"])
    edit_post(editor=moderator, post=post, source="第三版", reason="改错字")
    post.refresh_from_db()
    topic.refresh_from_db()
    assert (post.edits_count, post.version, post.body_html) == (2, 2, "<p>第三版</p>")
    assert (topic.title, topic.excerpt, [tag.name for tag in topic.tags.all()]) == (
        "新标题了",
        "第三版",
        ["雨天"],
    )
    versions = versions_of(post)
    assert [(v.number, v.editor, v.reason) for v in versions] == [
        (3, moderator, "改错字"),
        (2, topic.author, ""),
        (1, topic.author, ""),
    ]
    assert versions[0].changes == [("same", "第"), ("taken", "二"), ("added", "三"), ("same", "版")]
    assert acts() == ["forum.post_edited", "forum.post_edited"]


def test_an_edit_upon_words_that_were_changed_meanwhile_is_refused_and_may_be_meant() -> None:
    topic = make_topic(source="原来的话")
    first, second = topic.posts.get(), topic.posts.get()
    edit_post(editor=topic.author, post=first, source="第一个窗口", edits_seen=0)
    with pytest.raises(Refused) as refusal:
        edit_post(editor=topic.author, post=second, source="第二个窗口", edits_seen=0)
    assert refusal.value.field == "source"
    assert topic.posts.get().source == "第一个窗口"
    edit_post(editor=topic.author, post=second, source="第二个窗口", edits_seen=second.edits_count)
    assert [version.number for version in versions_of(topic.posts.get())] == [3, 2, 1]


def test_edits_of_a_copy_that_is_behind_add_no_version_twice() -> None:
    topic = make_topic(source="原来的话")
    first, second = topic.posts.get(), topic.posts.get()
    edit_post(editor=topic.author, post=first, source="先到的")
    edit_post(editor=topic.author, post=second, source="后到的")
    kept = PostRevision.objects.filter(post=first).order_by("number").values_list("source", flat=True)
    assert list(kept) == ["原来的话", "先到的", "后到的"]


def test_edit_without_a_change_leaves_no_trace() -> None:
    topic = make_topic(source="原样")
    edit_post(editor=topic.author, post=topic.posts.get(), source=" 原样 ", title=topic.title)
    assert (PostRevision.objects.count(), acts()) == (0, [])


def test_an_imported_history_is_continued() -> None:
    topic = make_topic(source="导入的第二版")
    post = topic.posts.get()
    PostRevision.objects.create(post=post, number=1, source="导入的第一版", created_at=post.created_at)
    edit_post(editor=topic.author, post=post, source="第三版")
    assert [v.number for v in versions_of(post)] == [3, 2, 1]
    assert [r.source for r in post.revisions.order_by("number")] == ["导入的第一版", "导入的第二版", "第三版"]


def test_strangers_and_authors_of_closed_topics_may_not_edit() -> None:
    topic = make_topic(closed_at=timezone.now())
    for editor in (make_member(), topic.author):
        with pytest.raises(NotAllowed):
            edit_post(editor=editor, post=topic.posts.get(), source="改一改")


def test_an_edit_tells_only_those_newly_mentioned() -> None:
    make_member("alice"), make_member("bob")
    topic = make_topic(source="@alice 你好")
    edit_post(editor=topic.author, post=topic.posts.get(), source="@alice @bob 你们好")
    assert [n.recipient.handle for n in Notification.objects.all()] == ["bob"]


def test_long_texts_are_compared_by_lines() -> None:
    before = "\n".join(f"第 {n} 行很长很长很长" for n in range(900))
    changes = list(compare(before, before.replace("第 7 行", "第七行")))
    assert ("taken", "第 7 行很长很长很长\n") in changes


def counters() -> list[tuple[object, ...]]:
    """Every rollup there is, to be compared with a full recount."""
    fields = ("replies_count", "likes_count", "last_post_at", "last_poster")
    return [
        *Topic.objects.order_by("pk").values_list("pk", *fields),
        *Board.objects.order_by("pk").values_list("pk", "topics_count", "posts_count", "last_topic"),
        *Tag.objects.order_by("pk").values_list("pk", "topics_count"),
        *Member.objects.order_by("pk").values_list("pk", "posts_count", "likes_received_count"),
    ]


def test_counters_kept_by_the_verbs_equal_a_full_recount_at_every_step() -> None:
    board, lead = make_board(), make_member(role="lead")
    topic = publish_topic(author=make_member(), board=board, title="会被移除", source="正文", tags=["雨"])
    publish_topic(author=make_member(), board=board, title="留下的那个", source="正文", tags=["雨"])
    reply = publish_reply(author=make_member(), topic=topic, source="回复一")
    publish_reply(author=make_member(), topic=topic, source="回复二")
    steps = [
        lambda: remove_post(member=lead, post=reply),
        lambda: remove_topic(member=lead, topic=topic),
        lambda: restore_topic(member=lead, topic=topic),
        lambda: restore_post(member=lead, post=reply),
    ]
    for step in [lambda: None, *steps]:
        step()
        kept = counters()
        recount_forum()
        assert kept == counters()


def test_removing_the_best_answer_unmarks_it() -> None:
    topic = make_topic()
    topic.best_answer = make_post(topic)
    topic.save()
    remove_post(member=topic.best_answer.author, post=topic.best_answer)
    topic.refresh_from_db()
    assert topic.best_answer is None
    assert acts() == ["forum.post_removed"]


def test_opening_posts_fall_only_with_their_topic() -> None:
    topic = make_topic()
    with pytest.raises(Refused, match="opening post"):
        remove_post(member=make_member(role="lead"), post=topic.posts.get())


def test_authors_take_back_a_topic_only_while_nobody_replied() -> None:
    topic = make_topic()
    make_post(topic)
    topic.refresh_from_db()
    with pytest.raises(NotAllowed):
        remove_topic(member=topic.author, topic=topic)
    alone = make_topic()
    remove_topic(member=alone.author, topic=alone)
    assert Topic.objects.visible_to(alone.author).filter(pk=alone.pk).count() == 0


def test_comments_are_removed_and_restored_with_their_count() -> None:
    comment, moderator = make_comment(make_topic().posts.get()), make_member(role="moderator")
    with pytest.raises(NotAllowed):
        remove_comment(member=make_member(), comment=comment)
    remove_comment(member=moderator, comment=comment)
    comment.post.refresh_from_db()
    assert (comment.post.comments_count, comment.post.version) == (0, 1)
    with pytest.raises(NotAllowed):
        restore_comment(member=comment.author, comment=comment)
    restore_comment(member=moderator, comment=comment)
    comment.post.refresh_from_db()
    assert comment.post.comments_count == 1
    assert acts() == ["forum.comment_removed", "forum.comment_restored"]
