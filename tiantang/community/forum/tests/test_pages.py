"""Every door of the forum, with everybody who may come to it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tiantang.community.forum.models import Bookmark, Comment, Like, Post, ReadMark, Share, Topic
from tiantang.community.forum.renderings import STORE
from tiantang.community.forum.tests.factory import (
    make_board,
    make_comment,
    make_member,
    make_post,
    make_tag,
    make_topic,
)
from tiantang.community.forum.tests.test_pictures import picture
from tiantang.community.members.models import Member
from tiantang.events.models import Act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    STORE.clear()
    cache.clear()


def browser(member: Member | None = None, language: str = "en") -> Client:
    client = Client()
    client.cookies["language"] = language
    if member is not None:
        client.force_login(member, backend="tiantang.community.members.backend.MemberBackend")
    return client


@pytest.fixture
def topic() -> Topic:
    """A question with tags, a comment, two replies and a removed one."""
    made = make_topic("雨天的音乐", source="正文 ||剧透||", is_question=True, tags=[make_tag("雨天")])
    replier = make_member()
    for n in range(3):
        make_post(made, f"第 {n} 条回复", author=replier)
    make_comment(made.posts.get(number=1), "一句点评", author=replier)
    made.posts.filter(number=4).update(removed_at=timezone.now())
    made.refresh_from_db()
    return made


@pytest.fixture
def long_topic(topic: Topic) -> Topic:
    """The same with twenty-five floors, floor 22 being the best answer."""
    last, replier = topic.posts.get(number=3), make_member()
    Post.objects.bulk_create(
        Post(
            topic=topic,
            number=number,
            author=replier,
            source="",
            body_html=f"<p>楼层 {number}</p>",
            created_at=last.created_at,
        )
        for number in range(5, 26)
    )
    Topic.objects.filter(pk=topic.pk).update(
        best_answer=topic.posts.get(number=22), replies_count=23, last_post_at=last.created_at
    )
    topic.refresh_from_db()
    return topic


ROLES = ("anonymous", "member", "author", "moderator", "operator")


def person(role: str, topic: Topic) -> Member | None:
    if role == "anonymous":
        return None
    if role == "author":
        return topic.author
    return make_member(role={"moderator": "moderator", "operator": "content"}.get(role, ""))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("role", ROLES)
def test_reading_pages_open_for_everybody(topic: Topic, role: str, language: str) -> None:
    client, post = browser(person(role, topic), language), topic.posts.get(number=1)
    addresses = [
        "/boards/",
        f"/b/{topic.board.slug}/",
        *(f"/b/{topic.board.slug}/?tab={tab}" for tab in ("unanswered", "featured", "questions")),
        f"/b/{topic.board.slug}/?tag=雨天",
        "/tags/",
        "/tags/雨天/",
        f"/t/{topic.pk}/",
        f"/p/{post.pk}/history/",
        f"/p/{post.pk}/comments/",
    ]
    for address in addresses:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("address", ["/t/999999/", "/b/nowhere/", "/tags/none/", "/p/999999/", "/s/none/"])
def test_what_does_not_exist_is_a_friendly_404(address: str) -> None:
    response = browser().get(address)
    assert response.status_code == 404
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("query", ["?page=3", "?page=0", "?page=x", "?page=-1", "?page=99999999999"])
def test_pages_beyond_the_topic_are_404(long_topic: Topic, query: str) -> None:
    assert browser().get(f"/t/{long_topic.pk}/{query}").status_code == 404


WRITING = ("/t/new/", "/t/{topic}/reply/", "/p/{post}/edit/")
ALLOWED = {
    "/t/new/": {"member", "author", "moderator", "operator"},
    "/t/{topic}/reply/": {"member", "author", "moderator", "operator"},
    "/p/{post}/edit/": {"author", "moderator", "operator"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("address", WRITING)
def test_writing_pages_ask_who_comes(topic: Topic, role: str, address: str) -> None:
    path = address.format(topic=topic.pk, post=topic.posts.get(number=1).pk)
    response = browser(person(role, topic)).get(path)
    if role == "anonymous":
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=")
    else:
        assert response.status_code == (200 if role in ALLOWED[address] else 403)


ACTS: list[tuple[str, dict[str, Any], set[str]]] = [
    ("/p/{reply}/like/", {}, {"member", "author", "moderator", "operator"}),
    ("/t/{topic}/bookmark/", {}, {"member", "author", "moderator", "operator"}),
    ("/t/{topic}/share/", {}, {"member", "author", "moderator", "operator"}),
    ("/t/{topic}/read/", {"number": "7"}, {"member", "author", "moderator", "operator"}),
    ("/p/{reply}/accept/", {}, {"author", "moderator", "operator"}),
    ("/c/{comment}/remove/", {}, {"moderator", "operator"}),
    ("/p/{reply}/remove/", {}, {"moderator", "operator"}),
    ("/t/{topic}/state/", {"act": "pin"}, {"moderator", "operator"}),
    ("/t/{topic}/state/", {"act": "close"}, {"moderator", "operator"}),
    ("/t/{topic}/state/", {"act": "feature"}, {"moderator", "operator"}),
    ("/t/{topic}/state/", {"act": "remove"}, {"moderator", "operator"}),
]


@pytest.mark.parametrize("role", ROLES)
def test_acts_are_for_those_who_may(topic: Topic, role: str) -> None:
    places = {
        "topic": topic.pk,
        "reply": topic.posts.get(number=2).pk,
        "comment": Comment.objects.get().pk,
    }
    client = browser(person(role, topic))
    for address, values, allowed in ACTS:
        before = Act.objects.count()
        response = client.post(address.format(**places), values)
        if role == "anonymous":
            assert response.status_code == 302
            assert "/accounts/login/" in response["Location"]
        else:
            expected = (200, 204, 302) if role in allowed else (403,)
            assert response.status_code in expected, (address, response.status_code)
        assert role in allowed or Act.objects.count() == before


@pytest.mark.parametrize("address", ["/p/{post}/like/", "/t/{topic}/state/", "/write/preview/"])
def test_acts_answer_only_to_post(topic: Topic, address: str) -> None:
    path = address.format(topic=topic.pk, post=topic.posts.get(number=2).pk)
    assert browser(make_member()).get(path).status_code == 405


def test_forms_without_the_token_are_turned_away(topic: Topic) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(), backend="tiantang.community.members.backend.MemberBackend")
    assert client.post(f"/t/{topic.pk}/reply/", {"source": "没有令牌"}).status_code == 403


def test_topic_page_shows_floors_gap_spoiler_comment_and_best_answer(long_topic: Topic) -> None:
    text = browser().get(f"/t/{long_topic.pk}/").content.decode()
    assert 'data-floor="20"' in text
    assert 'data-floor="21"' not in text
    assert "This reply was removed." in text
    assert 'class="spoiler"' in text
    assert "一句点评" in text
    assert 'data-floor="22"' in text  # the best answer of the second page stands on the first too
    second = browser().get(f"/t/{long_topic.pk}/?page=2").content.decode()
    assert 'data-floor="21"' in second
    assert 'data-floor="6"' not in second


def test_removed_topics_are_gone_for_members_and_marked_for_moderators(topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk).update(removed_at=timezone.now())
    assert browser(make_member()).get(f"/t/{topic.pk}/").status_code == 404
    assert browser(topic.author).get(f"/t/{topic.pk}/").status_code == 404
    page = browser(make_member(role="moderator")).get(f"/t/{topic.pk}/")
    assert (page.status_code, "Put back" in page.content.decode()) == (200, True)


def test_removed_reply_is_read_by_moderators_only(topic: Topic) -> None:
    post = Post.objects.exclude(removed_at=None).get()
    words = "第 2 条回复"
    assert words not in browser(make_member()).get(f"/t/{topic.pk}/").content.decode()
    assert words in browser(make_member(role="moderator")).get(f"/t/{topic.pk}/").content.decode()
    assert browser(make_member()).get(f"/p/{post.pk}/history/").status_code == 404
    assert (
        browser().get(f"/p/{post.pk}/")["Location"] == f"/t/{topic.pk}/#p4"
    )  # its place says that it is gone


def test_lasting_address_leads_to_page_and_floor(long_topic: Topic) -> None:
    post = long_topic.posts.get(number=23)
    assert browser().get(f"/p/{post.pk}/")["Location"] == f"/t/{long_topic.pk}/?page=2#p23"


def test_reader_returns_to_where_they_stopped(long_topic: Topic) -> None:
    reader = make_member()
    client = browser(reader)
    client.post(f"/t/{long_topic.pk}/read/", {"number": "20"})
    client.post(f"/t/{long_topic.pk}/read/", {"number": "4000"})
    assert ReadMark.objects.get(member=reader).number == 25
    ReadMark.objects.update(number=10)
    assert client.get(f"/t/{long_topic.pk}/?unread")["Location"] == f"/t/{long_topic.pk}/#p11"
    text = client.get(f"/t/{long_topic.pk}/").content.decode()
    assert text.index('id="unread"') < text.index('data-floor="11"')
    assert "15 new replies" in text


def test_likes_are_shown_to_the_one_who_gave_them(topic: Topic) -> None:
    fan, other = make_member(), make_member()
    post = topic.posts.get(number=2)
    browser(fan).post(f"/p/{post.pk}/like/")
    assert Like.objects.get().member == fan
    pressed = f'hx-post="/p/{post.pk}/like/" hx-swap="outerHTML" aria-pressed="true"'
    assert pressed in browser(fan).get(f"/t/{topic.pk}/").content.decode()
    assert pressed not in browser(other).get(f"/t/{topic.pk}/").content.decode()


def test_scripts_get_the_changed_button_back(topic: Topic) -> None:
    client, post = browser(make_member()), topic.posts.get(number=2)
    answer = client.post(f"/p/{post.pk}/like/", headers={"HX-Request": "true"}).content.decode()
    assert answer.startswith("<button")
    assert 'aria-pressed="true"' in answer
    answer = client.post(f"/p/{post.pk}/like/", {"off": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="false"' in answer
    assert (
        "aria-pressed"
        in client.post(f"/t/{topic.pk}/bookmark/", headers={"HX-Request": "true"}).content.decode()
    )
    assert Bookmark.objects.count() == 1


def test_share_link_leads_to_the_topic_and_is_counted(topic: Topic) -> None:
    sharer = browser(make_member())
    text = sharer.post(f"/t/{topic.pk}/share/").content.decode()
    code = Share.objects.get().code
    assert f"/s/{code}/" in text
    response = browser().get(f"/s/{code}/?source=wechat&campaign=spring")
    assert response["Location"] == f"/t/{topic.pk}/"
    followed = Act.objects.last()
    assert (followed.source, followed.campaign, Share.objects.get().follows_count) == ("wechat", "spring", 1)


def test_anonymous_pages_hold_nothing_personal(topic: Topic) -> None:
    for address in (f"/t/{topic.pk}/", f"/b/{topic.board.slug}/", "/boards/", "/tags/"):
        response = browser().get(address)
        assert "csrf" not in response.content.decode()
        assert "Vary" in response
        assert "csrftoken" not in response.cookies
        assert "sessionid" not in response.cookies


def test_posting_a_topic_through_the_form_leads_to_it() -> None:
    board, author = make_board("indie"), make_member()
    words = {
        "board": "indie",
        "title": "雨天的音乐",
        "source": "换了手风琴",
        "tags": "雨天，音乐 , 雨天",
        "token": "t",
    }
    client = browser(author)
    first, second = client.post("/t/new/", words), client.post("/t/new/", words)
    topic = Topic.objects.get()
    assert first["Location"] == second["Location"] == f"/t/{topic.pk}/"
    assert (topic.board, {tag.name for tag in topic.tags.all()}) == (board, {"雨天", "音乐"})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"title": "短"}, "at least 4 characters"),
        ({"source": ""}, "at least 2 characters"),
        ({"board": "nowhere"}, "You cannot open a topic here"),
        ({"tags": "a,b,c,d,e,f"}, "Up to 5 tags"),
        ({"title": ""}, "Give it a title"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(words: dict[str, str], says: str) -> None:
    make_board("indie")
    typed = {"board": "indie", "title": "雨天的音乐", "source": "换了 <b>手风琴</b>", "tags": "雨天"} | words
    response = browser(make_member()).post("/t/new/", typed)
    text = response.content.decode()
    assert response.status_code == 422
    assert says in text
    for kept in filter(None, (typed["title"], typed["tags"])):
        assert kept in text
    assert "换了 &lt;b&gt;手风琴" in text or not typed["source"]
    assert Topic.objects.count() == 0


def test_all_refusals_of_a_form_are_shown_at_once() -> None:
    typed = {"board": "nowhere", "title": "短", "source": "", "tags": "a,b,c,d,e,f"}
    text = browser(make_member()).post("/t/new/", typed).content.decode()
    says = ("You cannot open a topic here", "at least 4 characters", "at least 2 characters", "Up to 5 tags")
    assert [words for words in says if words not in text] == []


def test_the_text_has_a_label_to_be_seen() -> None:
    page = browser(make_member()).get("/t/new/").content.decode()
    assert '<label for="id_source">' in page


def test_preview_shows_the_text_without_posting() -> None:
    make_board("indie")
    client = browser(make_member())
    page = client.post("/t/new/", {"board": "indie", "title": "x", "source": "**粗**", "preview": "1"})
    assert (page.status_code, "<strong>粗</strong>" in page.content.decode()) == (200, True)
    assert client.post("/write/preview/", {"source": "~~x~~"}).content.decode() == "<p><s>x</s></p>"
    assert Topic.objects.count() == 0


def test_reply_through_the_form_leads_to_its_floor(long_topic: Topic) -> None:
    client = browser(make_member())
    response = client.post(f"/t/{long_topic.pk}/reply/", {"source": "到了", "token": "r"})
    assert response["Location"] == f"/t/{long_topic.pk}/?page=2#p26"
    Topic.objects.filter(pk=long_topic.pk).update(closed_at=timezone.now())
    refused = browser(make_member()).post(f"/t/{long_topic.pk}/reply/", {"source": "写了很久的话"})
    assert refused.status_code == 422
    assert "写了很久的话" in refused.content.decode()


def test_quoting_fills_the_composer(topic: Topic) -> None:
    post = topic.posts.get(number=2)
    text = browser(make_member()).get(f"/t/{topic.pk}/reply/?quote={post.pk}").content.decode()
    assert f"#2](/p/{post.pk}/)\n&gt; 第 0 条回复" in text


def test_announcements_are_offered_to_the_team_alone(topic: Topic) -> None:
    make_board("announcements")
    offered = '<option value="announcements"'
    assert offered not in browser(make_member()).get("/t/new/").content.decode()
    assert offered in browser(make_member(role="content")).get("/t/new/").content.decode()


def test_quoting_keeps_spoilers_covered(topic: Topic) -> None:
    post = topic.posts.get(number=1)
    text = browser(make_member()).get(f"/t/{topic.pk}/reply/?quote={post.pk}").content.decode()
    assert "&gt; 正文 ||剧透||" in text


def test_a_post_changed_in_another_window_is_told_and_nothing_is_lost(topic: Topic) -> None:
    post, client = topic.posts.get(number=1), browser(topic.author)
    words = {"title": topic.title, "tags": "", "token": "e"}
    address = f"/p/{post.pk}/edit/"
    assert 'name="edits_seen" value="0"' in client.get(address).content.decode()
    assert client.post(address, {**words, "source": "第一个窗口的话", "edits_seen": "0"}).status_code == 302
    late = client.post(address, {**words, "source": "第二个窗口的话", "edits_seen": "0"})
    page = late.content.decode()
    assert late.status_code == 422
    assert "changed while you wrote" in page
    assert re.search(r">\s*第二个窗口的话</textarea>", page)
    assert f'href="/p/{post.pk}/history/"' in page
    assert 'name="edits_seen" value="1"' in page
    assert client.post(address, {**words, "source": "第二个窗口的话", "edits_seen": "1"}).status_code == 302
    post.refresh_from_db()
    assert post.source == "第二个窗口的话"


def test_comments_are_written_and_answered_through_the_page(topic: Topic) -> None:
    post, client = topic.posts.get(number=2), browser(make_member())
    assert client.post(f"/p/{post.pk}/comments/", {"source": "说得好"})["Location"] == f"/p/{post.pk}/"
    parent = Comment.objects.get(post=post)
    script = {"HX-Request": "true"}
    answer = browser(make_member()).post(
        f"/p/{post.pk}/comments/", {"source": "同意你", "parent": parent.pk}, headers=script
    )
    assert 'class="sub"' in answer.content.decode()
    refused = browser(make_member()).post(f"/p/{post.pk}/comments/", {"source": "x"}, headers=script)
    assert (refused.status_code, "at least 2 characters" in refused.content.decode()) == (422, True)


def test_pictures_answer_with_markdown_or_the_reason() -> None:
    client = browser(make_member())
    good = client.post("/write/pictures/", {"picture": SimpleUploadedFile("a.jpg", picture())})
    assert good.json()["markdown"].startswith("![picture](/media/pictures/")
    bad = client.post("/write/pictures/", {"picture": SimpleUploadedFile("a.jpg", b"<svg/>")})
    assert (bad.status_code, "JPEG" in bad.json()["error"]) == (422, True)
    assert client.post("/write/pictures/").status_code == 422
    assert browser().post("/write/pictures/").status_code == 403


def sent_picture(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", picture() if content is None else content)


@pytest.mark.parametrize("more", [{"preview": "1"}, {"title": "短"}])
def test_a_picture_sent_with_the_form_stands_at_the_end_of_what_was_typed(more: dict[str, str]) -> None:
    """Without scripts pictures come with the form; a preview or a refusal keeps them."""
    make_board("indie")
    typed = {"board": "indie", "title": "雨天的音乐", "source": "看图"} | more
    page = browser(make_member()).post("/t/new/", {**typed, "pictures": [sent_picture()]}).content.decode()
    assert "看图\n\n![picture](/media/pictures/" in page
    assert ("<img" in page.split('id="preview"')[1].split("</div>")[0]) == ("preview" in more)


def test_a_reply_may_be_a_picture_sent_with_the_form(topic: Topic) -> None:
    author = make_member()
    browser(author).post(f"/t/{topic.pk}/reply/", {"source": "", "pictures": [sent_picture()]})
    assert "<img" in Post.objects.get(author=author).body_html


def test_a_bad_picture_sent_with_the_form_is_told_and_nothing_is_published(topic: Topic) -> None:
    author = make_member()
    words = {"source": "写好的话", "pictures": [sent_picture(b"<svg/>")]}
    refused = browser(author).post(f"/t/{topic.pk}/reply/", words)
    text = refused.content.decode()
    assert (refused.status_code, "JPEG, PNG" in text, "写好的话" in text) == (422, True, True)
    assert not Post.objects.filter(author=author).exists()


def test_moving_needs_a_board_in_use(topic: Topic) -> None:
    client, board = browser(make_member(role="moderator")), make_board()
    client.post(reverse("forum:move", args=[topic.pk]), {"board": board.slug})
    topic.refresh_from_db()
    assert topic.board == board


def test_pages_cost_a_fixed_number_of_queries(
    long_topic: Topic, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Cold: with the rail and all posts to draw; warm: with everything drawn. See docs/slice.md."""
    reader, client = make_member(), browser()
    signed = browser(reader)
    with django_assert_max_num_queries(12):
        client.get(f"/t/{long_topic.pk}/")
    with django_assert_max_num_queries(5):
        client.get(f"/t/{long_topic.pk}/")
    signed.get(f"/t/{long_topic.pk}/")
    with django_assert_max_num_queries(9):
        signed.get(f"/t/{long_topic.pk}/")
    for _ in range(15):
        make_topic(board=long_topic.board)
    client.get(f"/b/{long_topic.board.slug}/")
    with django_assert_max_num_queries(3):
        client.get(f"/b/{long_topic.board.slug}/")
    with django_assert_max_num_queries(2):
        client.get("/boards/")


def test_queries_do_not_grow_with_the_topic(long_topic: Topic) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    short = make_topic()
    counts = []
    for one in (long_topic, short):
        browser().get(f"/t/{one.pk}/")
        with CaptureQueriesContext(connection) as queries:
            browser().get(f"/t/{one.pk}/")
        counts.append(len(queries))
    assert counts[0] <= counts[1] + 1  # the best answer of another page


def test_a_share_link_counts_those_who_come_and_not_what_pages_pull_in(topic: Topic) -> None:
    share = Share.objects.create(code="abcdefg", topic=topic, created_at=timezone.now())
    for destination in ("image", "empty", "iframe"):
        browser().get("/s/abcdefg", headers={"Sec-Fetch-Dest": destination}, follow=True)
    share.refresh_from_db()
    assert share.follows_count == 0
    browser().get("/s/abcdefg/", headers={"Sec-Fetch-Dest": "document"})
    browser().get("/s/abcdefg/")
    share.refresh_from_db()
    assert share.follows_count == 2
