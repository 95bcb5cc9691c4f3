"""Comments under a post: all of them, a new one, taking one down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import pgettext

from tiantang.community.forum.access import may_moderate, may_reply
from tiantang.community.forum.actions.comment import publish_comment
from tiantang.community.forum.actions.remove import remove_comment, restore_comment
from tiantang.community.forum.acts import door_of
from tiantang.community.forum.forms import CommentForm
from tiantang.community.forum.models import Comment, Post
from tiantang.community.forum.reading import rights_of
from tiantang.community.forum.refusals import NotAllowed, Refused
from tiantang.community.forum.renderings import drawing_of, dress, filled, nested, part
from tiantang.community.forum.views.doors import (
    UNPROCESSABLE,
    acting,
    is_script,
    offer_undo,
    signed_in,
)


def comments(request: HttpRequest, post_id: int) -> HttpResponse:
    """All comments of a post: the piece of page for scripts, else a page with a form."""
    post = _post(request, post_id)
    if request.method == "POST":
        return _publish(request, post_id=post_id)
    return _show(request, post, CommentForm(initial={"parent": request.GET.get("parent", "")}))


@acting
def _publish(request: HttpRequest, post_id: int) -> HttpResponse:
    post, form = _post(request, post_id), CommentForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data
        parent = Comment.objects.filter(pk=words["parent"], post=post).first() if words["parent"] else None
        try:
            publish_comment(
                author=signed_in(request),
                post=post,
                source=words["source"],
                parent=parent,
                token=words["token"],
                door=door_of(request),
            )
            return _show(request, post, None) if is_script(request) else redirect(post)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal)
    return _show(request, post, form, UNPROCESSABLE)


@acting
def remove(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Take a comment down, or with ``off`` put it back."""
    shown = Comment.objects.filter(post__in=Post.objects.visible_to(request.user))
    comment = get_object_or_404(shown.select_related("post__topic__board", "author"), pk=comment_id)
    off, post = "off" in request.POST, comment.post
    verb = restore_comment if off else remove_comment
    verb(member=signed_in(request), comment=comment, door=door_of(request))
    undo = comment if not off and may_moderate(request.user) else None
    if is_script(request):
        return _show(request, post, None, undo=undo)
    if undo:
        address = reverse("forum:remove_comment", args=[undo.pk])
        offer_undo(request, pgettext("comment", "Comment removed."), address, "off", "1")
    return redirect(post)


def _show(
    request: HttpRequest,
    post: Post,
    form: CommentForm | None,
    status: int = 200,
    undo: Comment | None = None,
) -> HttpResponse:
    """The comments and a form. None for the form: an empty one that leaves the focus where the reader has it.

    ``undo`` is a comment taken down just now, which may be put back.
    """
    rows = list(Comment.objects.under([post.pk]))
    dress(comment.author for comment in rows)
    drawing = drawing_of(str(part("comments")(post, nested(rows), len(rows))))
    context = {
        "post": post,
        "comments": filled(drawing, rights_of(request.user, post.topic)),
        "form": form or CommentForm(),
        "focus": form is not None,
        "undo": undo,
        "may_reply": may_reply(request.user, post.topic),
    }
    template = "forum/_comments.html" if is_script(request) else "forum/comments.html"
    return render(request, template, context, status=status)


def _post(request: HttpRequest, post_id: int) -> Post:
    rows = Post.objects.visible_to(request.user).select_related("topic__board", "topic__author", "author")
    return get_object_or_404(rows, pk=post_id)
