"""The closed list of events: what can happen, under which name and code.

An event is named ``app.object_verb`` in the past tense. Its code is what the lake stores and never
changes meaning; a retired event keeps its code. Which events a metric reads is said by the metric.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class ActorClass(IntEnum):
    """Who acted, as known when it happened."""

    VISITOR = 0
    MEMBER = 1
    STAFF = 2
    BOT = 3


class Client(IntEnum):
    """What kind of client the act came from."""

    UNKNOWN = 0
    DESKTOP = 1
    PHONE = 2
    API = 3
    IMPORT = 4


@dataclass(frozen=True, slots=True)
class EventKind:
    """One row of the catalogue. ``sentence`` says what the envelope's columns mean for it."""

    name: str
    code: int
    visit: bool
    sentence: str


def _act(code: int, name: str, sentence: str) -> EventKind:
    return EventKind(name, code, False, sentence)


def _visit(code: int, name: str, sentence: str) -> EventKind:
    return EventKind(name, code, True, sentence)


KINDS: tuple[EventKind, ...] = (
    _visit(1, "site.page_viewed", "A page was shown in a browser; object is the topic when it is one."),
    _visit(2, "site.time_spent", "A tab was visible; value is milliseconds since the last such mark."),
    _act(10, "members.signed_up", "An account was made; visitor is the browser it came from."),
    _act(11, "members.signed_in", "A member signed in."),
    _act(12, "members.profile_changed", "Dimensions of a member changed; payload holds the new ones."),
    _act(13, "members.role_granted", "A role was given; payload names it, target received it."),
    _act(14, "members.role_ended", "A role was taken back; payload names it, target held it."),
    _act(15, "members.account_forgotten", "An account was deleted on its owner's wish."),
    _act(16, "members.password_link_made", "A link for a new password was made; target is for whom."),
    _act(20, "forum.topic_published", "A topic with its opening post; object is the topic."),
    _act(21, "forum.reply_published", "A reply in a topic; object is the post, target the topic's author."),
    _act(
        22,
        "forum.comment_published",
        "A comment on a post; object is the comment, target the post's author.",
    ),
    _act(23, "forum.post_liked", "A post was liked; object is the post, target its author."),
    _act(24, "forum.post_unliked", "A like was taken back; object is the post."),
    _act(25, "forum.topic_bookmarked", "A topic was bookmarked; object is the topic."),
    _act(26, "forum.bookmark_removed", "A bookmark was taken back; object is the topic."),
    _act(27, "forum.topic_shared", "A share link was made or used to pass a topic on; object is the topic."),
    _act(28, "forum.post_edited", "A post was changed; object is the post."),
    _act(29, "forum.answer_accepted", "A reply was marked best answer; object is the post."),
    _act(30, "forum.topic_removed", "A topic was taken down; object is the topic."),
    _act(31, "forum.post_removed", "A reply was taken down; object is the post."),
    _act(32, "forum.comment_removed", "A comment was taken down; object is the comment."),
    _act(33, "forum.topic_restored", "A topic came back; object is the topic."),
    _act(34, "forum.post_restored", "A reply came back; object is the post."),
    _act(35, "forum.topic_pinned", "A topic was pinned or unpinned; value is 1 or 0."),
    _act(36, "forum.topic_closed", "A topic was closed or opened; value is 1 or 0."),
    _act(37, "forum.share_followed", "Somebody came through a share link; object is the topic."),
    _act(38, "forum.topic_featured", "A topic was featured or not any more; value is 1 or 0."),
    _act(39, "forum.comment_restored", "A comment came back; object is the comment."),
    _act(
        40,
        "moderation.post_reported",
        "A post or comment was reported; object is the report, target its author.",
    ),
    _act(41, "moderation.report_upheld", "A report was found right; object is the report."),
    _act(42, "moderation.report_rejected", "A report was found wrong; object is the report."),
    _act(
        43,
        "moderation.report_reopened",
        "A decision was taken back and its report is open again; object is the report.",
    ),
    _act(50, "rules.version_accepted", "A member accepted the rules; value is the version."),
)

BY_NAME: dict[str, EventKind] = {kind.name: kind for kind in KINDS}
BY_CODE: dict[int, EventKind] = {kind.code: kind for kind in KINDS}


class UnknownEvent(KeyError):
    """An event name that is not in the catalogue."""


def kind_of(name: str) -> EventKind:
    """The catalogue row of ``name``. Raises UnknownEvent."""
    try:
        return BY_NAME[name]
    except KeyError:
        raise UnknownEvent(f"{name!r} is not in tiantang/events/catalog.py") from None
