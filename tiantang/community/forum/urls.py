"""Addresses of the forum."""

from __future__ import annotations

from django.urls import URLPattern, path

from tiantang.community.forum.views import acts, boards, comments, pictures, removed, topics, writing

app_name = "forum"
urlpatterns: list[URLPattern] = [
    path("boards/", boards.boards, name="boards"),
    path("b/<str:slug>/", boards.board, name="board"),
    path("tags/", boards.tags, name="tags"),
    path("tags/<str:slug>/", boards.tag, name="tag"),
    path("t/new/", writing.new_topic, name="new_topic"),
    path("t/<int:topic_id>/", topics.topic, name="topic"),
    path("t/<int:topic_id>/reply/", writing.reply, name="reply"),
    path("t/<int:topic_id>/bookmark/", acts.bookmark, name="bookmark"),
    path("t/<int:topic_id>/share/", acts.share, name="share"),
    path("t/<int:topic_id>/read/", acts.read, name="read"),
    path("t/<int:topic_id>/state/", acts.state, name="state"),
    path("t/<int:topic_id>/move/", acts.move, name="move"),
    path("p/<int:post_id>/", topics.post, name="post"),
    path("p/<int:post_id>/edit/", writing.edit, name="edit"),
    path("p/<int:post_id>/history/", topics.history, name="history"),
    path("p/<int:post_id>/like/", acts.like, name="like"),
    path("p/<int:post_id>/accept/", acts.accept, name="accept"),
    path("p/<int:post_id>/remove/", acts.remove, name="remove"),
    path("p/<int:post_id>/comments/", comments.comments, name="comments"),
    path("p/<int:post_id>/removed/", removed.removed, name="removed"),
    path("c/<int:comment_id>/removed/", removed.removed_comment, name="removed_comment"),
    path("c/<int:comment_id>/remove/", comments.remove, name="remove_comment"),
    path("write/preview/", writing.preview, name="preview"),
    path("write/pictures/", pictures.pictures, name="pictures"),
    path("s/<str:code>/", topics.share, name="share_link"),
]
