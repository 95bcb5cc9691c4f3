"""What a member is told."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Notification(models.Model):
    """One line in a member's inbox. ``kind``: reply, comment, mention, quote, like, accepted, report."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    excerpt = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-created_at"])]
