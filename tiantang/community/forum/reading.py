"""One page of a topic, put together for one reader: a handful of queries whatever the topic's length."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from markupsafe import Markup

from tiantang.common.prepared import Prepared
from tiantang.community.forum.access import may_accept, may_moderate, may_reply
from tiantang.community.forum.models import Post, Tag, Topic
from tiantang.community.forum.renderings import draw_posts, filled
from tiantang.community.members.access import User, id_of

FLOORS = 20
"""Floors on a page; removed ones leave gaps."""

ANY_TOPIC = Prepared(
    lambda topic, reader: Topic.objects.filter(pk=topic).for_topic_page(reader), topic=int, reader=int
)
SHOWN_TOPIC = Prepared(
    lambda topic, reader: ANY_TOPIC.queryset(topic=topic, reader=reader).filter(removed_at=None),
    topic=int,
    reader=int,
)
POSTS = Prepared(
    lambda topic, first, last, reader: Post.objects.on_floors(topic, first, last).for_reading(reader),
    topic=int,
    first=int,
    last=int,
    reader=int,
)
SHOWN_POST = Prepared(
    lambda post, reader: Post.objects.filter(pk=post, removed_at=None).for_reading(reader),
    post=int,
    reader=int,
)
TAGS = Prepared(lambda topic: Tag.objects.filter(topics=topic), topic=int)


@dataclass(slots=True)
class Floor:
    """A place in the topic: the post's HTML for this reader, or none where a post was removed."""

    number: int
    html: Markup | None


@dataclass(slots=True)
class TopicPage:
    """What ``forum/topic.html`` shows.

    ``best`` is the best answer when it stands on another page, ``best_number`` its floor when on this one.
    ``fold`` is the floor before which the reader stopped last time, ``news`` how many came since.
    """

    topic: Topic
    number: int
    pages: int
    floors: list[Floor]
    tags: list[Tag]
    rights: set[str]
    best: Markup | None = None
    best_number: int = 0
    fold: int = 0
    news: int = 0

    @property
    def last_floor(self) -> int:
        return int(self.topic.last_number or 1)


def open_topic(topic_id: int, reader: User) -> Topic:
    """The topic as this person may read it. Raises Http404 (removed topics are for moderators)."""
    read = ANY_TOPIC if may_moderate(reader) else SHOWN_TOPIC
    found = read.first(topic=topic_id, reader=id_of(reader))
    if found is None:
        raise Http404("no such topic")
    return found


def page_of(number: int) -> int:
    """The page on which a floor stands."""
    return (max(number, 1) - 1) // FLOORS + 1


def read_topic(topic: Topic, reader: User, number: int) -> TopicPage:
    """Page ``number`` of a topic. Raises Http404 beyond the last page."""
    pages = page_of(topic.last_number or 1)
    if not 1 <= number <= pages:
        raise Http404("no such page")
    first, last = (number - 1) * FLOORS + 1, number * FLOORS
    posts = POSTS.rows(topic=topic.pk, first=first, last=last, reader=id_of(reader))
    rights = rights_of(reader, topic)
    page = TopicPage(topic, number, pages, [], TAGS.rows(topic=topic.pk), rights)
    page.floors = _floors(posts, topic, reader, rights)
    _show_best(page, reader)
    _fold(page)
    return page


def rights_of(reader: User, topic: Topic) -> set[str]:
    """The names under which templates mark pieces that not everybody sees."""
    if not reader.is_authenticated:
        return {"guest"}
    rights = {"member", f"by{reader.pk}"}
    if may_reply(reader, topic):
        rights.add("reply")
    if may_accept(reader, topic):
        rights.add("accept")
    if may_moderate(reader):
        rights.add("moderate")
    return rights


def rights_on(post: Post, reader: User, rights: set[str]) -> set[str]:
    """The same for one post: whether the reader likes it, or wrote it."""
    if not reader.is_authenticated:
        return rights
    if post.author_id == reader.pk:
        return rights | ({"own", "edit"} if "reply" in rights else {"own"})
    return rights | {"liked" if post.liked else "unliked"}


def _floors(posts: list[Post], topic: Topic, reader: User, rights: set[str]) -> list[Floor]:
    shown = [post for post in posts if post.removed_at is None or "moderate" in rights]
    drawings = draw_posts(shown, topic)
    return [
        Floor(
            post.number,
            filled(drawings[post.pk], rights_on(post, reader, rights)) if post.pk in drawings else None,
        )
        for post in posts
    ]


def _show_best(page: TopicPage, reader: User) -> None:
    """The first page shows the best answer right below the question: whole, or as a jump when it is near."""
    topic, best = page.topic, page.topic.best_answer_id
    if page.number != 1 or not best:
        return
    post = SHOWN_POST.first(post=best, reader=id_of(reader))
    if post is None:
        return
    if post.number <= FLOORS:
        page.best_number = post.number if post.number > 2 else 0
    else:
        page.best = filled(draw_posts([post], topic)[post.pk], rights_on(post, reader, page.rights))


def _fold(page: TopicPage) -> None:
    """Where this page goes on after what the reader has seen."""
    mark, last = page.topic.mark, page.last_floor
    if not mark or mark >= last:
        return
    page.news = last - mark
    later = [floor.number for floor in page.floors if floor.number > mark]
    if later and later[0] > page.floors[0].number:
        page.fold = later[0]
