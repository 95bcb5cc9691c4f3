"""Writing: new topics, replies, edits, the preview."""

from __future__ import annotations

from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext

from tiantang.community.forum.access import may_edit, may_reply, require
from tiantang.community.forum.actions.edit import edit_post
from tiantang.community.forum.actions.notices import people_called
from tiantang.community.forum.actions.publish import publish_reply, publish_topic
from tiantang.community.forum.acts import door_of
from tiantang.community.forum.bodies import quote_block, render_body, words_to_quote
from tiantang.community.forum.forms import EditForm, TopicForm, WritingForm
from tiantang.community.forum.limits import BODY_LONGEST, check_preview_pace
from tiantang.community.forum.models import Post, Topic
from tiantang.community.forum.reading import open_topic
from tiantang.community.forum.refusals import Refused
from tiantang.community.forum.views.doors import UNPROCESSABLE, acting, signed_in, writing
from tiantang.community.forum.views.pictures import with_pictures
from tiantang.community.forum.views.topics import address_of

Form = TypeVar("Form", bound=WritingForm)

SENT_SECONDS = 600
QUOTED_MOST = 400
"""Characters of a post put into the composer when quoting it whole."""


@writing
def new_topic(request: HttpRequest) -> HttpResponse:
    """The page for a new topic; ``?board=`` and ``?title=`` fill it in."""
    if request.method != "POST":
        given = {key: request.GET.get(key, "") for key in ("board", "title", "tags")}
        form = TopicForm(initial=given, writer=signed_in(request))
        return render(request, "forum/new_topic.html", {"form": form})
    form = _sent(request, TopicForm, writer=signed_in(request))
    if "preview" not in request.POST and form.is_valid():
        words = {key: form.cleaned_data[key] for key in ("title", "source", "board", "tags", "is_question")}
        try:
            token = form.cleaned_data["token"]
            topic = publish_topic(author=signed_in(request), token=token, door=door_of(request), **words)
            return _arrived(request, topic.get_absolute_url(), "topic-new")
        except Refused as refusal:
            form.refuse(refusal)
    return _again(request, "forum/new_topic.html", form)


@writing
def reply(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The page for a reply, where the topic's form goes too; ``?quote=`` is the id of a post to quote."""
    topic = open_topic(topic_id, request.user)
    if request.method != "POST":
        require(may_reply(request.user, topic))
        quoted = _quote(request, topic)
        context = {"form": WritingForm(initial={"source": quoted}), "topic": topic, "quoted": bool(quoted)}
        return render(request, "forum/reply.html", context)
    form = _sent(request, WritingForm)
    if "preview" not in request.POST and form.is_valid():
        words = {key: form.cleaned_data[key] for key in ("source", "token")}
        try:
            post = publish_reply(author=signed_in(request), topic=topic, door=door_of(request), **words)
            return _arrived(request, address_of(topic, post.number), f"topic-{topic.pk}")
        except Refused as refusal:
            form.refuse(refusal)
    return _again(request, "forum/reply.html", form, topic=topic)


@writing
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    """The page for a new version of a post."""
    posts = Post.objects.visible_to(request.user).select_related("topic__board", "author")
    post = get_object_or_404(posts, pk=post_id)
    require(may_edit(request.user, post))
    opening = post.number == 1
    if request.method != "POST":
        tags = "，".join(tag.name for tag in post.topic.tags.all()) if opening else ""
        initial = {"source": post.source, "title": post.topic.title, "tags": tags}
        initial["edits_seen"] = str(post.edits_count)
        return render(
            request, "forum/edit.html", {"form": EditForm(initial=initial, opening=opening), "post": post}
        )
    form = _sent(request, EditForm, opening=opening)
    if "preview" not in request.POST and form.is_valid():
        words = {key: value for key, value in form.cleaned_data.items() if key != "token"}
        try:
            edit_post(editor=signed_in(request), post=post, door=door_of(request), **words)
            return _arrived(request, address_of(post.topic, post.number), f"post-{post.pk}")
        except Refused as refusal:
            form.refuse(refusal)
            form.see(post)
    return _again(request, "forum/edit.html", form, post=post)


@acting
def preview(request: HttpRequest) -> HttpResponse:
    """What a text will look like, as a piece of page."""
    source = request.POST.get("source", "")
    return HttpResponse(_preview(request, source) or pgettext("composer", "Nothing to show yet."))


def _arrived(request: HttpRequest, address: str, draft: str) -> HttpResponse:
    """Lead to what was published, and let the browser's script drop the draft it came from (drafts.ts)."""
    response = redirect(address)
    name = f"{signed_in(request).pk}:{draft}"
    response.set_cookie(
        "sent", name, max_age=SENT_SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
    return response


def _sent(request: HttpRequest, kind: type[Form], **options: Any) -> Form:
    """The form as it was sent, with the pictures chosen beside its text; a refused one is told there."""
    typed, refusals = with_pictures(request)
    form = kind(typed, **options)
    form.full_clean()
    for refusal in refusals:
        form.add_error("source", refusal.reason)
    return form


def _preview(request: HttpRequest, source: str) -> str:
    """The text drawn. Raises Refused: too many previews, too large a page."""
    check_preview_pace(signed_in(request))
    source = source[:BODY_LONGEST]
    return render_body(source, people=people_called(source))


def _again(request: HttpRequest, template: str, form: WritingForm, **context: object) -> HttpResponse:
    """The form once more, with what was typed: to see the preview, or to mend what was refused."""
    wanted = "preview" in request.POST
    shown = ""
    if wanted:
        try:
            shown = _preview(request, form.data.get("source", ""))
        except Refused as refusal:
            form.refuse(refusal)
    context |= {"form": form, "preview": shown}
    return render(
        request, template, context, status=200 if shown or (wanted and form.is_valid()) else UNPROCESSABLE
    )


def _quote(request: HttpRequest, topic: Topic) -> str:
    number = request.GET.get("quote", "")
    if not number.isdecimal():
        return ""
    post = Post.objects.filter(topic=topic, removed_at=None, pk=number).select_related("author").first()
    if post is None:
        return ""
    name = post.author.shown_name if post.author else post.author_name
    return quote_block(post.pk, post.number, name, words_to_quote(post.body_html, QUOTED_MOST))
