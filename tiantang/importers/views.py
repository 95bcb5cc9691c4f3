"""Addresses of communities that moved in lead to where things are now."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse

from tiantang.community.forum.models import Post, Tag
from tiantang.community.members.models import Member
from tiantang.importers.models import ArrivedRow


def _moved(kind: str, old_id: int) -> int:
    row = ArrivedRow.objects.filter(kind=kind, old_id=old_id).order_by("pk").first()
    if row is None:
        raise Http404
    return row.new_id


def old_question(request: HttpRequest, old_id: int, rest: str = "") -> HttpResponsePermanentRedirect:
    """``/questions/ID/slug`` and ``/q/ID``; with an answer's id at the end, to that answer."""
    answer = rest.rstrip("/").rsplit("/", 1)[-1]
    if answer.isdigit() and "/" in rest:
        return old_answer(request, int(answer))
    address = reverse("forum:topic", args=[_moved("question", old_id)])
    return redirect(address, permanent=True)


def old_answer(request: HttpRequest, old_id: int, rest: str = "") -> HttpResponsePermanentRedirect:
    """``/a/ID``: the floor the answer is on."""
    post = Post.objects.filter(pk=_moved("post", old_id)).first()
    if post is None:
        raise Http404
    return redirect(reverse("forum:post", args=[post.pk]), permanent=True)


def old_user(request: HttpRequest, old_id: int, rest: str = "") -> HttpResponsePermanentRedirect:
    """``/users/ID/name``: the member's page."""
    member = Member.objects.filter(pk=_moved("user", old_id)).first()
    if member is None:
        raise Http404
    address = reverse("members:profile", args=[member.handle])
    return redirect(address, permanent=True)


def old_tag(request: HttpRequest, name: str) -> HttpResponsePermanentRedirect:
    """``/questions/tagged/NAME``: the tag's page."""
    if not Tag.objects.filter(slug=name).exists():
        raise Http404
    return redirect(reverse("forum:tag", args=[name]), permanent=True)
