"""What slices above may react to."""

from __future__ import annotations

from django.dispatch import Signal

put_back = Signal()
"""Sent inside the transaction that put something back, with ``post`` and ``comment`` (None for a post)."""
