"""The team of the sample community and the accounts one may sign in with."""

from __future__ import annotations

from dataclasses import dataclass

from tiantang.community.members.models import Role

PASSWORD = "tiantang-sample"  # noqa: S105 - printed on purpose


@dataclass(frozen=True)
class SampleSignIn:
    """An account of the sample community: ``role`` empty for a plain member."""

    handle: str
    password: str
    role: str


TEAM: tuple[tuple[str, str], ...] = (
    ("掌柜", Role.LEAD.value),
    ("阿墨", Role.CONTENT.value),
    ("鹿小满", Role.EVENTS.value),
    ("阿岑", Role.MEMBERS.value),
    ("机房老周", Role.TECHNOLOGY.value),
    ("算盘", Role.DATA.value),
    ("夜航船长", Role.MODERATOR.value),
    ("北纬三十", Role.MODERATOR.value),
    ("茶泡饭", Role.MODERATOR.value),
)
"""Handle and role; the moderators are members who were asked later."""

PLAIN_MEMBER = "半糖乌龙"
"""A lively member without any role, to see the site as members see it."""

SAMPLE_SIGN_INS: tuple[SampleSignIn, ...] = (
    *(SampleSignIn(handle, PASSWORD, role) for handle, role in TEAM[:7]),
    SampleSignIn(PLAIN_MEMBER, PASSWORD, ""),
)
"""What ``demo`` and ``bin/run`` print."""
