"""Comments under posts."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tiantang.community.forum.actions.comment import publish_comment
from tiantang.community.forum.models import Comment
from tiantang.community.forum.refusals import NotAllowed, Refused
from tiantang.community.forum.renderings import nested
from tiantang.community.forum.tests.factory import make_comment, make_member, make_post, make_topic
from tiantang.community.forum.tests.test_pages import browser
from tiantang.community.forum.tests.test_publish import acts
from tiantang.community.notifications.models import Notification

pytestmark = pytest.mark.django_db


def test_comment_counts_and_gives_the_post_a_new_look() -> None:
    post, author = make_topic().posts.get(), make_member()
    comment = publish_comment(author=author, post=post, source="以为**耳机**没电")
    before = post.version
    post.refresh_from_db()
    assert (post.comments_count, post.version) == (1, before + 1)
    assert comment.body_html == "以为<strong>耳机</strong>没电"
    assert acts() == ["forum.comment_published"]


def test_same_form_twice_is_one_comment() -> None:
    post, author = make_topic().posts.get(), make_member()
    made = {publish_comment(author=author, post=post, source="哈哈哈", token="f").pk for _ in range(3)}
    assert (len(made), Comment.objects.count()) == (1, 1)


def test_the_answered_and_the_author_are_told_and_nobody_twice() -> None:
    post, friend = make_topic().posts.get(), make_member()
    parent = make_comment(post, author=friend)
    publish_comment(author=make_member(), post=post, source="同意", parent=parent)
    assert {n.recipient: n.kind for n in Notification.objects.all()} == {
        friend: "comment",
        post.author: "comment",
    }


def test_answers_to_answers_stay_on_the_second_level_under_their_root() -> None:
    post = make_topic().posts.get()
    first, second = make_comment(post), make_comment(post)
    answer = make_comment(post, parent=first)
    deeper = make_comment(post, parent=answer)
    deepest = make_comment(post, parent=deeper)
    order = nested(list(Comment.objects.under([post.pk])))
    assert [comment.pk for comment in order] == [first.pk, answer.pk, deeper.pk, deepest.pk, second.pk]
    assert [comment.level for comment in order] == [1, 2, 2, 2, 1]


def test_an_answer_whose_root_was_removed_stands_alone() -> None:
    post = make_topic().posts.get()
    answer = make_comment(post, parent=make_comment(post, removed_at=timezone.now()))
    assert [(c.pk, c.level) for c in nested(list(Comment.objects.under([post.pk])))] == [(answer.pk, 1)]


def test_closed_topics_and_removed_posts_take_no_comments() -> None:
    closed = make_topic(closed_at=timezone.now()).posts.get()
    gone = make_post(make_topic(), removed_at=timezone.now())
    for post in (closed, gone):
        with pytest.raises(NotAllowed):
            publish_comment(author=make_member(), post=post, source="还想说")


def test_comments_have_their_own_length_and_stay_with_their_post() -> None:
    post = make_topic().posts.get()
    with pytest.raises(Refused) as refusal:
        publish_comment(author=make_member(), post=post, source="长" * 601)
    assert refusal.value.field == "source"
    with pytest.raises(Refused, match="gone"):
        elsewhere = make_comment(make_topic().posts.get())
        publish_comment(author=make_member(), post=post, source="错位了", parent=elsewhere)


def test_only_a_form_one_asked_for_takes_the_focus() -> None:
    post, script = make_post(make_topic()), {"HX-Request": "true"}
    client, address = browser(make_member()), f"/p/{post.pk}/comments/"
    assert " autofocus" in client.get(address, headers=script).content.decode()
    sent = client.post(address, {"source": "写完就走", "token": "a"}, headers=script)
    assert "写完就走" in sent.content.decode() and " autofocus" not in sent.content.decode()


def test_drafts_are_named_after_their_member() -> None:
    member = make_member()
    page = browser(member).get(f"/t/{make_topic().pk}/").content.decode()
    assert f'data-draft="{member.pk}:topic-' in page
