"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tiantang.common.prepared import Prepared
from tiantang.community.forum.models import Board, Topic
from tiantang.community.forum.rows import draw_rows
from tiantang.community.members.models import Member
from tiantang.portal.feed import FEEDS, read_feed
from tiantang.portal.hot import hot_topics

BOARDS_SHOWN = 12
SHOWN = ("id", "slug", "name", "name_en", "hue", "icon", "posts_count")
"""What the front page shows of a board."""
BOARDS = Prepared(lambda: Board.objects.open().only(*SHOWN))


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Newest talk, boards, what is hot; ``?filter=`` chooses the feed, ``?page=`` goes back in time."""
    reader = request.user if isinstance(request.user, Member) else None
    wanted = request.GET.get("filter", "")
    chosen = wanted if wanted in FEEDS else next(iter(FEEDS))
    feed = read_feed(chosen, reader, page=request.GET.get("page", "1"))
    boards = BOARDS.rows()
    context = {
        "feeds": [(key, label) for key, (label, _query) in FEEDS.items()],
        "chosen": chosen,
        "feed": feed,
        "rows": draw_rows(feed.topics),
        "boards": boards,
        "boards_look": tuple(tuple(getattr(board, field) for field in SHOWN) for board in boards),
        "boards_shown": BOARDS_SHOWN,
        "hot": hot_topics(),
        "topics_exist": bool(feed.topics) or Topic.objects.filter(removed_at=None).exists(),
    }
    return render(request, "portal/home.html", context)
