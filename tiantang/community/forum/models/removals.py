"""Why something was taken down, and whether by whom had written it."""

from __future__ import annotations

from typing import Self

from django.db import models

from tiantang.community.forum.models.posts import Comment, Post


class RemovalQuerySet(models.QuerySet["Removal"]):
    def of(self, post: Post, comment: Comment | None = None) -> Self:
        """What was written down about this post, or this comment under it, the latest first."""
        return self.filter(post=post, comment=comment).order_by("-removed_at", "-id")


class Removal(models.Model):
    """A post, or a comment under it, was taken down; a topic stands under its opening post.

    By its author where ``own`` is set, else by the team. ``rule`` is the number of the rule that was broken,
    0 when none was named; ``was_best`` says that the post was its topic's best answer. The row goes when the
    thing is put back; the events tell who did what.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="removals")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="removals")
    rule = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    own = models.BooleanField(default=False)
    was_best = models.BooleanField(default=False)
    removed_at = models.DateTimeField()
    objects = RemovalQuerySet.as_manager()
