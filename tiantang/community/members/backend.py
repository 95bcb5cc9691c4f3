"""Finds the member a session belongs to."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from tiantang.common.prepared import Prepared
from tiantang.community.members.models import Member

BY_ID = Prepared(lambda member: Member.objects.filter(pk=member), member=int)


class MemberBackend(AuthenticationBackend):
    """allauth's, with the member of a session read by a prepared query."""

    def get_user(self, user_id: int) -> Member | None:
        """The member, unless the account is closed."""
        member = BY_ID.first(member=int(user_id))
        return member if member is not None and self.user_can_authenticate(member) else None
