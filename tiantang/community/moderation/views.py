"""The member's door: report something."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext

from tiantang.community.forum.access import require
from tiantang.community.forum.acts import door_of
from tiantang.community.forum.models import Comment, Post
from tiantang.community.forum.refusals import Refused
from tiantang.community.forum.views.doors import UNPROCESSABLE, signed_in, writing
from tiantang.community.moderation.access import may_report
from tiantang.community.moderation.actions.report import report_content
from tiantang.community.moderation.forms import ReportForm


@writing
def report(request: HttpRequest, post_id: int) -> HttpResponse:
    """Report a post."""
    posts = Post.objects.visible_to(request.user).select_related("topic__board", "author")
    return _report(request, get_object_or_404(posts, pk=post_id), None)


@writing
def report_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Report a comment."""
    comments = Comment.objects.filter(post__in=Post.objects.visible_to(request.user))
    rows = comments.select_related("post__topic__board", "post__author", "author")
    comment = get_object_or_404(rows, pk=comment_id)
    return _report(request, comment.post, comment)


def _report(request: HttpRequest, post: Post, comment: Comment | None) -> HttpResponse:
    require(may_report(request.user, comment or post))
    context = {"post": post, "thing": comment or post}
    if request.method != "POST":
        return render(request, "moderation/report.html", context | {"form": ReportForm()})
    form = ReportForm(request.POST)
    if form.is_valid():
        member, words = signed_in(request), form.cleaned_data
        try:
            report_content(reporter=member, post=post, comment=comment, door=door_of(request), **words)
            messages.success(request, pgettext("report", "Reported. You'll be told what was decided."))
            return redirect(post)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
    return render(request, "moderation/report.html", context | {"form": form}, status=UNPROCESSABLE)
