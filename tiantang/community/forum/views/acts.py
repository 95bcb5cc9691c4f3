"""Small acts on posts and topics; each answers with the piece of page it changed, or leads back to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import pgettext

from tiantang.community.forum.access import may_moderate
from tiantang.community.forum.actions.react import (
    bookmark_topic,
    like_post,
    mark_read,
    share_topic,
    unbookmark_topic,
    unlike_post,
)
from tiantang.community.forum.actions.remove import (
    remove_post,
    remove_topic,
    restore_post,
    restore_topic,
)
from tiantang.community.forum.actions.steer import (
    accept_answer,
    close_topic,
    feature_topic,
    move_topic,
    pin_topic,
    unaccept_answer,
)
from tiantang.community.forum.acts import door_of
from tiantang.community.forum.models import Board, Post, Topic
from tiantang.community.forum.reading import open_topic
from tiantang.community.forum.refusals import Refused
from tiantang.community.forum.renderings import part
from tiantang.community.forum.views.doors import acting, came_from, is_script, offer_undo, signed_in
from tiantang.community.forum.views.topics import address_of

STATES: dict[str, tuple[Callable[..., Any], dict[str, bool]]] = {
    "pin": (pin_topic, {"pinned": True}),
    "unpin": (pin_topic, {"pinned": False}),
    "close": (close_topic, {"closed": True}),
    "reopen": (close_topic, {"closed": False}),
    "feature": (feature_topic, {"featured": True}),
    "unfeature": (feature_topic, {"featured": False}),
    "remove": (remove_topic, {}),
    "restore": (restore_topic, {}),
}


@acting
def like(request: HttpRequest, post_id: int) -> HttpResponse:
    """Like a post, or with ``off`` take the like back."""
    post, on = _post(request, post_id), "off" not in request.POST
    verb = like_post if on else unlike_post
    verb(member=signed_in(request), post=post, door=door_of(request))
    if not is_script(request):
        return redirect(address_of(post.topic, post.number))
    post.refresh_from_db(fields=["likes_count"])
    return HttpResponse(part("like_button")(post.pk, post.likes_count, on))


@acting
def bookmark(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Keep a topic, or with ``off`` let it go."""
    topic, on = _topic(request, topic_id), "off" not in request.POST
    verb = bookmark_topic if on else unbookmark_topic
    verb(member=signed_in(request), topic=topic, door=door_of(request))
    if not is_script(request):
        return redirect(came_from(request, topic.get_absolute_url()))
    return HttpResponse(part("bookmark_button")(topic.pk, on))


@acting
def share(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Make the member's short link of a topic and show it."""
    topic = _topic(request, topic_id)
    made = share_topic(topic=topic, member=signed_in(request), door=door_of(request))
    template = "forum/_share.html" if is_script(request) else "forum/share.html"
    return render(request, template, {"topic": topic, "share": made})


@acting
def read(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The reader's screen has shown floor ``number``."""
    number = request.POST.get("number", "")
    topic = open_topic(topic_id, request.user)
    if number.isdecimal():
        seen = min(int(number[:9]), topic.last_number or 1)
        mark_read(member=signed_in(request), topic=topic, number=seen)
    return HttpResponse(status=204)


@acting
def accept(request: HttpRequest, post_id: int) -> HttpResponse:
    """Take a reply as the best answer, or with ``off`` take the mark away."""
    post = _post(request, post_id)
    if "off" in request.POST:
        unaccept_answer(member=signed_in(request), topic=post.topic, post=post)
    else:
        accept_answer(member=signed_in(request), post=post, door=door_of(request))
    return redirect(address_of(post.topic, post.number))


@acting
def remove(request: HttpRequest, post_id: int) -> HttpResponse:
    """Take a reply down, or with ``off`` put it back."""
    post = _post(request, post_id)
    if "off" in request.POST:
        restore_post(member=signed_in(request), post=post, door=door_of(request))
    else:
        remove_post(member=signed_in(request), post=post, door=door_of(request))
        _say_removed(request, reverse("forum:remove", args=[post.pk]), "off", "1")
    return redirect(address_of(post.topic, post.number))


@acting
def state(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Pin, close, feature, remove a topic, or the reverse: ``act`` names it."""
    topic = _topic(request, topic_id)
    act = request.POST.get("act", "")
    if act not in STATES:
        raise Refused(pgettext("refusal", "Choose what to do with this topic."))
    verb, values = STATES[act]
    changed: Any = verb(member=signed_in(request), topic=topic, door=door_of(request), **values)
    if act == "remove":
        _say_removed(request, reverse("forum:state", args=[topic.pk]), "act", "restore")
    still_there = Topic.objects.visible_to(request.user).filter(pk=changed.pk).exists()
    return redirect(changed if still_there else changed.board)


@acting
def move(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Put a topic into the board named ``board``."""
    topic = _topic(request, topic_id)
    board = get_object_or_404(Board, slug=request.POST.get("board", ""))
    move_topic(member=signed_in(request), topic=topic, board=board)
    return redirect(topic)


def _say_removed(request: HttpRequest, address: str, name: str, value: str) -> None:
    """Tell that it is gone; moderators may undo it at once."""
    if may_moderate(request.user):
        offer_undo(request, pgettext("topic", "Removed."), address, name, value)
    else:
        messages.success(request, pgettext("topic", "Removed. Moderators can put it back."))


def _post(request: HttpRequest, post_id: int) -> Post:
    posts = Post.objects.visible_to(request.user).select_related("topic__board", "topic__author", "author")
    return get_object_or_404(posts, pk=post_id)


def _topic(request: HttpRequest, topic_id: int) -> Topic:
    topics = Topic.objects.visible_to(request.user).select_related("board", "author")
    return get_object_or_404(topics, pk=topic_id)
