"""What a notification can be about, and the sentence that says it."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tiantang.community.members.models import Role


class Kind(models.TextChoices):
    """Why a member is told something."""

    REPLY = "reply", pgettext_lazy("notification kind", "Reply")
    COMMENT = "comment", pgettext_lazy("notification kind", "Comment")
    MENTION = "mention", pgettext_lazy("notification kind", "Mention")
    QUOTE = "quote", pgettext_lazy("notification kind", "Quote")
    LIKE = "like", pgettext_lazy("notification kind", "Like")
    ACCEPTED = "accepted", pgettext_lazy("notification kind", "Best answer")
    REPORT = "report", pgettext_lazy("notification kind", "Report decided")
    ROLE_GRANTED = "role_granted", pgettext_lazy("notification kind", "Role given")
    ROLE_ENDED = "role_ended", pgettext_lazy("notification kind", "Role taken back")


SENTENCES: dict[str, str | Promise] = {
    Kind.REPLY: pgettext_lazy("notification", "replied in “%(subject)s”"),
    Kind.COMMENT: pgettext_lazy("notification", "commented on your post in “%(subject)s”"),
    Kind.MENTION: pgettext_lazy("notification", "mentioned you in “%(subject)s”"),
    Kind.QUOTE: pgettext_lazy("notification", "quoted you in “%(subject)s”"),
    Kind.LIKE: pgettext_lazy("notification", "likes your post in “%(subject)s”"),
    Kind.ACCEPTED: pgettext_lazy("notification", "took yours as the best answer in “%(subject)s”"),
    Kind.REPORT: pgettext_lazy("notification", "decided on what you reported: “%(subject)s”"),
    Kind.ROLE_GRANTED: pgettext_lazy("notification", "gave you a role: %(subject)s"),
    Kind.ROLE_ENDED: pgettext_lazy("notification", "took back your role: %(subject)s"),
}
ROLES = (Kind.ROLE_GRANTED, Kind.ROLE_ENDED)
"""Letters whose ``subject`` is a role's key, which the reader's language has a word for."""
FROM_THE_TEAM = (Kind.REPORT, *ROLES)
"""Letters that nobody in particular may have caused."""
ICONS: dict[str, str] = {
    Kind.REPLY: "message",
    Kind.COMMENT: "message-plus",
    Kind.MENTION: "at",
    Kind.QUOTE: "quote",
    Kind.LIKE: "heart",
    Kind.ACCEPTED: "circle-check",
    Kind.REPORT: "shield-check",
    Kind.ROLE_GRANTED: "award",
    Kind.ROLE_ENDED: "award",
}


def subject_in_words(kind: str, subject: str) -> str:
    """What a letter is about, as its reader calls it."""
    return str(Role(subject).label) if kind in ROLES and subject in Role.values else subject
