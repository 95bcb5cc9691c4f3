"""What slices above may react to."""

from __future__ import annotations

from django.dispatch import Signal

member_forgotten = Signal()
"""Sent inside the transaction of ``forget_member``, with ``member``: delete what you keep about them."""
