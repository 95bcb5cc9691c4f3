"""Names for what the lake keeps as codes: events, kinds of people, kinds of clients."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext

MILLISECONDS = 1000


def event_names() -> dict[str, str]:
    """Every event of the catalogue in words."""
    return {
        "site.page_viewed": pgettext("event", "Page shown"),
        "site.time_spent": pgettext("event", "Time visible"),
        "members.signed_up": pgettext("event", "Signed up"),
        "members.signed_in": pgettext("event", "Signed in"),
        "members.profile_changed": pgettext("event", "Profile changed"),
        "members.role_granted": pgettext("event", "Role given"),
        "members.role_ended": pgettext("event", "Role taken back"),
        "members.password_link_made": pgettext("event", "Link for a new password made"),
        "members.account_forgotten": pgettext("event", "Account deleted"),
        "forum.topic_published": pgettext("event", "Topic published"),
        "forum.reply_published": pgettext("event", "Reply published"),
        "forum.comment_published": pgettext("event", "Comment published"),
        "forum.post_liked": pgettext("event", "Post liked"),
        "forum.post_unliked": pgettext("event", "Like taken back"),
        "forum.topic_bookmarked": pgettext("event", "Topic bookmarked"),
        "forum.bookmark_removed": pgettext("event", "Bookmark taken back"),
        "forum.topic_shared": pgettext("event", "Topic shared"),
        "forum.post_edited": pgettext("event", "Post changed"),
        "forum.answer_accepted": pgettext("event", "Best answer chosen"),
        "forum.topic_removed": pgettext("event", "Topic removed"),
        "forum.post_removed": pgettext("event", "Reply removed"),
        "forum.comment_removed": pgettext("event", "Comment removed"),
        "forum.topic_restored": pgettext("event", "Topic put back"),
        "forum.post_restored": pgettext("event", "Reply put back"),
        "forum.topic_pinned": pgettext("event", "Topic pinned or unpinned"),
        "forum.topic_closed": pgettext("event", "Topic closed or opened"),
        "forum.share_followed": pgettext("event", "Share link followed"),
        "forum.topic_featured": pgettext("event", "Topic featured or not"),
        "forum.comment_restored": pgettext("event", "Comment put back"),
        "moderation.post_reported": pgettext("event", "Post reported"),
        "moderation.report_upheld": pgettext("event", "Report upheld"),
        "moderation.report_rejected": pgettext("event", "Report rejected"),
        "moderation.report_reopened": pgettext("event", "Decision on a report taken back"),
        "rules.version_accepted": pgettext("event", "Rules accepted"),
    }


def kind_names() -> dict[str, str]:
    """Kinds of people, and of clients."""
    return {
        "visitor": pgettext("kind of person", "Visitor"),
        "member": pgettext("kind of person", "Member"),
        "staff": pgettext("kind of person", "Operator"),
        "bot": pgettext("kind of person", "Bot"),
        "unknown": pgettext("client", "Unknown"),
        "desktop": pgettext("client", "Computer"),
        "phone": pgettext("client", "Phone"),
        "api": pgettext("client", "Program"),
        "import": pgettext("client", "Import"),
    }


class RowWords:
    """Words for the cells of a table of events; a table asks for hundreds, so the names are made once."""

    def __init__(self) -> None:
        self.events, self.kinds = event_names(), kind_names()

    def say(self, column: str, value: Any, event: str) -> Any:
        """The cell as its reader knows it: a code's name, a value with its unit."""
        if column == "event":
            return self.events.get(value, value)
        if column in ("actor_class", "client"):
            return self.kinds.get(value, value)
        if column == "value" and event == "site.time_spent":
            seconds = f"{value / MILLISECONDS:,.1f}"
            return pgettext("event value", "%(n)s s") % {"n": seconds}
        return value
