"""What has arrived from elsewhere: runs, and which old row became which of ours."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from tiantang.common.rows import listed


class ImportRun(models.Model):
    """One run of an importer; it can be taken up again where its last finished batch ended.

    ``step`` and ``rows_done`` are the place; ``tallies`` counts per kind; ``marks`` holds, per kind without
    rows of its own in ``ArrivedRow``, the highest old id that had arrived before this run began.
    """

    site = models.CharField(max_length=60, db_index=True)
    source = models.CharField(max_length=40)
    folder = models.TextField()
    fingerprint = models.CharField(max_length=64)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=40, blank=True)
    rows_done = models.BigIntegerField(default=0)
    tallies = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    reached = models.JSONField(default=dict)


class ArrivedQuerySet(models.QuerySet["ArrivedRow"]):
    def known(self, site: str, kind: str, old_ids: Iterable[int]) -> dict[int, int]:
        """Our ids of those old ids that have arrived already."""
        rows = self.filter(site=site, kind=kind, old_id__in=listed(old_ids))
        return dict(rows.values_list("old_id", "new_id"))


class ArrivedRow(models.Model):
    """Old row ``old_id`` of a ``kind`` (user, question, post, comment, tag) is our row ``new_id``.

    Of kind accepted: the answer ``old_id`` is the one that the asker of topic ``new_id`` took.
    """

    site = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    old_id = models.BigIntegerField()
    new_id = models.BigIntegerField()
    objects = ArrivedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "kind", "old_id"], name="arrived_once")]
        indexes = [models.Index(fields=["kind", "old_id"], name="old_address")]


class WaitingLikes(models.Model):
    """Likes without names that have arrived but are not on their posts yet.

    A post's row is long; writing it once, after all votes, costs half of writing it with every batch.
    """

    post_id = models.BigIntegerField(db_index=True)
    count = models.IntegerField()
