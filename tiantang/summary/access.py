"""Who may see and order work summaries: the operations team."""

from __future__ import annotations

from tiantang.community.members.access import operators_only

console_only = operators_only()
"""Every duty may read and order summaries."""
