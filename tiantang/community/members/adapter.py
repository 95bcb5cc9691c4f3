"""How accounts are made and recognised (django-allauth's seam)."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Tiantang's choices where allauth offers one."""
