"""Which letters in an inbox speak of something that was taken down since."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from django.db.models import Q

from tiantang.community.forum.models import Comment, Post
from tiantang.community.notifications.kinds import Kind
from tiantang.community.notifications.models import Notification

ADDRESS = re.compile(r"/p/([0-9]{1,18})/(?:#c([0-9]{1,18}))?")
OTHERS_WORDS = (Kind.REPLY, Kind.COMMENT, Kind.MENTION, Kind.QUOTE)
"""Letters that repeat what somebody wrote; the others only name the topic."""


def speaking_of_removed(letters: Collection[Notification]) -> Iterator[int]:
    """The numbers of letters whose words, or whose topic's title, are no longer to be read."""
    places = {letter: found for letter in letters if (found := ADDRESS.fullmatch(letter.address))}
    if not places:
        return
    gone = Post.objects.filter(Q(topic__removed_at__isnull=False) | Q(removed_at__isnull=False))
    posts = gone.filter(pk__in={int(place[1]) for place in places.values()})
    fallen = {post.pk: post.topic.removed_at is not None for post in posts.select_related("topic")}
    named = {int(place[2]) for place in places.values() if place[2]}
    comments = set(Comment.objects.filter(pk__in=named).exclude(removed_at=None).values_list("pk", flat=True))
    for letter, place in places.items():
        whole = fallen.get(int(place[1]))
        words = whole is not None or int(place[2] or 0) in comments
        if whole or (words and letter.kind in OTHERS_WORDS):
            yield letter.pk
