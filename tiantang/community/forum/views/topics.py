"""Reading a topic, and the short ways to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tiantang.common.navigation import is_visit
from tiantang.community.forum.access import may_moderate, may_remove_topic
from tiantang.community.forum.actions.react import follow_share
from tiantang.community.forum.acts import door_of
from tiantang.community.forum.forms import WritingForm
from tiantang.community.forum.history import versions_of
from tiantang.community.forum.models import Board, Post, Share, Topic
from tiantang.community.forum.rail import rail_of
from tiantang.community.forum.reading import open_topic, page_of, read_topic
from tiantang.community.members.models import Member


def topic(request: HttpRequest, topic_id: int) -> HttpResponse:
    """One page of a topic; ``?unread`` leads to where the reader stopped."""
    found = open_topic(topic_id, request.user)
    if "unread" in request.GET and found.mark:
        return redirect(address_of(found, min(found.mark + 1, found.last_number or 1)))
    page = read_topic(found, request.user, _number(request))
    context: dict[str, Any] = {"page": page, "topic": found, "rail": rail_of(found)}
    if request.user.is_authenticated:
        context["form"] = WritingForm()
        context["may_remove"] = may_remove_topic(request.user, found)
        context["boards"] = Board.objects.open() if may_moderate(request.user) else []
    return render(request, "forum/topic.html", context)


def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """The lasting address of a post: leads to its place in the topic, which stays when it is removed."""
    posts = Post.objects.filter(topic__in=Topic.objects.visible_to(request.user))
    posts = posts.select_related("topic").only("number", "topic__id")
    found = get_object_or_404(posts, pk=post_id)
    return redirect(address_of(found.topic, found.number))


def history(request: HttpRequest, post_id: int) -> HttpResponse:
    """What a post said before, version by version, with what changed."""
    posts = Post.objects.visible_to(request.user).select_related("topic__board", "author")
    found = get_object_or_404(posts, pk=post_id)
    return render(request, "forum/history.html", {"post": found, "versions": versions_of(found)})


def share(request: HttpRequest, code: str) -> HttpResponse:
    """A short link: counted when somebody comes by it, then led on with what it was for in the address."""
    found = get_object_or_404(Share.objects.select_related("topic", "member"), code=code)
    visible = Topic.objects.visible_to(request.user)
    get_object_or_404(visible, pk=found.topic_id)
    if is_visit(request):
        member = request.user if isinstance(request.user, Member) else None
        follow_share(share=found, member=member, door=door_of(request))
    return redirect(found.topic)


def address_of(topic: Topic, number: int) -> str:
    """Where a floor stands: page and anchor."""
    page = page_of(number)
    query = f"?page={page}" if page > 1 else ""
    return f"{reverse('forum:topic', args=[topic.pk])}{query}#p{number}"


def _number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 0
