"""Words that only the team may go by, in handles and in shown names."""

from __future__ import annotations

import re

from django.conf import settings

from tiantang.community.members.likeness import likeness, likeness_of_name

TEAM_WORDS = """
admin administrator root system sysadmin support staff team official moderator mod operator webmaster owner
security tiantang deletedaccount formermember communitylead
管理员 管理 版主 官方 客服 运营 站长 系统 系统消息 天堂 天堂社区 天堂官方 工作人员 社区负责人 已注销成员
"""
"""Not allowed when they are all there is, whatever signs stand around them."""

TELLING_WORDS = "管理员 管理组 管理团队 版主 官方 客服 站长 工作人员 运营团队 系统消息 系统通知 社区负责人"
"""Chinese words that make a name sound official wherever they stand in it."""

TELLING_TOKENS = (
    "admin administrator admins sysadmin moderator moderators official officials staff webmaster superuser"
)
"""English words that do so when they stand by themselves: “Staff of Tiantang”, but not “Flagstaff”."""

TELLING_ENDS = "admin administrator moderator"
"""Words that do so at the beginning or end of a longer one: “siteadmin”, but not “badminton”."""

SITE_NAME_CONTAINED = 4
"""From so many signs on, the site's name may not be part of a longer one either."""


def poses_as_team(text: str) -> bool:
    """Whether a handle or name could be taken for the team or the site itself."""
    look = likeness_of_name(text)
    return look in _WHOLE or any(word in look for word in _INSIDE) or _names_site(look) or _has_token(text)


def _names_site(look: str) -> bool:
    site = likeness_of_name(settings.SITE_NAME)
    return bool(site) and (look == site or (len(site) >= SITE_NAME_CONTAINED and site in look))


def _has_token(text: str) -> bool:
    for word in re.split(r"[\W_]+", text):
        for look in (likeness(word), likeness(word.rstrip("0123456789"))):
            if look in _TOKENS or look.startswith(_ENDS) or look.endswith(_ENDS):
                return True
    return False


_WHOLE = frozenset(map(likeness, TEAM_WORDS.split()))
_INSIDE = tuple(map(likeness, TELLING_WORDS.split()))
_TOKENS = frozenset(map(likeness, TELLING_TOKENS.split()))
_ENDS = tuple(map(likeness, TELLING_ENDS.split()))
