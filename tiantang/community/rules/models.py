"""The rules of the community, in versions; who accepted which."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import models

RULE = re.compile(r"^## (\d+)\. *(.+?) *$", re.MULTILINE)
"""The heading of a numbered rule."""


class RulesQuerySet(models.QuerySet["RulesVersion"]):
    """Reads of the published versions."""

    def current(self) -> RulesVersion | None:
        """The version that holds now."""
        return self.order_by("-number").first()


class RulesVersion(models.Model):
    """One published text of the rules, Markdown, in each language of the site."""

    number = models.PositiveIntegerField(unique=True)
    text_zh = models.TextField()
    text_en = models.TextField()
    html_zh = models.TextField()
    html_en = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    objects = RulesQuerySet.as_manager()

    def html(self, language: str) -> str:
        """The text as shown in this language."""
        return self.html_zh if language.startswith("zh") else self.html_en

    def rule_titles(self, language: str) -> dict[int, str]:
        """The heading of each rule by its number, to be cited."""
        text = self.text_zh if language.startswith("zh") else self.text_en
        return {int(number): title for number, title in RULE.findall(text)}


class RulesAcceptance(models.Model):
    """A member accepted a version."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rules_accepted")
    version = models.ForeignKey(RulesVersion, models.CASCADE)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "version"], name="one_acceptance")]
