"""What the team took down, for whoever wrote it and for moderators."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext

from tiantang.community.forum.access import may_moderate, may_read_removed, require
from tiantang.community.forum.actions.remove import explain_removal
from tiantang.community.forum.forms import ExplainForm
from tiantang.community.forum.models import Comment, Post, Removal
from tiantang.community.forum.views.doors import signed_in, writing
from tiantang.community.rules.models import RulesVersion


@writing
def removed(request: HttpRequest, post_id: int) -> HttpResponse:
    """One's own post after it was taken down, with the rule it broke; leads to the post when it stands."""
    post = get_object_or_404(Post.objects.select_related("topic__board", "author"), pk=post_id)
    return _show(request, post, None)


@writing
def removed_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The same for a comment."""
    rows = Comment.objects.select_related("post__topic__board", "author")
    comment = get_object_or_404(rows, pk=comment_id)
    return _show(request, comment.post, comment)


def _show(request: HttpRequest, post: Post, comment: Comment | None) -> HttpResponse:
    thing = comment or post
    if not may_read_removed(request.user, thing):
        raise Http404("nothing of this reader's")
    removed_at = _fell_at(post, comment)
    around = post.removed_at or post.topic.removed_at
    if removed_at is None and around is None:
        return redirect(post)
    removal = Removal.objects.of(post, comment).first() if removed_at else None
    version = RulesVersion.objects.current()
    titles = version.rule_titles(request.LANGUAGE_CODE) if version else {}
    form = _form(request, thing, removal, titles)
    if request.method == "POST":
        require(form is not None)
        if form and removal and form.is_valid():
            explain_removal(member=signed_in(request), removal=removal, **form.cleaned_data)
            messages.success(request, pgettext("removal", "The author reads this now."))
            return redirect(request.path)
    context = {
        "form": form,
        "post": post,
        "thing": thing,
        "comment": comment,
        "removed_at": removed_at or around,
        "fell_alone": removed_at is not None,
        "own": thing.author_id == signed_in(request).pk,
        "removal": removal,
        "rule_title": titles.get(removal.rule, "") if removal else "",
    }
    return render(request, "forum/removed.html", context)


def _fell_at(post: Post, comment: Comment | None) -> datetime | None:
    """When the thing itself was taken down; an opening post falls with its topic."""
    if comment is not None:
        return comment.removed_at
    return post.topic.removed_at if post.number == 1 else post.removed_at


def _form(
    request: HttpRequest, thing: Post | Comment, removal: Removal | None, titles: dict[int, str]
) -> ExplainForm | None:
    """For moderators, to name the rule after the fact; not about what they wrote or its author removed."""
    if removal is None or removal.own or not may_moderate(request.user):
        return None
    if thing.author_id == signed_in(request).pk:
        return None
    said = {"rule": removal.rule, "note": removal.note}
    return ExplainForm(titles, request.POST or None, initial=said)
