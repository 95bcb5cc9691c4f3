"""Topics and their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest
from django.urls import reverse

from tiantang.community.forum.models.posts import Post
from tiantang.community.forum.models.reactions import Bookmark, ReadMark
from tiantang.community.members.access import is_moderator

if TYPE_CHECKING:
    from tiantang.community.members.access import User


class Tag(models.Model):
    """A word that topics share across boards."""

    slug = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    description = models.TextField(blank=True)
    description_html = models.TextField(blank=True)
    topics_count = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.name


LIST_FIELDS = (
    *("id", "title", "excerpt", "thumbnail", "is_question", "pinned_at", "closed_at", "featured_at"),
    *(
        "removed_at",
        "best_answer_id",
        "replies_count",
        "likes_count",
        "views_count",
        "last_post_at",
        "created_at",
    ),
    *("author_name", "author__id", "author__handle", "author__name", "author__avatar"),
    *("author__posts_count", "author__likes_received_count"),
    *("board__id", "board__slug", "board__name", "board__name_en", "board__hue", "board__icon"),
)


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, member: User) -> Self:
        """What this person may read: removed topics are for moderators."""
        return self if is_moderator(member) else self.filter(removed_at=None)

    def listed(self, reader_id: int = 0) -> Self:
        """Ready for ``parts.topic_row``: with author, board and, for a signed-in reader, ``unread``."""
        rows = self.select_related("author", "board").only(*LIST_FIELDS)
        return rows.with_unread(reader_id) if reader_id else rows

    def with_unread(self, reader_id: int) -> Self:
        """``mark``: the last floor the reader saw, or None; ``unread``: posts since then."""
        mark = ReadMark.objects.filter(topic=OuterRef("pk"), member_id=reader_id).values("number")
        behind = F("replies_count") + 1 - F("mark")
        marked = self.annotate(mark=Subquery(mark, output_field=IntegerField()))
        return marked.annotate(unread=Greatest(behind, Value(0)))

    def recent(self) -> Self:
        """Those talked in most recently first."""
        return self.order_by("-last_post_at", "-id")

    def unanswered(self) -> Self:
        """Open topics that nobody has replied to."""
        return self.filter(replies_count=0, closed_at=None)

    def featured(self) -> Self:
        return self.exclude(featured_at=None)

    def questions(self) -> Self:
        return self.filter(is_question=True)

    def pinned(self) -> Self:
        return self.exclude(pinned_at=None).order_by("-pinned_at")

    def tagged(self, tag: Tag) -> Self:
        return self.filter(tags=tag)

    def related_to(self, topic: Topic) -> Self:
        """Readable topics that share a tag with this one or were linked with it, the liveliest first."""
        shares_tag = Q(tags__in=topic.tags.all())
        linked = Q(linked_from__topic=topic) | Q(links__other=topic)
        others = self.filter(shares_tag | linked, removed_at=None).exclude(pk=topic.pk)
        return others.distinct().order_by("-last_post_at")

    def for_topic_page(self, reader_id: int) -> Self:
        """One topic with board, author, its last floor and, in the same query, the reader's marks on it."""
        this = OuterRef("pk")
        floors = Post.objects.filter(topic=this).order_by("-number").values("number")[:1]
        bookmark = Bookmark.objects.filter(topic=this, member_id=reader_id).values("id")
        mark = ReadMark.objects.filter(topic=this, member_id=reader_id).values("number")
        topics = self.select_related("board", "author").annotate(last_number=Subquery(floors))
        return topics.annotate(bookmark=Subquery(bookmark), mark=Subquery(mark))


class Topic(models.Model):
    """A title and the posts under it; post number 1 opens it.

    ``replies_count``, ``likes_count`` (of the opening post), ``views_count``, ``last_*`` and ``excerpt``
    are rollups; ``views_before`` is the part of the views that an import counted. ``author`` is empty for
    people the community no longer knows; then ``author_name`` tells.
    """

    board = models.ForeignKey("forum.Board", models.PROTECT, related_name="topics")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="topics")
    author_name = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    excerpt = models.CharField(max_length=200, blank=True)
    thumbnail = models.CharField(max_length=200, blank=True)
    is_question = models.BooleanField(default=False)
    tags = models.ManyToManyField(Tag, related_name="topics", blank=True)
    created_at = models.DateTimeField()
    pinned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    featured_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    best_answer = models.ForeignKey("forum.Post", models.SET_NULL, null=True, related_name="+")
    replies_count = models.IntegerField(default=0)
    likes_count = models.IntegerField(default=0)
    views_count = models.IntegerField(default=0)
    views_before = models.IntegerField(default=0)
    last_post_at = models.DateTimeField()
    last_poster = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    origin = models.CharField(max_length=40, blank=True)
    objects = TopicQuerySet.as_manager()
    # what the QuerySet's methods put beside the columns
    unread: int | None
    mark: int | None
    bookmark: int | None
    last_number: int | None

    class Meta:
        indexes = [
            models.Index(
                fields=["board", "-last_post_at"], name="board_latest", condition=models.Q(removed_at=None)
            ),
            models.Index(fields=["-last_post_at"], name="site_latest", condition=models.Q(removed_at=None)),
            models.Index(fields=["author", "-created_at"], name="author_topics"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.pk])


class TopicLink(models.Model):
    """Two topics that belong together. ``kind``: related or duplicate."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="links")
    other = models.ForeignKey(Topic, models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=20, default="related")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "other", "kind"], name="one_topic_link")]
