"""What slices above may react to."""

from __future__ import annotations

from django.dispatch import Signal

member_forgotten = Signal()
"""Sent inside the transaction of ``forget_member``, with ``member``: delete what you keep about them."""

role_changed = Signal()
"""Sent inside the transaction that gave or took back a role, with ``grant`` and ``ended``: tell people."""
