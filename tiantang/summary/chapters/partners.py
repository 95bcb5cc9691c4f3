"""4 合作伙伴: nothing is recorded yet, and the chapter says so in one line."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from django.utils.translation import pgettext

from tiantang.summary.document import Chapter, Missing
from tiantang.summary.facts import Facts


def build(facts: Facts) -> Chapter:
    """The fourth chapter."""
    title = pgettext("summary chapter", "Partners")
    answer = pgettext("summary chapter", "No cooperation was recorded for this period.")
    gap = Missing(
        pgettext("summary section", "Partners"),
        pgettext("summary missing", "Once partners are on record, this chapter lists them with their grades, projects and measured outcomes."),
    )  # fmt: skip
    return Chapter(4, "partners", title, answer, answer.rstrip(".。"), (), (gap,))
