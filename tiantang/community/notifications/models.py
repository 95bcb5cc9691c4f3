"""What a member is told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext

from tiantang.community.notifications.kinds import FROM_THE_TEAM, ICONS, SENTENCES, subject_in_words


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Reads of the inbox."""

    def inbox_of(self, member_id: int) -> NotificationQuerySet:
        """A member's letters, newest first, with who caused them."""
        return self.filter(recipient_id=member_id).select_related("actor").order_by("-created_at", "-id")

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None)


class Notification(models.Model):
    """One line in a member's inbox; ``kind`` is one of ``Kind``."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    excerpt = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    objects = NotificationQuerySet.as_manager()
    withheld = False
    """Whether what it speaks of was taken down since (withheld.py)."""

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-created_at"]),
            models.Index(fields=["recipient"], name="unread_letters", condition=models.Q(read_at=None)),
        ]

    @property
    def sentence(self) -> str:
        """What happened, to follow the name of who did it."""
        pattern = SENTENCES.get(self.kind, "%(subject)s")
        subject = "" if self.withheld else subject_in_words(self.kind, self.subject)
        return str(pattern) % {"subject": subject or pgettext("notification", "a topic")}

    @property
    def words(self) -> str:
        """The beginning of what was written, or that it is gone."""
        if self.withheld:
            return pgettext("notification", "What was written there is removed.")
        return self.excerpt

    @property
    def from_the_team(self) -> bool:
        """Whether the team signs it when no person is named."""
        return self.kind in FROM_THE_TEAM

    @property
    def icon(self) -> str:
        return ICONS.get(self.kind, "bell")
