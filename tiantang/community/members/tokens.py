"""What voids a link for a new password before its time."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator


class LinkTokens(EmailAwarePasswordResetTokenGenerator):  # type: ignore[misc]
    """A link ends with a sign-in, a new password or address, another role, or the account.

    Roles, because whoever made a link for a plain member would otherwise hold the key to an operator later.
    """

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        roles = ",".join(sorted(user.role_names))
        return f"{super()._make_hash_value(user, timestamp)}|{roles}|{user.is_active}"
