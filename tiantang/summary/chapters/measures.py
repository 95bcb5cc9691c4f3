"""What usually helps against a weakness, and whose duty it is."""
# ruff: noqa: E501 - sentences stay whole, so that they can be found

from __future__ import annotations

from django.utils.translation import pgettext

from tiantang.community.members.models import Role


def measure_for(metric: str) -> tuple[str, Role]:
    """What usually helps, and whose duty it is."""
    answers = pgettext("summary measure", "Evening watch: answer what is open for a day")
    welcome = pgettext("summary measure", "Greet newcomers, answer every first post within a day")
    topics = pgettext("summary measure", "Two guided topics a week in the boards that fell")
    table = {
        "reply_rate": (answers, Role.CONTENT),
        "unanswered_rate": (answers, Role.CONTENT),
        "time_to_first_response": (answers, Role.CONTENT),
        "retention": (welcome, Role.MEMBERS),
        "new_members": (pgettext("summary measure", "Share links on the best topics, ask members to invite"), Role.MEMBERS),
        "funnel": (welcome, Role.MEMBERS),
        "report_rate": (pgettext("summary measure", "Guidance notes and slow mode where reports gather"), Role.MEMBERS),
        "likes": (pgettext("summary measure", "Feature one good post a day"), Role.CONTENT),
        "interaction_rate": (pgettext("summary measure", "Feature one good post a day"), Role.CONTENT),
        "active_members": (pgettext("summary measure", "Write to members who fell silent, with what they missed"), Role.MEMBERS),
        "dau": (pgettext("summary measure", "One fixed activity each week on the quietest day"), Role.EVENTS),
        "stickiness": (pgettext("summary measure", "One fixed activity each week on the quietest day"), Role.EVENTS),
        "time_on_site": (pgettext("summary measure", "Link related topics at the end of long ones"), Role.CONTENT),
    }  # fmt: skip
    return table.get(metric, (topics, Role.CONTENT))
