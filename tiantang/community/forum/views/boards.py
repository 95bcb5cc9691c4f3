"""The index of boards, one board, tags."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property

from tiantang.common.pages import Version
from tiantang.common.prepared import Prepared
from tiantang.community.forum.access import ANNOUNCEMENTS, may_start_topic
from tiantang.community.forum.models import Board, Tag, Topic
from tiantang.community.forum.models.topics import TopicQuerySet
from tiantang.community.forum.rows import draw_rows
from tiantang.community.members.access import User, id_of
from tiantang.community.members.looks import looks_version

TOPICS_ON_A_PAGE = 20
TABS = ("latest", "unanswered", "featured", "questions")
TAGS_SHOWN = 200
TAGS_KEPT_S = 600


class CountedPages(Paginator):  # type: ignore[type-arg]
    """Pages over a list whose length is known already or cheap to cap: no count of a million rows."""

    LONGEST = 200 * TOPICS_ON_A_PAGE

    def __init__(self, topics: TopicQuerySet, known: int | None = None) -> None:
        super().__init__(topics, TOPICS_ON_A_PAGE)
        self.known = known

    @cached_property
    def count(self) -> int:
        if self.known is not None:
            return min(self.known, self.LONGEST)
        topics: TopicQuerySet = self.object_list  # type: ignore[assignment]
        return topics.order_by().values("pk")[: self.LONGEST].count()


INDEX = Prepared(lambda: Board.objects.for_index())
PLACE = Prepared(lambda slug: Board.objects.filter(slug=slug).select_related("group"), slug=str)
PINNED = Prepared(lambda board: Topic.objects.filter(board_id=board, removed_at=None).pinned()[:5], board=int)


@lru_cache(maxsize=512)
def latest(tab: str, page: int, *, marked: bool) -> Prepared[Topic]:
    """The read of one page of a board's tab; ``marked`` with what is new to the reader."""
    start = (page - 1) * TOPICS_ON_A_PAGE

    def build(board: int, reader: int = 0) -> TopicQuerySet:
        rows = topics_of(board, tab).listed(reader).recent()
        return rows[start : start + TOPICS_ON_A_PAGE]

    kinds: dict[str, type[int]] = {"board": int, "reader": int} if marked else {"board": int}
    return Prepared(build, **kinds)


def boards(request: HttpRequest) -> HttpResponse:
    """Every board in use, in its group."""
    rows = INDEX.rows()
    groups = [(group, list(members)) for group, members in groupby(rows, key=lambda board: board.group)]
    return render(request, "forum/boards.html", {"groups": groups})


def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One board: latest talk, what waits for an answer, the best, questions; by tag if wanted."""
    place = PLACE.first(slug=slug)
    if place is None:
        raise Http404("no such board")
    tab, tag = _tab(request), _tag(request)
    plain = tab == "latest" and tag is None
    page = _page(place, tab, tag, request)
    rows = page.object_list if tag else _rows(place, tab, page.number, id_of(request.user))
    context = {
        "board": place,
        "tab": tab,
        "tag": tag,
        "page": page,
        "rows": draw_rows(rows, board=False),
        "pinned": PINNED.rows(board=place.pk) if plain else [],
        "tags": busy_tags(place),
        "may_post": may_post(request.user, place),
    }
    return render(request, "forum/board.html", context)


def tags(request: HttpRequest) -> HttpResponse:
    """The words topics are found under, the most used first."""
    shown = Tag.objects.filter(topics_count__gt=0).order_by("-topics_count", "slug")[:TAGS_SHOWN]
    return render(request, "forum/tags.html", {"tags": shown})


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Topics under one tag, across boards."""
    word = get_object_or_404(Tag, slug=slug)
    tab = _tab(request)
    topics = (
        chosen(Topic.objects.filter(removed_at=None).tagged(word), tab).listed(id_of(request.user)).recent()
    )
    known = word.topics_count if tab == "latest" else None
    page = CountedPages(topics, known).get_page(request.GET.get("page"))
    context = {"tag": word, "tab": tab, "page": page, "rows": draw_rows(page.object_list)}
    return render(request, "forum/tag.html", context)


def topics_of(board_id: int, tab: str) -> TopicQuerySet:
    """The readable topics of a board's tab; those pinned stand above the first tab's."""
    topics = chosen(Topic.objects.filter(board_id=board_id, removed_at=None), tab)
    return topics.filter(pinned_at=None) if tab == TABS[0] else topics


def _page(place: Board, tab: str, tag: Tag | None, request: HttpRequest) -> Page[Topic]:
    """Which page of how many is asked for; with a tag also its topics, which few ask for."""
    if tag is None:
        known = place.topics_count if tab == TABS[0] else None
        return CountedPages(topics_of(place.pk, tab).recent(), known).get_page(request.GET.get("page"))
    topics = chosen(Topic.objects.filter(board=place, removed_at=None), tab).tagged(tag)
    return CountedPages(topics.listed(id_of(request.user)).recent()).get_page(request.GET.get("page"))


def _rows(place: Board, tab: str, page: int, reader_id: int) -> list[Topic]:
    if not reader_id:
        return latest(tab, page, marked=False).rows(board=place.pk)
    return latest(tab, page, marked=True).rows(board=place.pk, reader=reader_id)


def chosen(topics: TopicQuerySet, tab: str) -> TopicQuerySet:
    """The topics of one tab."""
    if tab == "unanswered":
        return topics.unanswered()
    if tab == "featured":
        return topics.featured()
    return topics.questions() if tab == "questions" else topics


def may_post(user: User, place: Board) -> bool:
    """Whether the page offers a new topic here; anonymous people are led to sign-in where they may post."""
    return may_start_topic(user, place) if user.is_authenticated else place.slug != ANNOUNCEMENTS


def _tab(request: HttpRequest) -> str:
    tab = request.GET.get("tab", TABS[0])
    if tab not in TABS:
        raise Http404("no such tab")
    return tab


def _tag(request: HttpRequest) -> Tag | None:
    slug = request.GET.get("tag", "")
    return get_object_or_404(Tag, slug=slug) if slug else None


def busy_tags(place: Board) -> list[tuple[str, str]]:
    """Slug and name of the tags used most among the board's recent topics.

    Looked up once in ten minutes, and when something was taken down or tags of a topic were changed.
    """
    key, sign = f"busy-tags:{place.pk}", looks_version()
    kept: tuple[Version, list[tuple[str, str]]] | None = cache.get(key)
    if kept is None or kept[0] != sign:
        recent = Topic.objects.filter(board=place, removed_at=None).recent()[:200]
        used = Tag.objects.filter(topics__in=list(recent.values_list("pk", flat=True)))
        busiest = used.annotate(here=Count("pk")).order_by("-here", "slug")
        kept = sign, list(busiest.values_list("slug", "name")[:12])
        cache.set(key, kept, TAGS_KEPT_S)
    return kept[1]
